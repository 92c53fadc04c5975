// SPDX-License-Identifier: MIT
package polelookup;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A pole as the table has it; a copy that outlives the index. A lookup takes nanoseconds, and the
 * reading of texts many times that: the pole of {@link PoleIndex#find} has its code and position,
 * and reads all else from the index when it is first asked for something of it ({@link #read} does
 * so at once). If the index was closed before that, this is an IllegalStateException.
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

    private final PoleIndex index; // null: the bytes are there
    private final int row;
    private final int number;
    private final int digits;
    private final double lat;
    private final double lon;
    private final int at; // the record in the bytes
    private volatile byte[] bytes;

    /** Of a record in a message. */
    Pole(byte[] bytes, int at) {
        this.bytes = bytes;
        this.at = at;
        index = null;
        row = Reply.intAt(bytes, at);
        number = Reply.intAt(bytes, at + NUMBER);
        digits = Reply.intAt(bytes, at + DIGITS);
        lat = Reply.doubleAt(bytes, at + LAT);
        lon = Reply.doubleAt(bytes, at + LON);
    }

    /** Found by its code. */
    Pole(PoleIndex index, int row, int number, int digits, double lat, double lon) {
        this.index = index;
        this.row = row;
        this.number = number;
        this.digits = digits;
        this.lat = lat;
        this.lon = lon;
        at = 0;
    }

    /** Reads what is not read yet, so that it outlives the index; returns this. */
    public Pole read() {
        record();
        return this;
    }

    private byte[] record() {
        byte[] there = bytes;
        if (there == null) {
            there = index.record(row);
            bytes = there;
        }
        return there;
    }

    /** Bytes of the record. */
    int size() {
        return TEXTS + Reply.intAt(record(), at + TEXTS_BYTES);
    }

    private String text(int which) {
        byte[] bytes = record();
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
        return row;
    }

    /** Scope and code: what names it in every index. */
    public PoleKey key() {
        return new PoleKey(scope(), code());
    }

    /** The digits, with leading zeros. */
    public String code() {
        return Reply.digits(number, digits);
    }

    /** The county; "" for the urban districts. */
    public String scope() {
        return text(0);
    }

    /** WGS 84, degrees. */
    public double lat() {
        return lat;
    }

    /** WGS 84, degrees. */
    public double lon() {
        return lon;
    }

    /** Latitude and longitude. */
    public Point point() {
        return new Point(lat, lon);
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
        return PoleState.of(Reply.intAt(record(), at + STATE));
    }

    public Optional<LocalDate> surveyed() {
        int days = Reply.intAt(record(), at + SURVEYED);
        return days == NO_DATE ? Optional.empty() : Optional.of(LocalDate.ofEpochDay(days));
    }

    /** An invented city's: no place of it is real. */
    public boolean isSample() {
        return index != null ? index.isSample() : Reply.intAt(bytes, at + SAMPLE) != 0;
    }

    @Override
    Object[] components() {
        return new Object[] {
            "code", code(), "scope", scope(), "lat", lat, "lon", lon, "street", street(),
            "district", district(), "note", note(), "state", state(), "successor", successor(),
            "surveyed", surveyed(), "alias", alias(), "aliasOwner", aliasOwner(), "isSample",
            isSample()
        };
    }
}
