// SPDX-License-Identifier: MIT
package polelookup;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;

/** A message from the native part being read: values in the machine's byte order (wire.h). */
final class Reply {
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final VarHandle DOUBLE =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.nativeOrder());

    private final byte[] bytes;
    private int at;

    Reply(byte[] bytes) {
        this.bytes = bytes;
    }

    static int intAt(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    static double doubleAt(byte[] bytes, int at) {
        return (double) DOUBLE.get(bytes, at);
    }

    int i32() {
        int value = (int) INT.get(bytes, at);
        at += 4;
        return value;
    }

    long i64() {
        long value = (long) LONG.get(bytes, at);
        at += 8;
        return value;
    }

    double f64() {
        double value = (double) DOUBLE.get(bytes, at);
        at += 8;
        return value;
    }

    boolean flag() {
        return i32() != 0;
    }

    String text() {
        int size = i32();
        String text = new String(bytes, at, size, StandardCharsets.UTF_8);
        at += size;
        return text;
    }

    Optional<String> optionalText() {
        return nonEmpty(text());
    }

    /** NaN is what is not known. */
    OptionalDouble optionalF64() {
        return known(f64());
    }

    /** A negative number is what is not known. */
    OptionalInt optionalI32() {
        int value = i32();
        return value < 0 ? OptionalInt.empty() : OptionalInt.of(value);
    }

    <T> Optional<T> optional(Function<Reply, T> read) {
        return flag() ? Optional.of(read.apply(this)) : Optional.empty();
    }

    <T> List<T> list(Function<Reply, T> read) {
        int count = i32();
        List<T> list = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            list.add(read.apply(this));
        }
        return Collections.unmodifiableList(list);
    }

    /** A pole's record; it keeps this message's bytes and decodes them when asked. */
    Pole pole() {
        Pole pole = new Pole(bytes, at);
        at += pole.size();
        return pole;
    }

    static Optional<String> nonEmpty(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    static OptionalDouble known(double value) {
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** The digits of a code with its leading zeros. */
    static String digits(int number, int digits) {
        byte[] text = new byte[digits];
        int left = number;
        for (int i = digits - 1; i >= 0; i--) {
            text[i] = (byte) ('0' + left % 10);
            left /= 10;
        }
        return new String(text, StandardCharsets.ISO_8859_1);
    }
}
