// SPDX-License-Identifier: MIT
package polelookup;

import java.util.Locale;

/** By what a candidate was found. */
public enum Matched {
    /** Its code. */
    CODE(1),
    /** Another owner's number on it. */
    ALIAS(2);

    final int number;

    Matched(int number) {
        this.number = number;
    }

    static Matched of(int number) {
        for (Matched value : values()) {
            if (value.number == number) {
                return value;
            }
        }
        throw new IllegalStateException("Matched: no number " + number);
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
