// SPDX-License-Identifier: MIT
package polelookup;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A message to the native part being written: values in the machine's byte order (wire.h). */
final class Request {
    private ByteBuffer buffer = ByteBuffer.allocate(64).order(ByteOrder.nativeOrder());

    private ByteBuffer room(int size) {
        if (buffer.remaining() < size) {
            int wanted = Math.max(Math.addExact(buffer.position(), size), buffer.capacity() * 2);
            byte[] grown = Arrays.copyOf(buffer.array(), wanted);
            int at = buffer.position();
            buffer = ByteBuffer.wrap(grown).order(ByteOrder.nativeOrder());
            buffer.position(at);
        }
        return buffer;
    }

    Request i32(int value) {
        room(4).putInt(value);
        return this;
    }

    Request i64(long value) {
        room(8).putLong(value);
        return this;
    }

    Request f64(double value) {
        room(8).putDouble(value);
        return this;
    }

    Request flag(boolean value) {
        return i32(value ? 1 : 0);
    }

    Request text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A length and the bytes. */
    Request bytes(byte[] bytes) {
        i32(bytes.length);
        return raw(bytes);
    }

    Request raw(byte[] bytes) {
        room(bytes.length).put(bytes);
        return this;
    }

    /** A text as one saying with the whole weight. */
    Request saying(String text) {
        return i32(1).text(text).f64(1);
    }

    Request polygon(double[][][] rings) {
        int points = 0;
        for (double[][] ring : rings) {
            points = Math.addExact(points, ring.length);
        }
        i32(points);
        for (double[][] ring : rings) {
            for (double[] point : ring) {
                if (point.length != 2) {
                    throw new IllegalArgumentException("a point is latitude and longitude");
                }
                f64(point[0]).f64(point[1]);
            }
        }
        i32(rings.length);
        for (double[][] ring : rings) {
            i32(ring.length);
        }
        return this;
    }

    byte[] toBytes() {
        return Arrays.copyOf(buffer.array(), buffer.position());
    }
}
