// SPDX-License-Identifier: MIT
package polelookup;

/** The native part by the Java Native Interface (jni.c). */
final class JniCalls implements NativeCalls {
    @Override
    public byte[] call(int what, long handle, byte[] request) {
        return call0(what, handle, request);
    }

    @Override
    public void close(long handle) {
        close0(handle);
    }

    @Override
    public void freeChannel(long channel) {
        channelFree0(channel);
    }

    @Override
    public long find(long handle, int number, int digits, int scope, double[] latLon) {
        return find0(handle, number, digits, scope, latLon);
    }

    @Override
    public int record(long handle, int row, byte[] record) {
        return record0(handle, row, record);
    }

    @Override
    public int findMany(
            long handle,
            int[] numbers,
            int count,
            int digits,
            int scope,
            double clean,
            Columns c) {
        return findMany0(
                handle, numbers, count, digits, scope, clean, c.rows, c.match, c.lat, c.lon,
                c.stations, c.confidence, c.confidencePlace, c.farShare);
    }

    @Override
    public int findTexts(
            long handle,
            byte[] texts,
            int stride,
            int count,
            int digits,
            int scope,
            double clean,
            Columns c) {
        return findTexts0(
                handle, texts, stride, count, digits, scope, clean, c.rows, c.match, c.lat, c.lon,
                c.stations, c.confidence, c.confidencePlace, c.farShare);
    }

    @Override
    public String name() {
        return "jni";
    }

    private static native byte[] call0(int what, long handle, byte[] request);

    private static native void close0(long handle);

    private static native void channelFree0(long channel);

    private static native long find0(
            long handle, int number, int digits, int scope, double[] latLon);

    private static native int record0(long handle, int row, byte[] record);

    private static native int findMany0(
            long handle, int[] numbers, int count, int digits, int scope, double clean, int[] rows,
            int[] match, double[] lat, double[] lon, int[] stations, double[] confidence,
            double[] place, double[] farShare);

    private static native int findTexts0(
            long handle, byte[] texts, int stride, int count, int digits, int scope, double clean,
            int[] rows, int[] match, double[] lat, double[] lon, int[] stations,
            double[] confidence, double[] place, double[] farShare);
}
