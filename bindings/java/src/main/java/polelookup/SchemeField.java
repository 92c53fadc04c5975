// SPDX-License-Identifier: MIT
package polelookup;

/** A group of digits. */
public final class SchemeField extends Value {
    private final FieldKind kind;
    private final int width;

    SchemeField(Reply reply) {
        kind = FieldKind.of(reply.i32());
        width = reply.i32();
    }

    public FieldKind kind() {
        return kind;
    }

    /** Digits. */
    public int width() {
        return width;
    }

    @Override
    Object[] components() {
        return new Object[] {
            "kind", kind,
            "width", width
        };
    }
}
