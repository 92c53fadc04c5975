// SPDX-License-Identifier: MIT
package polelookup;

import java.util.OptionalDouble;

/** A pole that one of two codes may have meant instead. */
public final class Correction extends Value {
    private final int query;
    private final int candidate;
    private final OptionalDouble distanceM;

    Correction(Reply reply) {
        query = reply.i32();
        candidate = reply.i32();
        distanceM = reply.optionalF64();
    }

    /** Which of the two, 0 or 1. */
    public int query() {
        return query;
    }

    /** Of the answer's candidates. */
    public int candidate() {
        return candidate;
    }

    /** To the pole that the other code names, metres. */
    public OptionalDouble distanceM() {
        return distanceM;
    }

    @Override
    Object[] components() {
        return new Object[] {
            "query", query,
            "candidate", candidate,
            "distanceM", distanceM
        };
    }
}
