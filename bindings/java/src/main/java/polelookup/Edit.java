// SPDX-License-Identifier: MIT
package polelookup;

import java.util.Optional;
import java.util.OptionalInt;

/** How a heard code differs from the one meant. */
public final class Edit extends Value {
    private final EditKind kind;
    private final OptionalInt position;
    private final OptionalInt heardPosition;
    private final Optional<String> heard;
    private final Optional<String> meant;

    Edit(Reply reply) {
        kind = EditKind.of(reply.i32());
        position = place(reply.i32());
        heardPosition = place(reply.i32());
        heard = reply.optionalText();
        meant = reply.optionalText();
    }

    public EditKind kind() {
        return kind;
    }

    /** From 1, in the code meant. */
    public OptionalInt position() {
        return position;
    }

    /** From 1, in what was heard. */
    public OptionalInt heardPosition() {
        return heardPosition;
    }

    /** The digits heard. */
    public Optional<String> heard() {
        return heard;
    }

    /** The digits meant. */
    public Optional<String> meant() {
        return meant;
    }

    private static OptionalInt place(int position) {
        return position == 0 ? OptionalInt.empty() : OptionalInt.of(position);
    }

    @Override
    Object[] components() {
        return new Object[] {
            "kind", kind,
            "position", position,
            "heardPosition", heardPosition,
            "heard", heard,
            "meant", meant
        };
    }
}
