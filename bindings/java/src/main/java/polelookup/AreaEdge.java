// SPDX-License-Identifier: MIT
package polelookup;

/** The nearest area of another station: near a border, the wrong one may be sent. */
public final class AreaEdge extends Value {
    private final double distanceM;
    private final Station station;

    AreaEdge(Reply reply) {
        distanceM = reply.f64();
        station = new Station(reply);
    }

    /** To its border, metres. */
    public double distanceM() {
        return distanceM;
    }

    /** Whose area it is. */
    public Station station() {
        return station;
    }

    @Override
    Object[] components() {
        return new Object[] {
            "distanceM", distanceM,
            "station", station
        };
    }
}
