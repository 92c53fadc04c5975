// SPDX-License-Identifier: MIT
package polelookup;

import java.util.Locale;

/** What a group of digits of a code says. */
public enum FieldKind {
    /** The district. */
    DISTRICT(1),
    /** The station. */
    STATION(2),
    /** The street. */
    STREET(3),
    /** The pole. */
    POLE(4),
    /** Something else. */
    OTHER(5);

    final int number;

    FieldKind(int number) {
        this.number = number;
    }

    static FieldKind of(int number) {
        for (FieldKind value : values()) {
            if (value.number == number) {
                return value;
            }
        }
        throw new IllegalStateException("FieldKind: no number " + number);
    }

    /** The stable word, as it stands in JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return word();
    }
}
