// SPDX-License-Identifier: MIT
package polelookup;

import java.util.List;
import java.util.Optional;

/** What was heard of a text, before any table was asked. */
public final class Heard extends Value {
    private final String query;
    private final Optional<String> digits;
    private final boolean isSeveral;
    private final Reason reason;
    private final List<Reading> readings;

    Heard(Reply reply) {
        query = reply.text();
        digits = reply.optionalText();
        isSeveral = reply.flag();
        reason = Reason.of(reply.i32());
        readings = reply.list(Reading::new);
    }

    /** The text, with long runs of digits masked. */
    public String query() {
        return query;
    }

    /** Of the likeliest reading; '?' for one that is not known. */
    public Optional<String> digits() {
        return digits;
    }

    /** The text holds several codes, and nothing says which is meant. */
    public boolean isSeveral() {
        return isSeveral;
    }

    /** Why there is no code. */
    public Reason reason() {
        return reason;
    }

    /** The likeliest first. */
    public List<Reading> readings() {
        return readings;
    }

    @Override
    Object[] components() {
        return new Object[] {
            "query", query,
            "digits", digits,
            "isSeveral", isSeveral,
            "reason", reason,
            "readings", readings
        };
    }
}
