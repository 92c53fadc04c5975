// SPDX-License-Identifier: MIT
package polelookup;

/**
 * The answers of a batch: arrays with an element a code, which belong to the caller. May be used
 * again for a batch of the same size.
 *
 * <p>What is not found, or stands in several scopes, has row -1, NaN and station -1. With {@link
 * #confidence} each code is judged as {@link PoleIndex#resolve} judges bare digits without
 * evidence, and what that calls ambiguous is {@link Match#AMBIGUOUS} here too; without it a match
 * of {@link Match#EXACT} says no more than that the code is in the table. {@link Match#NONE}: the
 * stored doubts do not decide; resolve this one.
 *
 * <p>A code that is judged has a row, a place and a station only where its match is {@link
 * Match#EXACT}: what is ambiguous or not decided must not pass for a place to send to. {@link
 * Batch#bestGuess()} leaves them in.
 */
public final class Columns {
    /** Rows of the index; -1: none, or judged and not exact. */
    public final int[] rows;

    /** Numbers of {@link Match}: see {@link #match(int)}. */
    public final int[] match;

    /** WGS 84, degrees; NaN: none, or judged and not exact. */
    public final double[] lat;

    /** WGS 84, degrees; NaN where {@link #lat} is. */
    public final double[] lon;

    /**
     * Numbers of the stations to send, for {@link PoleIndex#station(int)}; -1: none, or judged and
     * not exact.
     */
    public final int[] stations;

    /** The posterior of each code; NaN: not known. Null when it was not asked for. */
    public final double[] confidence;

    /** The posterior of its neighbourhood; as above. */
    public final double[] confidencePlace;

    /** What of the belief is in far places; as above. */
    public final double[] farShare;

    boolean isSample;

    private Columns(int size, boolean judged) {
        rows = new int[size];
        match = new int[size];
        lat = new double[size];
        lon = new double[size];
        stations = new int[size];
        confidence = judged ? new double[size] : null;
        confidencePlace = judged ? new double[size] : null;
        farShare = judged ? new double[size] : null;
    }

    /** Columns whose codes are judged. */
    public static Columns judged(int size) {
        return new Columns(size, true);
    }

    /** Columns that say only whether a code is in the table, and where. */
    public static Columns found(int size) {
        return new Columns(size, false);
    }

    public int size() {
        return rows.length;
    }

    public Match match(int i) {
        return Match.of(match[i]);
    }

    /** Of an invented city: no place is real. */
    public boolean isSample() {
        return isSample;
    }

    /** Takes the pole, place and station away from what is not exact. */
    void keepSure() {
        for (int i = 0; i < match.length; i++) {
            if (match[i] != Match.EXACT.number) {
                rows[i] = -1;
                lat[i] = Double.NaN;
                lon[i] = Double.NaN;
                stations[i] = -1;
            }
        }
    }

    /** Copies element i of this to element k of another with the same columns. */
    void copyTo(int i, Columns to, int k) {
        to.rows[k] = rows[i];
        to.match[k] = match[i];
        to.lat[k] = lat[i];
        to.lon[k] = lon[i];
        to.stations[k] = stations[i];
        if (confidence != null) {
            to.confidence[k] = confidence[i];
            to.confidencePlace[k] = confidencePlace[i];
            to.farShare[k] = farShare[i];
        }
    }
}
