// SPDX-License-Identifier: MIT
package polelookup;

import java.util.Locale;

/** What a text or code turned out to be. */
public enum Match {
    /** Not judged: in a batch, resolve this one. */
    NONE(0),
    /** The heard code is in the table, and nothing speaks against it. */
    EXACT(1),
    /** Another code than the one heard; its edits are listed. */
    CORRECTED(2),
    /** Anything else with a candidate: ask. Never a place to send to unasked. */
    AMBIGUOUS(3),
    /** No such pole, but its neighbours bracket it: an estimate with a radius. */
    INTERPOLATED(4),
    /** A code was heard that is most likely no pole. */
    UNKNOWN(5),
    /** The text holds no code. */
    NO_CODE(6),
    /** The row itself could not be read. */
    MALFORMED(7);

    final int number;

    Match(int number) {
        this.number = number;
    }

    static Match of(int number) {
        for (Match value : values()) {
            if (value.number == number) {
                return value;
            }
        }
        throw new IllegalStateException("Match: no number " + number);
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
