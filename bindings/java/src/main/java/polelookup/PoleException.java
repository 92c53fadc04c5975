// SPDX-License-Identifier: MIT
package polelookup;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A call that failed. {@link #status()} has the library's stable word; the subclasses are for those
 * that a program treats differently.
 */
public class PoleException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Status status;
    private final String text;
    private final String hint;
    private final int line;
    private final int column;
    private final long offset;

    PoleException(Status status, String message, String hint, int line, int column, long offset) {
        super(status.word() + ": " + message + (hint.isEmpty() ? "" : " (" + hint + ")"));
        this.status = Objects.requireNonNull(status);
        this.text = message;
        this.hint = hint;
        this.line = line;
        this.column = column;
        this.offset = offset;
    }

    static PoleException of(
            int number, String name, String text, String hint, int line, int column, long offset) {
        Status status = Status.of(number);
        if (!status.word().equals(name)) {
            throw new IllegalStateException("status " + number + " is called " + name);
        }
        switch (status) {
            case SEVERAL:
                return new SeveralScopesException(status, text, hint, line, column, offset);
            case MALFORMED_CODE:
                return new MalformedCodeException(status, text, hint, line, column, offset);
            case IO:
            case NOT_AN_INDEX:
            case DAMAGED:
            case NEWER_FORMAT:
                return new IndexFileException(status, text, hint, line, column, offset);
            default:
                return new PoleException(status, text, hint, line, column, offset);
        }
    }

    static PoleException of(Status status, String message) {
        return of(status.number, status.word(), message, "", 0, 0, 0);
    }

    /** Why; {@code status().word()} is the stable word, as "not_an_index". */
    public Status status() {
        return status;
    }

    /** What to do about it. */
    public Optional<String> hint() {
        return Reply.nonEmpty(hint);
    }

    /** In a document, from 1. */
    public OptionalInt line() {
        return line > 0 ? OptionalInt.of(line) : OptionalInt.empty();
    }

    /** In a document, from 1. */
    public OptionalInt column() {
        return column > 0 ? OptionalInt.of(column) : OptionalInt.empty();
    }

    /** In a file, in bytes. */
    public OptionalLong offset() {
        return offset > 0 ? OptionalLong.of(offset) : OptionalLong.empty();
    }

    /** The error as the JSON that all of polelookup speaks. */
    public String toJson() {
        Request request = new Request().i32(status.number).text(text).text(hint);
        request.i32(line).i32(column).i64(offset);
        return Native.call(NativeCalls.ERROR_JSON, 0, request).text();
    }
}
