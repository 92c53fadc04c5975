// SPDX-License-Identifier: MIT
package polelookup;

/** The file cannot be read, is no index, is damaged, or is of a newer format. */
public final class IndexFileException extends PoleException {
    private static final long serialVersionUID = 1;

    IndexFileException(
            Status status, String message, String hint, int line, int column, long offset) {
        super(status, message, hint, line, column, offset);
    }
}
