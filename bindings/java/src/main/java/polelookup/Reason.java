// SPDX-License-Identifier: MIT
package polelookup;

import java.util.Locale;

/** Why a text holds no code. */
public enum Reason {
    /** It holds one. */
    NONE(0),
    /** No digits. */
    NO_DIGITS(1),
    /** Too few digits. */
    TOO_FEW(2),
    /** Too many digits. */
    TOO_MANY(3),
    /** A telephone number. */
    PHONE_NUMBER(4),
    /** Digits among other words. */
    OTHER_NUMBER(5);

    final int number;

    Reason(int number) {
        this.number = number;
    }

    static Reason of(int number) {
        for (Reason value : values()) {
            if (value.number == number) {
                return value;
            }
        }
        throw new IllegalStateException("Reason: no number " + number);
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
