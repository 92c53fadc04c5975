// SPDX-License-Identifier: MIT
// What a call costs from Java: java -cp polelookup.jar Bench.java INDEX ROWS < numbers of loop.c.
// Prints nanoseconds a call or row, the best of several runs, and the ratio to C where C has the
// same. States facts; nothing passes or fails by time.

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import polelookup.Batch;
import polelookup.Columns;
import polelookup.Pole;
import polelookup.PoleIndex;

public final class Bench {
    private static final int RUNS = 15;
    private static final int FEW = 2000; // codes asked one by one, as loop.c does
    private static final int TIMES = 50;
    private static final Map<String, Double> C = new HashMap<>();
    private static double sink;

    private Bench() {}

    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            C.put(line.split(" ")[0], Double.parseDouble(line.split(" ")[1]));
        }
        int count = Integer.parseInt(args[1]);
        try (PoleIndex index = PoleIndex.open(args[0])) {
            System.out.printf(
                    "Java %s by %s, %d rows, ns%n", System.getProperty("java.version"),
                    PoleIndex.nativeCalls(), count);
            int poles = index.info().poles();
            int[] numbers = new int[count];
            String[] strings = new String[count];
            String[] codes = new String[count / 2];
            StringBuilder all = new StringBuilder();
            Random random = new Random(20081);
            for (int i = 0; i < count; i++) {
                Pole pole = index.pole(random.nextInt(poles));
                int any = random.nextInt(10_000_000);
                numbers[i] = i % 2 == 1 ? Integer.parseInt(pole.code()) : any;
                strings[i] = String.format("%07d", numbers[i]);
                all.append(strings[i]);
                if (i % 2 == 1) {
                    codes[i / 2] = strings[i];
                }
            }
            byte[] texts = all.toString().getBytes(StandardCharsets.US_ASCII);
            single(index, codes);
            batches(index, numbers, texts, strings);
        }
    }

    private static void single(PoleIndex index, String[] codes) {
        tell("find a code, its position", null, FEW * TIMES, () -> {
            for (int i = 0; i < FEW * TIMES; i++) {
                Pole pole = index.find(codes[i % FEW]).orElseThrow();
                sink += pole.lat() + pole.lon();
            }
        });
        tell("find a code, position and street", "single", FEW * TIMES, () -> {
            for (int i = 0; i < FEW * TIMES; i++) {
                Pole pole = index.find(codes[i % FEW]).orElseThrow();
                sink += pole.lat() + pole.lon() + pole.street().orElse("").length();
            }
        });
        tell("resolve a code, with its JSON", "resolve", FEW, () -> {
            for (int i = 0; i < FEW; i++) {
                sink += index.resolve(codes[i]).confidence().orElse(0);
            }
        });
    }

    private static void batches(PoleIndex index, int[] numbers, byte[] texts, String[] strings) {
        int count = numbers.length;
        Columns found = Columns.found(count);
        Columns judged = Columns.judged(count);
        Batch batch = index.batch();
        tell("int[]", "numbers", count, () -> batch.lookupAll(numbers, 7, found));
        tell("byte[]", "texts", count, () -> batch.lookupAll(texts, 7, found));
        tell("String[]", "numbers", count, () -> batch.lookupAll(strings, found));
        tell("int[], judged", "judged", count, () -> batch.lookupAll(numbers, 7, judged));
        tell(
                "int[], new arrays", "numbers", count,
                () -> sink += index.batch().unjudged().lookupAll(numbers, 7).size());
    }

    private static void tell(String what, String same, int count, Runnable work) {
        double best = Double.MAX_VALUE;
        for (int run = 0; run < RUNS; run++) {
            long start = System.nanoTime();
            work.run();
            best = Math.min(best, (double) (System.nanoTime() - start) / count);
        }
        Double c = same == null ? null : C.get(same);
        String ratio =
                c == null ? "" : String.format("  C %.1f, ratio %.2f", c, best / c);
        System.out.printf("%-34s %8.1f%s%n", what, best, ratio);
    }
}
