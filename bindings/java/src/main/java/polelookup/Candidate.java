// SPDX-License-Identifier: MIT
package polelookup;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** A pole that the answer can mean, told in full. */
public final class Candidate extends Value {
    private final Pole pole;
    private final Matched matched;
    private final OptionalDouble confidence;
    private final double distanceToFirstM;
    private final OptionalDouble distanceToHintM;
    private final OptionalDouble x;
    private final OptionalDouble y;
    private final Optional<String> crs;
    private final List<CrossStreet> crossStreets;
    private final List<Neighbour> neighbours;
    private final List<StationHit> stations;
    private final Optional<AreaEdge> areaEdge;
    private final List<Edit> edits;

    Candidate(Reply reply) {
        pole = reply.pole();
        matched = Matched.of(reply.i32());
        confidence = reply.optionalF64();
        distanceToFirstM = reply.f64();
        distanceToHintM = reply.optionalF64();
        x = reply.optionalF64();
        y = reply.optionalF64();
        crs = reply.optionalText();
        crossStreets = crossStreets(reply);
        neighbours = reply.list(Neighbour::new);
        stations = reply.list(StationHit::new);
        areaEdge = reply.optional(AreaEdge::new);
        edits = reply.list(Edit::new);
    }

    /** The pole. */
    public Pole pole() {
        return pole;
    }

    /** By what it was found. */
    public Matched matched() {
        return matched;
    }

    /** The posterior of this code. */
    public OptionalDouble confidence() {
        return confidence;
    }

    /** Metres from the first candidate. */
    public double distanceToFirstM() {
        return distanceToFirstM;
    }

    /** Metres from the hint. */
    public OptionalDouble distanceToHintM() {
        return distanceToHintM;
    }

    /** Easting or longitude in the reference system asked for. */
    public OptionalDouble x() {
        return x;
    }

    /** Northing or latitude in it. */
    public OptionalDouble y() {
        return y;
    }

    /** Its name. */
    public Optional<String> crs() {
        return crs;
    }

    /** The nearest other streets, nearest first; at most two. */
    public List<CrossStreet> crossStreets() {
        return crossStreets;
    }

    /** The next of the same street and side: the lower code, then the higher. */
    public List<Neighbour> neighbours() {
        return neighbours;
    }

    /** In order of role; one is chosen if there is any. */
    public List<StationHit> stations() {
        return stations;
    }

    /** Of another station, within 50 m. */
    public Optional<AreaEdge> areaEdge() {
        return areaEdge;
    }

    /** None when the code was heard as it is. */
    public List<Edit> edits() {
        return edits;
    }

    /** The station to send. */
    public Optional<StationHit> chosenStation() {
        return stations.stream().filter(StationHit::isChosen).findFirst();
    }

    private static List<CrossStreet> crossStreets(Reply reply) {
        List<CrossStreet> streets = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            CrossStreet street = new CrossStreet(reply);
            if (!street.name().isEmpty()) {
                streets.add(street);
            }
        }
        return Collections.unmodifiableList(streets);
    }

    @Override
    Object[] components() {
        return new Object[] {
            "pole", pole,
            "matched", matched,
            "confidence", confidence,
            "distanceToFirstM", distanceToFirstM,
            "distanceToHintM", distanceToHintM,
            "x", x,
            "y", y,
            "crs", crs,
            "crossStreets", crossStreets,
            "neighbours", neighbours,
            "stations", stations,
            "areaEdge", areaEdge,
            "edits", edits
        };
    }
}
