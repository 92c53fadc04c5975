// SPDX-License-Identifier: MIT
package polelookup;

import java.util.OptionalDouble;

/**
 * A coordinate reference system by name: "EPSG:4326", "wgs84", "EPSG:4490", "gcj02", "bd09". Other
 * EPSG codes need PROJ, which this library does not bring: {@link Status#UNSUPPORTED}. Immutable.
 */
public final class Crs {
    private final String name;
    private final String unit;
    private final OptionalDouble accuracyM;
    private final boolean isGeographic;

    private Crs(String name) {
        Reply reply = Native.call(NativeCalls.CRS, 0, new Request().text(name).i32(1).i32(0));
        this.name = reply.text();
        unit = reply.text();
        accuracyM = reply.optionalF64();
        isGeographic = reply.flag();
    }

    public static Crs named(String name) {
        return new Crs(name);
    }

    /** In its one form: "wgs84" gives "EPSG:4326". */
    public String name() {
        return name;
    }

    /** Of x and y: "degree", "metre", ... */
    public String unit() {
        return unit;
    }

    /** How well its datum is known against WGS 84, metres. */
    public OptionalDouble accuracyM() {
        return accuracyM;
    }

    /** Whether x and y are longitude and latitude in degrees. */
    public boolean isGeographic() {
        return isGeographic;
    }

    /**
     * Converts in place. x is easting or longitude, y northing or latitude. What cannot be
     * converted becomes NaN, NaN; returns how many.
     */
    public int toWgs84(double[] x, double[] y) {
        return convert(1, x, y);
    }

    /** The other way. */
    public int fromWgs84(double[] x, double[] y) {
        return convert(0, x, y);
    }

    private int convert(int toWgs84, double[] x, double[] y) {
        if (x.length != y.length) {
            throw new IllegalArgumentException("as many x as y");
        }
        Request request = new Request().text(name).i32(toWgs84).i32(x.length);
        for (int i = 0; i < x.length; i++) {
            request.f64(x[i]).f64(y[i]);
        }
        Reply reply = Native.call(NativeCalls.CRS, 0, request);
        reply.text();
        reply.text();
        reply.f64();
        reply.i32();
        int bad = reply.i32();
        for (int i = 0; i < x.length; i++) {
            x[i] = reply.f64();
            y[i] = reply.f64();
        }
        return bad;
    }

    @Override
    public String toString() {
        return "Crs[" + name + "]";
    }
}
