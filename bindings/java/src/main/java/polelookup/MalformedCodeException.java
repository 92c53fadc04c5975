// SPDX-License-Identifier: MIT
package polelookup;

/** The text is no code of any length that the index knows. */
public final class MalformedCodeException extends PoleException {
    private static final long serialVersionUID = 1;

    MalformedCodeException(
            Status status, String message, String hint, int line, int column, long offset) {
        super(status, message, hint, line, column, offset);
    }
}
