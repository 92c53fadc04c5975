// SPDX-License-Identifier: MIT
package polelookup;

import java.util.Objects;

/** What names a pole in every index: the county and the code. */
public final class PoleKey extends Value {
    private final String scope;
    private final String code;

    public PoleKey(String scope, String code) {
        this.scope = Objects.requireNonNull(scope);
        this.code = Objects.requireNonNull(code);
    }

    static PoleKey read(Reply reply) {
        String code = Reply.digits(reply.i32(), reply.i32());
        return new PoleKey(reply.text(), code);
    }

    /** The county; "" for the urban districts. */
    public String scope() {
        return scope;
    }

    /** The digits, with leading zeros. */
    public String code() {
        return code;
    }

    @Override
    Object[] components() {
        return new Object[] {
            "scope", scope,
            "code", code
        };
    }
}
