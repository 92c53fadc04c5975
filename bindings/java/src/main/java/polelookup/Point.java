// SPDX-License-Identifier: MIT
package polelookup;

/** A position: WGS 84, degrees, latitude first. */
public final class Point extends Value {
    private final double lat;
    private final double lon;

    public Point(double lat, double lon) {
        this.lat = lat;
        this.lon = lon;
    }

    Point(Reply reply) {
        this(reply.f64(), reply.f64());
    }

    /** Degrees, -90 to 90. */
    public double lat() {
        return lat;
    }

    /** Degrees, -180 to 180. */
    public double lon() {
        return lon;
    }

    @Override
    Object[] components() {
        return new Object[] {
            "lat", lat,
            "lon", lon
        };
    }
}
