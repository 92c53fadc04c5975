// SPDX-License-Identifier: MIT
package polelookup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** That closing while others use an index neither crashes nor gives a wrong answer. */
class LifetimeTest {
    private static final int THREADS = 6;
    private static final int ROUNDS = 40;

    @Test
    void closesWhileOthersAsk() throws Exception {
        byte[] bytes = Files.readAllBytes(Sample.path());
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        AtomicLong answers = new AtomicLong();
        try {
            for (int round = 0; round < ROUNDS; round++) {
                PoleIndex index = PoleIndex.open(bytes);
                Pole pole = index.nearest(45.75, 126.65, 1).get(0).pole();
                CountDownLatch asked = new CountDownLatch(THREADS);
                List<Future<?>> running = new ArrayList<>();
                for (int i = 0; i < THREADS; i++) {
                    int which = i;
                    Runnable ask = () -> askUntilClosed(index, pole, which, asked, answers);
                    running.add(threads.submit(ask));
                }
                assertTrue(asked.await(60, TimeUnit.SECONDS));
                index.close();
                for (Future<?> future : running) {
                    future.get(60, TimeUnit.SECONDS);
                }
                assertThrows(IllegalStateException.class, () -> index.pole(pole.row()));
            }
        } finally {
            threads.shutdownNow();
        }
        assertTrue(answers.get() >= THREADS * ROUNDS);
    }

    private static void askUntilClosed(
            PoleIndex index, Pole pole, int which, CountDownLatch asked, AtomicLong answers) {
        int[] numbers = new int[200_000];
        Arrays.fill(numbers, Integer.parseInt(pole.code()));
        try {
            for (; ; asked.countDown(), answers.incrementAndGet()) {
                if (which == 0) {
                    assertEquals(pole, index.resolve(pole.code()).first().orElseThrow().pole());
                } else if (which == 1) {
                    Columns found = index.batch().unjudged().lookupAll(numbers, 7);
                    assertEquals(pole.row(), found.rows[numbers.length - 1]);
                } else {
                    assertEquals(pole, index.find(pole.code()).orElseThrow());
                }
            }
        } catch (IllegalStateException e) {
            assertEquals("the index is closed", e.getMessage());
        }
    }

    @Test
    void isFreedOnceByWhoeverLeavesLast() {
        List<Long> freed = new ArrayList<>();
        Lifetime lifetime = new Lifetime(42, freed::add);
        int first = lifetime.enter();
        int second = lifetime.enter();
        lifetime.run();
        lifetime.run();
        assertThrows(IllegalStateException.class, lifetime::enter);
        lifetime.exit(first);
        assertEquals(List.of(), freed);
        lifetime.exit(second);
        assertEquals(List.of(42L), freed);
        lifetime.run();
        assertEquals(List.of(42L), freed);
    }

    @Test
    void isFreedAtOnceWhenNobodyIsIn() {
        List<Long> freed = new ArrayList<>();
        Lifetime lifetime = new Lifetime(7, freed::add);
        lifetime.exit(lifetime.enter());
        assertFalse(lifetime.isClosed());
        lifetime.run();
        assertEquals(List.of(7L), freed);
    }

    /** How a service reloads: whoever still holds the old one may finish, or asks the new one. */
    @Test
    void isReplacedWhileInUse() throws Exception {
        AtomicReference<PoleIndex> current =
                new AtomicReference<>(PoleIndex.open(Sample.path()));
        String code = current.get().nearest(45.75, 126.65, 1).get(0).pole().code();
        AtomicLong answers = new AtomicLong();
        Thread asking =
                new Thread(
                        () -> {
                            while (!Thread.currentThread().isInterrupted()) {
                                try (PoleIndex mine = current.get().share()) {
                                    mine.find(code).orElseThrow();
                                    answers.incrementAndGet();
                                } catch (IllegalStateException e) {
                                    continue; // closed between get and share: take the new one
                                }
                            }
                        });
        asking.start();
        for (int i = 0; i < 30; i++) {
            current.getAndSet(PoleIndex.open(Sample.path())).close();
        }
        long before = answers.get();
        while (answers.get() == before) {
            Thread.onSpinWait();
        }
        asking.interrupt();
        asking.join();
        current.get().close();
    }

    @Test
    void sharesAreClosedEachForItself() {
        PoleIndex first = PoleIndex.open(Sample.path());
        PoleIndex second = first.share();
        first.close();
        assertTrue(first.isClosed());
        assertFalse(second.isClosed());
        assertEquals(115900, second.info().poles());
        second.close();
        assertThrows(IllegalStateException.class, second::info);
        assertThrows(IllegalStateException.class, second::share);
    }
}
