// SPDX-License-Identifier: MIT
package polelookup;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A pole as the table has it. A copy of its own: it outlives the index. Fields are decoded when
 * they are asked for.
 *
 * <p>{@link #isSample()}: an invented city's pole, which stands nowhere.
 */
public final class Pole extends Value {
    // A record's head, as fast.c writes it.
    private static final int NUMBER = 4;
    private static final int DIGITS = 8;
    private static final int STATE = 16;
    private static final int SURVEYED = 20;
    private static final int SAMPLE = 24;
    private static final int TEXTS_BYTES = 28;
    private static final int LAT = 32;
    private static final int LON = 40;
    private static final int TEXTS = 48;
    private static final int NO_DATE = Integer.MIN_VALUE;

    private final byte[] bytes;
    private final int at;

    Pole(byte[] bytes, int at) {
        this.bytes = bytes;
        this.at = at;
    }

    /** Bytes of the record. */
    int size() {
        return TEXTS + Reply.intAt(bytes, at + TEXTS_BYTES);
    }

    private String text(int which) {
        int start = at + TEXTS;
        for (int i = 0; i < which; i++) {
            start += 4 + Reply.intAt(bytes, start);
        }
        int size = Reply.intAt(bytes, start);
        return size == 0 ? "" : new String(bytes, start + 4, size, StandardCharsets.UTF_8);
    }

    private Optional<String> optional(int which) {
        return Reply.nonEmpty(text(which));
    }

    /** Its place in this one open index, and in no other: see {@link #key()}. */
    public int row() {
        return Reply.intAt(bytes, at);
    }

    /** Scope and code: what names it in every index. */
    public PoleKey key() {
        return new PoleKey(scope(), code());
    }

    /** The digits, with leading zeros. */
    public String code() {
        return Reply.digits(Reply.intAt(bytes, at + NUMBER), Reply.intAt(bytes, at + DIGITS));
    }

    /** The county; "" for the urban districts. */
    public String scope() {
        return text(0);
    }

    /** WGS 84, degrees. */
    public double lat() {
        return Reply.doubleAt(bytes, at + LAT);
    }

    /** WGS 84, degrees. */
    public double lon() {
        return Reply.doubleAt(bytes, at + LON);
    }

    /** Latitude and longitude. */
    public Point point() {
        return new Point(lat(), lon());
    }

    public Optional<String> street() {
        return optional(1);
    }

    public Optional<String> district() {
        return optional(2);
    }

    public Optional<String> note() {
        return optional(3);
    }

    /** The code of the pole that replaced this one. */
    public Optional<String> successor() {
        return optional(4);
    }

    /** Another owner's number on the same pole; in an answer, the one that named it. */
    public Optional<String> alias() {
        return optional(5);
    }

    public Optional<String> aliasOwner() {
        return optional(6);
    }

    public PoleState state() {
        return PoleState.of(Reply.intAt(bytes, at + STATE));
    }

    public Optional<LocalDate> surveyed() {
        int days = Reply.intAt(bytes, at + SURVEYED);
        return days == NO_DATE ? Optional.empty() : Optional.of(LocalDate.ofEpochDay(days));
    }

    /** An invented city's: no place of it is real. */
    public boolean isSample() {
        return Reply.intAt(bytes, at + SAMPLE) != 0;
    }

    @Override
    Object[] components() {
        return new Object[] {
            "code", code(), "scope", scope(), "lat", lat(), "lon", lon(), "street", street(),
            "district", district(), "note", note(), "state", state(), "successor", successor(),
            "surveyed", surveyed(), "alias", alias(), "aliasOwner", aliasOwner(), "isSample",
            isSample()
        };
    }
}
