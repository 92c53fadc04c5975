// SPDX-License-Identifier: MIT
package polelookup;

import java.util.Locale;

/** What to ask the caller next. */
public enum QuestionKind {
    /** Nothing is left to ask. */
    NOTHING(0),
    /** Read the code back. */
    READ_BACK(1),
    /** One digit. */
    DIGIT(2),
    /** Several digits. */
    DIGITS(3),
    /** The next pole's code. */
    NEIGHBOUR(4),
    /** The side of the street. */
    SIDE(5),
    /** The street. */
    STREET(6),
    /** The county. */
    COUNTY(7),
    /** What the number is painted on. */
    OBJECT(8),
    /** Where the caller is. */
    PLACE(9);

    final int number;

    QuestionKind(int number) {
        this.number = number;
    }

    static QuestionKind of(int number) {
        for (QuestionKind value : values()) {
            if (value.number == number) {
                return value;
            }
        }
        throw new IllegalStateException("QuestionKind: no number " + number);
    }

    /** The stable word, as it stands in JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return word();
    }
}
