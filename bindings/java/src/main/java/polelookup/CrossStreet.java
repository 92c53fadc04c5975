// SPDX-License-Identifier: MIT
package polelookup;

/** Another street near a pole. */
public final class CrossStreet extends Value {
    private final String name;
    private final double distanceM;

    CrossStreet(Reply reply) {
        name = reply.text();
        distanceM = reply.f64();
    }

    public String name() {
        return name;
    }

    /** To its nearest pole, metres. */
    public double distanceM() {
        return distanceM;
    }

    @Override
    Object[] components() {
        return new Object[] {
            "name", name,
            "distanceM", distanceM
        };
    }
}
