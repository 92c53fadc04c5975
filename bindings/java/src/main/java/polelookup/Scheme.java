// SPDX-License-Identifier: MIT
package polelookup;

import java.util.List;

/** How the codes of one scope and length divide. */
public final class Scheme extends Value {
    private final String scope;
    private final int digits;
    private final int poles;
    private final List<SchemeField> fields;

    Scheme(Reply reply) {
        scope = reply.text();
        digits = reply.i32();
        poles = reply.i32();
        fields = reply.list(SchemeField::new);
    }

    /** The county; "" for the urban districts. */
    public String scope() {
        return scope;
    }

    public int digits() {
        return digits;
    }

    /** How many. */
    public int poles() {
        return poles;
    }

    /** From the left. */
    public List<SchemeField> fields() {
        return fields;
    }

    @Override
    Object[] components() {
        return new Object[] {
            "scope", scope,
            "digits", digits,
            "poles", poles,
            "fields", fields
        };
    }
}
