// SPDX-License-Identifier: MIT
package polelookup;

import java.util.Arrays;

/**
 * An immutable value with record-shaped accessors. The code is compiled for Java 11, which has no
 * records; this gives their equals, hashCode and toString from the components.
 */
abstract class Value {
    Value() {}

    /** Names and values of the components, in turn. */
    abstract Object[] components();

    @Override
    public final boolean equals(Object other) {
        return this == other
                || other != null
                        && other.getClass() == getClass()
                        && Arrays.deepEquals(components(), ((Value) other).components());
    }

    @Override
    public final int hashCode() {
        return Arrays.deepHashCode(components());
    }

    @Override
    public final String toString() {
        StringBuilder text = new StringBuilder(getClass().getSimpleName()).append('[');
        Object[] components = components();
        for (int i = 0; i < components.length; i += 2) {
            text.append(i == 0 ? "" : ", ").append(components[i]).append('=');
            text.append(components[i + 1]);
        }
        return text.append(']').toString();
    }
}
