// SPDX-License-Identifier: MIT
package polelookup;

/**
 * The flat functions of the native part (calls.h): what both ways to it, JNI and the foreign
 * function interface, must do. Handles are pointers; who calls sees to it that they live.
 */
interface NativeCalls {
    int OPEN = 0;
    int OPEN_MEMORY = 1;
    int INFO = 2;
    int VERIFY = 3;
    int PARSE = 4;
    int FORMAT = 5;
    int FIND_SCOPE = 6;
    int SHARE = 7;
    int FIND_ALL = 8;
    int FIND_ALIAS = 9;
    int NEAREST = 10;
    int NEAREST_MANY = 11;
    int WITHIN_RADIUS = 12;
    int WITHIN_BOX = 13;
    int WITHIN_POLYGON = 14;
    int POLYGON_READ = 15;
    int STATION = 16;
    int FIND_STATION = 17;
    int STATIONS_OF = 18;
    int STATIONS_AT = 19;
    int RESOLVE = 20;
    int DESCRIBE = 21;
    int BETWEEN = 22;
    int CHANNEL = 23;
    int CRS = 24;
    int HEAR = 25;
    int ERROR_JSON = 26;
    int WARNING_TEXT = 27;

    /** Answers a request: a status, then the answer or the error. */
    byte[] call(int what, long handle, byte[] request);

    void close(long handle);

    void freeChannel(long channel);

    /** The row of a code, its latitude and longitude in the array; or -status. */
    long find(long handle, int number, int digits, int scope, double[] latLon);

    /** The size of a row's record, which is written where it fits; or -status. */
    int record(long handle, int row, byte[] record);

    /** Fills the columns that are there; returns a status. */
    int findMany(
            long handle,
            int[] numbers,
            int count,
            int digits,
            int scope,
            double clean,
            Columns columns);

    /** The same for texts, each of digits bytes, stride bytes apart. */
    int findTexts(
            long handle,
            byte[] texts,
            int stride,
            int count,
            int digits,
            int scope,
            double clean,
            Columns columns);

    /** "jni" or "ffm". */
    String name();
}
