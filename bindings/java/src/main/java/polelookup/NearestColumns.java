// SPDX-License-Identifier: MIT
package polelookup;

/** The nearest poles of many points: hits i * k to i * k + counts[i] - 1 are those of point i. */
public final class NearestColumns {
    /** Poles a point at most. */
    public final int k;

    /** How many were found for each point. */
    public final int[] counts;

    /** Rows of the index; -1: none. */
    public final int[] rows;

    /** Metres; NaN: none. */
    public final double[] distanceM;

    /** At the point, towards the pole; NaN: none. */
    public final double[] bearingDeg;

    private final boolean isSample;

    NearestColumns(Reply reply, int points, int k, boolean isSample) {
        this.k = k;
        this.isSample = isSample;
        counts = new int[points];
        rows = new int[points * k];
        distanceM = new double[points * k];
        bearingDeg = new double[points * k];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = reply.i32();
        }
        for (int i = 0; i < rows.length; i++) {
            rows[i] = reply.i32();
        }
        for (int i = 0; i < rows.length; i++) {
            distanceM[i] = reply.f64();
        }
        for (int i = 0; i < rows.length; i++) {
            bearingDeg[i] = reply.f64();
        }
    }

    /** Of an invented city: no place is real. */
    public boolean isSample() {
        return isSample;
    }
}
