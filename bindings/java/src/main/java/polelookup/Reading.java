// SPDX-License-Identifier: MIT
package polelookup;

/** A code that may have been said. */
public final class Reading extends Value {
    private final String code;
    private final double weight;

    Reading(Reply reply) {
        code = reply.text();
        weight = reply.f64();
    }

    /** Digits; '?' for one that is not known. */
    public String code() {
        return code;
    }

    /** Its share of belief. */
    public double weight() {
        return weight;
    }

    @Override
    Object[] components() {
        return new Object[] {
            "code", code,
            "weight", weight
        };
    }
}
