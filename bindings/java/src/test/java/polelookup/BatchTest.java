// SPDX-License-Identifier: MIT
package polelookup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** That a batch gives, code by code, what single calls give: over more than one pinned piece. */
class BatchTest {
    private static final int SIZE = 150_000;

    private static long seed() {
        String given = System.getenv("POLE_TEST_SEED");
        long seed = given == null ? 20081 : Long.parseLong(given);
        System.out.println("POLE_TEST_SEED=" + seed);
        return seed;
    }

    private static int[] randomNumbers() {
        return new Random(seed()).ints(SIZE, 0, 10_000_000).toArray();
    }

    @Test
    void givesWhatSingleCallsGive() {
        int[] numbers = randomNumbers();
        try (PoleIndex index = PoleIndex.open(Sample.path())) {
            Columns found = index.batch().unjudged().lookupAll(numbers, 7);
            assertNull(found.confidence);
            assertTrue(found.isSample());
            int there = 0;
            for (int i = 0; i < SIZE; i++) {
                Optional<Pole> pole = index.find(numbers[i], 7);
                assertEquals(pole.isPresent() ? Match.EXACT : Match.UNKNOWN, found.match(i));
                assertEquals(pole.map(Pole::row).orElse(-1), found.rows[i]);
                assertEquals(pole.map(Pole::lat).orElse(Double.NaN), found.lat[i]);
                assertEquals(pole.map(Pole::lon).orElse(Double.NaN), found.lon[i]);
                there += pole.isPresent() ? 1 : 0;
                if (pole.isPresent() && there % 50 == 0) {
                    Station chosen = index.stations(pole.get()).chosen().orElseThrow().station();
                    assertEquals(chosen, index.station(found.stations[i]));
                }
            }
            assertTrue(there > 500);
        }
    }

    @Test
    void textsAndStringsGiveWhatNumbersGive() {
        int[] numbers = randomNumbers();
        String[] strings = new String[SIZE];
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < SIZE; i++) {
            strings[i] = Reply.digits(numbers[i], 7);
            all.append(strings[i]);
        }
        byte[] texts = all.toString().getBytes(StandardCharsets.US_ASCII);
        try (PoleIndex index = PoleIndex.open(Sample.path())) {
            Columns byNumber = index.lookupAll(numbers, 7);
            assertSame(byNumber, index.batch().lookupAll(numbers, 7, byNumber));
            assertSameColumns(byNumber, index.lookupAll(texts, 7));
            assertSameColumns(byNumber, index.lookupAll(strings));
        }
    }

    private static void assertSameColumns(Columns wanted, Columns got) {
        assertEquals(wanted.size(), got.size());
        for (int i = 0; i < wanted.size(); i++) {
            assertEquals(wanted.rows[i], got.rows[i]);
            assertEquals(wanted.match[i], got.match[i]);
            assertEquals(wanted.lat[i], got.lat[i]);
            assertEquals(wanted.confidence[i], got.confidence[i]);
            assertEquals(wanted.confidencePlace[i], got.confidencePlace[i]);
            assertEquals(wanted.farShare[i], got.farShare[i]);
        }
    }

    /** Doubt is the default: what a resolution calls ambiguous is no exact match in a batch. */
    @Test
    void judgesAsAResolutionDoes() {
        try (PoleIndex index = PoleIndex.open(Sample.path())) {
            String[] codes =
                    index.nearest(45.75, 126.65, 300).stream()
                            .map(hit -> hit.pole().code())
                            .toArray(String[]::new);
            Columns judged = index.lookupAll(codes);
            int decided = 0;
            for (int i = 0; i < codes.length; i++) {
                if (judged.match(i) != Match.NONE) {
                    Resolution answer = index.resolve(codes[i]);
                    assertEquals(answer.match(), judged.match(i), codes[i]);
                    assertEquals(
                            answer.confidence().orElseThrow(), judged.confidence[i], 1e-4);
                    decided++;
                }
            }
            assertTrue(decided > 100);
        }
    }

    /** Who asks for a judgement and reads only the place must not be sent to a doubtful one. */
    @Test
    void whatIsNotExactHasNoPlaceUnlessAskedFor() {
        try (PoleIndex index = PoleIndex.open(Sample.path())) {
            int[] numbers = new int[index.info().poles() / 10];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = Integer.parseInt(index.pole(i * 10).code());
            }
            // Heard so badly that half of them are in doubt.
            Columns guessed = index.batch().clean(0.7).bestGuess().lookupAll(numbers, 7);
            Columns sure = index.batch().clean(0.7).lookupAll(numbers, 7);
            String[] strings = new String[numbers.length + 1];
            for (int i = 0; i < numbers.length; i++) {
                strings[i] = Reply.digits(numbers[i], 7);
            }
            strings[numbers.length] = "12345"; // of another length
            Columns mixed = index.batch().clean(0.7).lookupAll(strings);
            int doubtful = 0;
            for (int i = 0; i < numbers.length; i++) {
                boolean isExact = guessed.match(i) == Match.EXACT;
                assertEquals(guessed.match(i), sure.match(i));
                assertEquals(guessed.confidence[i], sure.confidence[i]);
                assertTrue(guessed.rows[i] >= 0 && guessed.lat[i] > 0 && guessed.stations[i] >= 0);
                assertEquals(isExact ? guessed.rows[i] : -1, sure.rows[i]);
                assertEquals(isExact ? guessed.lat[i] : Double.NaN, sure.lat[i]);
                assertEquals(isExact ? guessed.lon[i] : Double.NaN, sure.lon[i]);
                assertEquals(isExact ? guessed.stations[i] : -1, sure.stations[i]);
                assertEquals(sure.lat[i], mixed.lat[i]);
                doubtful += isExact ? 0 : 1;
            }
            assertTrue(doubtful > 0 && doubtful < numbers.length, "doubtful: " + doubtful);
        }
    }

    @Test
    void whatIsNoBareCodeIsNoCode() {
        try (PoleIndex index = PoleIndex.open(Sample.path())) {
            String code = index.nearest(45.75, 126.65, 1).get(0).pole().code();
            String wide = "１２３４５６７";
            // A letter whose low byte is that of the digit 1 is no digit.
            String trap = (char) 0x131 + code.substring(1);
            Columns found =
                    index.batch().unjudged().lookupAll(code, wide, trap, "12345", null, "", code);
            assertEquals(Match.EXACT, found.match(0));
            for (int i = 1; i < 6; i++) {
                assertEquals(-1, found.rows[i]);
                assertFalse(found.match(i) == Match.EXACT);
                assertTrue(Double.isNaN(found.lat[i]));
            }
            assertEquals(Match.NO_CODE, found.match(1));
            assertEquals(Match.NO_CODE, found.match(2));
            assertEquals(Match.NO_CODE, found.match(4));
            assertEquals(found.rows[0], found.rows[6]);
            assertEquals(0, index.lookupAll().size());
        }
    }

    @Test
    void refusesColumnsOfAnotherSize() {
        try (PoleIndex index = PoleIndex.open(Sample.path())) {
            Batch batch = index.batch();
            Columns small = Columns.found(1);
            assertThrows(
                    IllegalArgumentException.class,
                    () -> batch.lookupAll(new int[] {1, 2}, 7, small));
            assertThrows(
                    IllegalArgumentException.class, () -> batch.lookupAll(new byte[8], 7, small));
            assertThrows(PoleException.class, () -> batch.lookupAll(new int[1], 0, small));
            assertThrows(PoleException.class, () -> batch.scope("nowhere"));
        }
    }
}
