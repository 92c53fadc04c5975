// SPDX-License-Identifier: MIT
package polelookup;

import java.util.Locale;

/** Why a call failed; the words are those of the library. */
public enum Status {
    /** No such pole, station, scope or reference system. */
    NOT_FOUND(1),
    /** The code stands in more than one scope: name the scope. */
    SEVERAL(2),
    /** The caller's mistake. */
    INVALID_ARGUMENT(3),
    /** There was no memory. */
    NO_MEMORY(4),
    /** The operating system said no. */
    IO(5),
    /** The file is something else. */
    NOT_AN_INDEX(6),
    /** The file is an index, and some of it is not as written. */
    DAMAGED(7),
    /** The file is an index that this library is too old for. */
    NEWER_FORMAT(8),
    /** Needs an adapter that is not there (EPSG codes). */
    UNSUPPORTED(9),
    /** A stated limit is exceeded. */
    LIMIT(10),
    /** The text is no code of any length that the index knows. */
    MALFORMED_CODE(11),
    /** A document is not well formed. */
    BAD_INPUT(12),
    /** A build stopped. */
    REFUSED(13),
    /** The caller ended it. */
    STOPPED(14);

    final int number;

    Status(int number) {
        this.number = number;
    }

    static Status of(int number) {
        for (Status value : values()) {
            if (value.number == number) {
                return value;
            }
        }
        throw new IllegalStateException("Status: no number " + number);
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
