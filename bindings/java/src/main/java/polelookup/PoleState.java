// SPDX-License-Identifier: MIT
package polelookup;

import java.util.Locale;

/** Whether a pole still stands where the table says. */
public enum PoleState {
    /** It stands. */
    ACTIVE(0),
    /** It was moved. */
    MOVED(1),
    /** It was taken away. */
    REMOVED(2);

    final int number;

    PoleState(int number) {
        this.number = number;
    }

    static PoleState of(int number) {
        for (PoleState value : values()) {
            if (value.number == number) {
                return value;
            }
        }
        throw new IllegalStateException("PoleState: no number " + number);
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
