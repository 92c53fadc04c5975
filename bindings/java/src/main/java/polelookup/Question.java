// SPDX-License-Identifier: MIT
package polelookup;

import java.util.List;
import java.util.OptionalInt;

/** What to ask next. */
public final class Question extends Value {
    private final QuestionKind kind;
    private final OptionalInt digit;
    private final int digitCount;
    private final List<Integer> choice;
    private final String text;
    private final String say;
    private final List<QuestionOption> options;

    Question(Reply reply) {
        kind = QuestionKind.of(reply.i32());
        digit = place(reply.i32());
        digitCount = reply.i32();
        choice = choice(reply.i32(), reply.i32());
        text = reply.text();
        say = reply.text();
        options = reply.list(QuestionOption::new);
    }

    public QuestionKind kind() {
        return kind;
    }

    /** From 1: the digit asked for, or the first of several. */
    public OptionalInt digit() {
        return digit;
    }

    /** How many digits are asked for. */
    public int digitCount() {
        return digitCount;
    }

    /** The two digits to choose from, in the order to say them; none: the question is open. */
    public List<Integer> choice() {
        return choice;
    }

    /** For the dispatcher, in the language asked for. */
    public String text() {
        return text;
    }

    /** The words for the caller, in the caller's language. */
    public String say() {
        return say;
    }

    /** The likeliest answer first. */
    public List<QuestionOption> options() {
        return options;
    }

    private static OptionalInt place(int digit) {
        return digit == 0 ? OptionalInt.empty() : OptionalInt.of(digit);
    }

    private static List<Integer> choice(int first, int second) {
        return first == second ? List.of() : List.of(first, second);
    }

    @Override
    Object[] components() {
        return new Object[] {
            "kind", kind,
            "digit", digit,
            "digitCount", digitCount,
            "choice", choice,
            "text", text,
            "say", say,
            "options", options
        };
    }
}
