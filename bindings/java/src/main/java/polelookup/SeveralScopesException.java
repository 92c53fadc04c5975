// SPDX-License-Identifier: MIT
package polelookup;

/** The code stands in more than one scope: name the scope, or ask for all. */
public final class SeveralScopesException extends PoleException {
    private static final long serialVersionUID = 1;

    SeveralScopesException(
            Status status, String message, String hint, int line, int column, long offset) {
        super(status, message, hint, line, column, offset);
    }
}
