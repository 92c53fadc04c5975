// SPDX-License-Identifier: MIT
package polelookup;

/** The next pole of the same street and side. */
public final class Neighbour extends Value {
    private final double distanceM;
    private final double bearingDeg;
    private final Pole pole;

    Neighbour(Reply reply) {
        distanceM = reply.f64();
        bearingDeg = reply.f64();
        pole = reply.pole();
    }

    /** Metres. */
    public double distanceM() {
        return distanceM;
    }

    /** From the pole to its neighbour. */
    public double bearingDeg() {
        return bearingDeg;
    }

    /** The neighbour. */
    public Pole pole() {
        return pole;
    }

    @Override
    Object[] components() {
        return new Object[] {
            "distanceM", distanceM,
            "bearingDeg", bearingDeg,
            "pole", pole
        };
    }
}
