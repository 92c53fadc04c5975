// SPDX-License-Identifier: MIT
package polelookup;

import java.util.List;
import java.util.Optional;

/** The stations of a place. */
public final class StationsAnswer extends Value {
    private final List<StationHit> stations;
    private final Optional<AreaEdge> areaEdge;
    private final String json;

    StationsAnswer(Reply reply) {
        stations = reply.list(StationHit::new);
        areaEdge = reply.optional(AreaEdge::new);
        json = reply.text();
    }

    /** By role, then distance; one is chosen if there is any. */
    public List<StationHit> stations() {
        return stations;
    }

    /** Of another station, within 50 m. */
    public Optional<AreaEdge> areaEdge() {
        return areaEdge;
    }

    /** The one to send. */
    public Optional<StationHit> chosen() {
        return stations.stream().filter(StationHit::isChosen).findFirst();
    }

    /** The answer as the JSON that all of polelookup speaks. */
    public String toJson() {
        return json;
    }

    @Override
    Object[] components() {
        return new Object[] {
            "stations", stations,
            "areaEdge", areaEdge,
            "json", json
        };
    }
}
