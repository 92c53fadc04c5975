// SPDX-License-Identifier: MIT
package polelookup;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.LongConsumer;

/**
 * How long a native index lives: until it was closed and the last call that uses it came back.
 *
 * <p>Calls are counted in a few counters far apart in memory, so that threads do not wait for each
 * other. Closing marks each counter; one that is marked lets nobody in, and when all of them have
 * come to nothing the last one out frees. Nobody waits.
 */
final class Lifetime implements Runnable {
    private static final int STRIPES = 8;
    private static final int APART = 32; // ints: two cache lines
    private static final int CLOSED = Integer.MIN_VALUE;

    private final AtomicIntegerArray users = new AtomicIntegerArray((STRIPES + 1) * APART);
    private final AtomicInteger drained = new AtomicInteger();
    private final long handle;
    private final LongConsumer free;

    Lifetime(long handle, LongConsumer free) {
        this.handle = handle;
        this.free = free;
    }

    long handle() {
        return handle;
    }

    /** Lets a call in; what it returns is for {@link #exit}. */
    int enter() {
        int stripe = (int) (Thread.currentThread().getId() % STRIPES + 1) * APART;
        for (; ; ) {
            int count = users.get(stripe);
            if (count < 0) {
                throw new IllegalStateException("the index is closed");
            }
            if (users.compareAndSet(stripe, count, count + 1)) {
                return stripe;
            }
        }
    }

    void exit(int stripe) {
        if (users.decrementAndGet(stripe) == CLOSED) {
            stripeDrained();
        }
    }

    boolean isClosed() {
        return users.get(STRIPES * APART) < 0;
    }

    /** Closes; a second time does nothing. Also what the cleaner runs. */
    @Override
    public void run() {
        for (int stripe = APART; stripe <= STRIPES * APART; stripe += APART) {
            int count = users.getAndUpdate(stripe, n -> n | CLOSED);
            if (count == 0) {
                stripeDrained();
            }
        }
    }

    private void stripeDrained() {
        if (drained.incrementAndGet() == STRIPES) {
            free.accept(handle);
        }
    }
}
