// SPDX-License-Identifier: MIT
package polelookup;

import java.util.Locale;

/** How a heard code differs from the one meant. */
public enum EditKind {
    /** One digit for another. */
    SUBSTITUTION(1),
    /** Two digits changed places. */
    TRANSPOSITION(2),
    /** Both of two equal digits became another. */
    TWIN(3),
    /** A digit was left out. */
    OMISSION(4),
    /** A digit was put in. */
    INSERTION(5),
    /** A digit was said twice. */
    DOUBLING(6),
    /** A digit could not be read. */
    UNKNOWN(7);

    final int number;

    EditKind(int number) {
        this.number = number;
    }

    static EditKind of(int number) {
        for (EditKind value : values()) {
            if (value.number == number) {
                return value;
            }
        }
        throw new IllegalStateException("EditKind: no number " + number);
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
