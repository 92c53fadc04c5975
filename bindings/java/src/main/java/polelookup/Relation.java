// SPDX-License-Identifier: MIT
package polelookup;

import java.util.Locale;

/** How two poles lie to each other. */
public enum Relation {
    /** One of the two names no pole, or several. */
    UNKNOWN(0),
    /** Both are one pole. */
    SAME(1),
    /** In sight of each other on one street. */
    STRETCH(2),
    /** In sight of each other on two streets. */
    CORNER(3),
    /** Too far: one is wrong, or the caller has moved. */
    APART(4);

    final int number;

    Relation(int number) {
        this.number = number;
    }

    static Relation of(int number) {
        for (Relation value : values()) {
            if (value.number == number) {
                return value;
            }
        }
        throw new IllegalStateException("Relation: no number " + number);
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
