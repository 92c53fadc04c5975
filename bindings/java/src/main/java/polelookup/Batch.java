// SPDX-License-Identifier: MIT
package polelookup;

import java.util.Arrays;

/**
 * How to look up many codes at once. Codes are judged (see {@link Columns}), and what is not exact
 * has no place, unless {@link #bestGuess} asks for that, or {@link #unjudged} says that whether they
 * are in the table is enough. Belongs to one thread.
 */
public final class Batch {
    private static final int ANY_SCOPE = 0xFFFF;

    /** A number that is no code of any length. */
    private static final int NO_NUMBER = -1;

    private final PoleIndex index;
    private int scope = ANY_SCOPE;
    private double clean;
    private boolean judged = true;
    private boolean bestGuess;
    private int[] room = new int[0]; // of strings as numbers, kept for the next batch

    Batch(PoleIndex index) {
        this.index = index;
    }

    /** In this county; "": the urban districts. */
    public Batch scope(String name) {
        scope = index.scopeNumber(name);
        return this;
    }

    /** The share of codes heard clean, below 1; 0: the channel's. */
    public Batch clean(double share) {
        clean = share;
        return this;
    }

    /** Only looks: a match then says that the code is in the table, not that it was meant. */
    public Batch unjudged() {
        judged = false;
        return this;
    }

    /** Judged codes that are not exact keep the place of their pole: read {@link Columns#match}. */
    public Batch bestGuess() {
        bestGuess = true;
        return this;
    }

    private void fill(Object codes, int stride, int count, int digits, Columns to) {
        index.fill(codes, stride, count, digits, scope, clean, to);
        if (to.confidence != null && !bestGuess) {
            to.keepSure();
        }
    }

    private Columns columns(int size) {
        return judged ? Columns.judged(size) : Columns.found(size);
    }

    /** Numbers, all of so many digits. */
    public Columns lookupAll(int[] numbers, int digits) {
        return lookupAll(numbers, digits, columns(numbers.length));
    }

    /** The same into columns that are there; they say whether codes are judged. */
    public Columns lookupAll(int[] numbers, int digits, Columns to) {
        check(digits, numbers.length, to);
        fill(numbers, 0, numbers.length, digits, to);
        return to;
    }

    /** Texts, one behind the other, each of so many ASCII digits. */
    public Columns lookupAll(byte[] texts, int digits) {
        return lookupAll(texts, digits, columns(digits < 1 ? 0 : texts.length / digits));
    }

    /** The same into columns that are there. */
    public Columns lookupAll(byte[] texts, int digits, Columns to) {
        check(digits, digits < 1 ? 0 : texts.length / digits, to);
        if (texts.length % digits != 0) {
            throw new IllegalArgumentException("the texts are not of " + digits + " bytes each");
        }
        fill(texts, digits, to.size(), digits, to);
        return to;
    }

    /** Strings of bare digits, of any lengths; what else stands there is no code. */
    public Columns lookupAll(String... codes) {
        return lookupAll(codes, columns(codes.length));
    }

    /** The same into columns that are there. */
    public Columns lookupAll(String[] codes, Columns to) {
        check(1, codes.length, to);
        if (room.length < codes.length) {
            room = new int[codes.length];
        }
        int[] numbers = room;
        int digits = 0;
        boolean mixed = false;
        for (int i = 0; i < codes.length; i++) {
            numbers[i] = codes[i] == null ? NO_NUMBER : PoleIndex.bareDigits(codes[i]);
            if (numbers[i] >= 0) {
                mixed |= digits != 0 && digits != codes[i].length();
                digits = codes[i].length();
            }
        }
        if (!mixed) {
            int length = digits == 0 ? 1 : digits;
            fill(numbers, 0, codes.length, length, to);
            return to;
        }
        for (int length = 1; length <= 9; length++) {
            lookupLength(codes, numbers, length, to);
        }
        return to;
    }

    /** Those of one length, and of the first length those that are no code. */
    private void lookupLength(String[] codes, int[] numbers, int length, Columns to) {
        int[] where = new int[codes.length];
        int[] some = new int[codes.length];
        int count = 0;
        for (int i = 0; i < codes.length; i++) {
            if (numbers[i] < 0 ? length == 1 : codes[i].length() == length) {
                where[count] = i;
                some[count++] = numbers[i];
            }
        }
        if (count == 0) {
            return;
        }
        Columns part = to.confidence != null ? Columns.judged(count) : Columns.found(count);
        lookupAll(Arrays.copyOf(some, count), length, part);
        for (int i = 0; i < count; i++) {
            part.copyTo(i, to, where[i]);
        }
        to.isSample = part.isSample;
    }

    private static void check(int digits, int count, Columns to) {
        if (digits < 1 || digits > 9) {
            throw PoleException.of(Status.INVALID_ARGUMENT, "a code has 1 to 9 digits");
        }
        if (to.size() != count) {
            throw new IllegalArgumentException("columns of " + to.size() + " for " + count);
        }
    }
}
