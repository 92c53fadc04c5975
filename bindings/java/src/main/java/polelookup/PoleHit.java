// SPDX-License-Identifier: MIT
package polelookup;

/** A pole and how it lies from the point asked. */
public final class PoleHit extends Value {
    private final double distanceM;
    private final double bearingDeg;
    private final Pole pole;

    PoleHit(Reply reply) {
        distanceM = reply.f64();
        bearingDeg = reply.f64();
        pole = reply.pole();
    }

    /** Geodesic, metres. */
    public double distanceM() {
        return distanceM;
    }

    /** At the point asked, towards the pole: degrees clockwise from north. */
    public double bearingDeg() {
        return bearingDeg;
    }

    /** The pole. */
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
