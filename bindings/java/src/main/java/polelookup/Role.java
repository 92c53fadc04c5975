// SPDX-License-Identifier: MIT
package polelookup;

import java.util.Locale;

/** Why a station is named. */
public enum Role {
    /** The digits say so. */
    CODED(1),
    /** Its area holds the place. */
    RESPONSIBLE(2),
    /** First to arrive by road. */
    ROAD(4),
    /** Nearest in a straight line. */
    NEAREST(8);

    final int number;

    Role(int number) {
        this.number = number;
    }

    static Role of(int number) {
        for (Role value : values()) {
            if (value.number == number) {
                return value;
            }
        }
        throw new IllegalStateException("Role: no number " + number);
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
