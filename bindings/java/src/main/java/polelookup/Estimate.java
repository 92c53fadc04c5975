// SPDX-License-Identifier: MIT
package polelookup;

import java.util.List;
import java.util.Optional;

/** A place for a code that the table lacks, between two poles of its street and side. */
public final class Estimate extends Value {
    private final PoleKey key;
    private final double lat;
    private final double lon;
    private final double radiusM;
    private final double confidence;
    private final Pole lower;
    private final Pole higher;
    private final List<StationHit> stations;
    private final Optional<AreaEdge> areaEdge;

    Estimate(Reply reply) {
        key = PoleKey.read(reply);
        lat = reply.f64();
        lon = reply.f64();
        radiusM = reply.f64();
        confidence = reply.f64();
        lower = reply.pole();
        higher = reply.pole();
        stations = reply.list(StationHit::new);
        areaEdge = reply.optional(AreaEdge::new);
    }

    /** The code. */
    public PoleKey key() {
        return key;
    }

    /** WGS 84, degrees. */
    public double lat() {
        return lat;
    }

    /** WGS 84, degrees. */
    public double lon() {
        return lon;
    }

    /** About it, metres. */
    public double radiusM() {
        return radiusM;
    }

    /** Its posterior. */
    public double confidence() {
        return confidence;
    }

    /** The pole with the lower code. */
    public Pole lower() {
        return lower;
    }

    /** The pole with the higher code. */
    public Pole higher() {
        return higher;
    }

    /** In order of role. */
    public List<StationHit> stations() {
        return stations;
    }

    /** The station to send. */
    public Optional<StationHit> chosenStation() {
        return stations.stream().filter(StationHit::isChosen).findFirst();
    }

    /** Of another station, within 50 m or the radius. */
    public Optional<AreaEdge> areaEdge() {
        return areaEdge;
    }

    @Override
    Object[] components() {
        return new Object[] {
            "key", key,
            "lat", lat,
            "lon", lon,
            "radiusM", radiusM,
            "confidence", confidence,
            "lower", lower,
            "higher", higher,
            "stations", stations,
            "areaEdge", areaEdge
        };
    }
}
