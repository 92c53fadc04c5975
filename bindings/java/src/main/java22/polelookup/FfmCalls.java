// SPDX-License-Identifier: MIT
package polelookup;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/**
 * The native part by the foreign function interface: the same flat functions that stand under JNI.
 * Lookups take the arrays as they are in the heap, a piece at a time, so that a batch of millions
 * never keeps the garbage collector from its work for long.
 */
final class FfmCalls implements NativeCalls {
    private static final int PIECE = 65536;

    private static final MethodHandle CALL =
            function(
                    "polejava_call",
                    FunctionDescriptor.of(
                            JAVA_LONG, JAVA_INT, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS));
    private static final MethodHandle RELEASE =
            function("polejava_release", FunctionDescriptor.ofVoid(ADDRESS));
    private static final MethodHandle CLOSE =
            function("polejava_close", FunctionDescriptor.ofVoid(JAVA_LONG));
    private static final MethodHandle CHANNEL_FREE =
            function("polejava_channel_free", FunctionDescriptor.ofVoid(JAVA_LONG));
    private static final MethodHandle FIND =
            function(
                    "polejava_find",
                    FunctionDescriptor.of(
                            JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS),
                    Linker.Option.critical(true));
    private static final MethodHandle RECORD =
            function(
                    "polejava_record",
                    FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT),
                    Linker.Option.critical(true));
    private static final MethodHandle FIND_MANY =
            function(
                    "polejava_find_many",
                    FunctionDescriptor.of(
                            JAVA_INT,
                            columns(JAVA_LONG, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_DOUBLE)),
                    Linker.Option.critical(true));
    private static final MethodHandle FIND_TEXTS =
            function(
                    "polejava_find_texts",
                    FunctionDescriptor.of(
                            JAVA_INT,
                            columns(
                                    JAVA_LONG, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT,
                                    JAVA_DOUBLE)),
                    Linker.Option.critical(true));

    private static MemoryLayout[] columns(MemoryLayout... first) {
        MemoryLayout[] all = Arrays.copyOf(first, first.length + 8);
        Arrays.fill(all, first.length, all.length, ADDRESS);
        return all;
    }

    private static MethodHandle function(
            String name, FunctionDescriptor descriptor, Linker.Option... options) {
        MemorySegment at =
                SymbolLookup.loaderLookup()
                        .find(name)
                        .orElseThrow(() -> new UnsatisfiedLinkError(name));
        return Linker.nativeLinker().downcallHandle(at, descriptor, options);
    }

    private static RuntimeException thrown(Throwable e) {
        if (e instanceof Error) {
            throw (Error) e;
        }
        return e instanceof RuntimeException
                ? (RuntimeException) e
                : new IllegalStateException(e); // the functions themselves throw nothing
    }

    @Override
    public byte[] call(int what, long handle, byte[] request) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment from = arena.allocateFrom(JAVA_BYTE, request);
            MemorySegment reply = arena.allocate(ADDRESS);
            long size = (long) CALL.invokeExact(what, handle, from, (long) request.length, reply);
            MemorySegment at = reply.get(ADDRESS, 0);
            try {
                if (size <= 0 || size > Integer.MAX_VALUE - 8) {
                    throw new OutOfMemoryError("polelookup: no native memory");
                }
                return at.reinterpret(size).toArray(JAVA_BYTE);
            } finally {
                RELEASE.invokeExact(at);
            }
        } catch (Throwable e) {
            throw thrown(e);
        }
    }

    @Override
    public void close(long handle) {
        try {
            CLOSE.invokeExact(handle);
        } catch (Throwable e) {
            throw thrown(e);
        }
    }

    @Override
    public void freeChannel(long channel) {
        try {
            CHANNEL_FREE.invokeExact(channel);
        } catch (Throwable e) {
            throw thrown(e);
        }
    }

    @Override
    public long find(long handle, int number, int digits, int scope, double[] latLon) {
        try {
            return (long)
                    FIND.invokeExact(
                            handle, number, digits, scope, MemorySegment.ofArray(latLon));
        } catch (Throwable e) {
            throw thrown(e);
        }
    }

    @Override
    public int record(long handle, int row, byte[] record) {
        try {
            return (int)
                    RECORD.invokeExact(
                            handle, row, MemorySegment.ofArray(record), record.length);
        } catch (Throwable e) {
            throw thrown(e);
        }
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
        int status = 0;
        try {
            for (int at = 0; at < count && status == 0; ) {
                int piece = Math.min(PIECE, count - at);
                status =
                        (int)
                                FIND_MANY.invokeExact(
                                        handle, from(numbers, at), piece, digits, scope, clean,
                                        from(c.rows, at), from(c.match, at), from(c.lat, at),
                                        from(c.lon, at), from(c.stations, at),
                                        from(c.confidence, at), from(c.confidencePlace, at),
                                        from(c.farShare, at));
                at += piece;
            }
            return status;
        } catch (Throwable e) {
            throw thrown(e);
        }
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
        int status = 0;
        MemorySegment all = MemorySegment.ofArray(texts);
        try {
            for (int at = 0; at < count && status == 0; ) {
                int piece = Math.min(PIECE, count - at);
                MemorySegment some = all.asSlice((long) at * stride);
                status =
                        (int)
                                FIND_TEXTS.invokeExact(
                                        handle, some, stride, piece, digits, scope, clean,
                                        from(c.rows, at), from(c.match, at), from(c.lat, at),
                                        from(c.lon, at), from(c.stations, at),
                                        from(c.confidence, at), from(c.confidencePlace, at),
                                        from(c.farShare, at));
                at += piece;
            }
            return status;
        } catch (Throwable e) {
            throw thrown(e);
        }
    }

    private static MemorySegment from(int[] column, int at) {
        return MemorySegment.ofArray(column).asSlice(4L * at);
    }

    /** NULL for a column that is not wanted. */
    private static MemorySegment from(double[] column, int at) {
        return column == null
                ? MemorySegment.NULL
                : MemorySegment.ofArray(column).asSlice(8L * at);
    }

    @Override
    public String name() {
        return "ffm";
    }
}
