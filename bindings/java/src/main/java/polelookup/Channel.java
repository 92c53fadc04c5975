// SPDX-License-Identifier: MIT
package polelookup;

import java.lang.ref.Cleaner;
import java.util.Objects;

/**
 * The model of errors between a pole and what was heard of it. Immutable and shared freely between
 * threads; its native memory goes with it.
 */
public final class Channel {
    private final long handle;
    private final String name;
    private final String id;
    private final double clean;

    private Channel(String name, String table) {
        Reply reply = Native.call(NativeCalls.CHANNEL, 0, new Request().text(name).text(table));
        long at = reply.i64();
        handle = at;
        this.name = reply.text();
        id = reply.text();
        clean = reply.f64();
        Cleaners.CLEANER.register(this, () -> Native.CALLS.freeChannel(at));
    }

    /** "everyday" (nine codes in ten are heard clean) or "heavy" (28 in 100). */
    public static Channel named(String name) {
        return new Channel(Objects.requireNonNull(name), "");
    }

    /** From the text of its table; fails with {@link Status#BAD_INPUT} and the line. */
    public static Channel read(String name, String table) {
        if (table.isEmpty()) {
            throw PoleException.of(Status.BAD_INPUT, "an empty table");
        }
        return new Channel(Objects.requireNonNull(name), table);
    }

    /** Told in answers. */
    public String name() {
        return name;
    }

    /** A hash of the table's values. */
    public String id() {
        return id;
    }

    /** The share of codes heard clean. */
    public double clean() {
        return clean;
    }

    long handle() {
        return handle;
    }

    @Override
    public String toString() {
        return "Channel[name=" + name + ", id=" + id + ", clean=" + clean + "]";
    }

    /** The thread that frees what nobody holds any more. */
    static final class Cleaners {
        static final Cleaner CLEANER = Cleaner.create();

        private Cleaners() {}
    }
}
