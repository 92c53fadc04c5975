// SPDX-License-Identifier: MIT
package polelookup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The answers that every language must give (tests/vectors), one test a case. */
class VectorsTest {
    private static final Set<String> DEGREES = Set.of("lat", "lon", "middle", "bounds");
    private static final Set<String> PROBABILITIES =
            Set.of("confidence", "confidence_place", "no_pole");
    private static final Map<String, PoleIndex> INDEXES = new HashMap<>();

    private static Path folder() {
        return Sample.tests().resolve("vectors");
    }

    private static List<Path> files() throws IOException {
        if (!Files.isDirectory(folder())) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder())) {
            return all.filter(p -> p.toString().endsWith(".jsonl"))
                    .sorted()
                    .collect(Collectors.toList());
        }
    }

    static Path indexFile(String name) {
        switch (name) {
            case "sample":
                return Sample.path();
            case "golden":
                return Sample.tests().resolve("golden/format-1.0.plx");
            default:
                return folder().resolve(name + ".plx");
        }
    }

    private static PoleIndex index(String name) {
        return INDEXES.computeIfAbsent(name, n -> PoleIndex.open(indexFile(n)));
    }

    @AfterAll
    static void close() {
        INDEXES.values().forEach(PoleIndex::close);
        INDEXES.clear();
    }

    @Test
    void vectorsAreThere() throws IOException {
        assertFalse(files().isEmpty(), "no vectors in " + folder());
    }

    /** A runner that cannot fail would show nothing. */
    @Test
    void comparingSeesWhatDiffers() {
        same(
                "{\"lat\":1,\"b\":[{\"c\":null}]}",
                "{\"lat\":1.0000000001,\"b\":[{\"c\":null}],\"d\":2}");
        same("{\"bearing_deg\":0}", "{\"bearing_deg\":359.99999}");
        differ("{\"lat\":1}", "{\"lat\":1.00000001}");
        differ("{\"lat\":null}", "{\"lat\":1}");
        differ("{\"lat\":1}", "{\"lat\":null}");
        differ("{\"lat\":1}", "{}");
        differ("{\"a\":[1,2]}", "{\"a\":[1]}");
        differ("{\"a\":\"x\"}", "{\"a\":\"y\"}");
        differ("{}", "{\"error\":\"damaged\"}");
        differ("{\"error\":\"several\"}", "{\"error\":\"damaged\"}");
    }

    private static void same(String wanted, String got) {
        compare(
                JsonParser.parseString(wanted).getAsJsonObject(),
                JsonParser.parseString(got).getAsJsonObject());
    }

    private static void differ(String wanted, String got) {
        assertThrows(AssertionError.class, () -> same(wanted, got), wanted + " and " + got);
    }

    @TestFactory
    Stream<DynamicTest> answersAsEveryLanguageDoes() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path file : files()) {
            for (String line : Files.readAllLines(file)) {
                if (!line.isBlank()) {
                    JsonObject vector = JsonParser.parseString(line).getAsJsonObject();
                    String id = vector.get("id").getAsString();
                    tests.add(DynamicTest.dynamicTest(id, () -> run(vector)));
                }
            }
        }
        return tests.stream();
    }

    private static void run(JsonObject vector) throws IOException {
        JsonObject expected = vector.getAsJsonObject("out");
        JsonObject in = vector.getAsJsonObject("in");
        String call = vector.get("call").getAsString();
        JsonObject actual;
        try {
            actual =
                    call.equals("open")
                            ? VectorCalls.open(in)
                            : VectorCalls.answer(
                                    index(vector.get("index").getAsString()), call, in);
        } catch (PoleException e) {
            actual = new JsonObject();
            actual.addProperty("error", e.status().word());
        }
        compare(expected, actual);
    }

    private static void compare(JsonObject expected, JsonObject actual) {
        compare("out", "", expected, actual);
        if (expected.has("error") != actual.has("error")) {
            fail("expected " + expected + ", got " + actual);
        }
    }

    private static void compare(String where, String key, JsonElement wanted, JsonElement got) {
        if (wanted.isJsonObject()) {
            assertTrue(got != null && got.isJsonObject(), () -> where + ": " + got);
            for (Map.Entry<String, JsonElement> e : wanted.getAsJsonObject().entrySet()) {
                JsonElement part = got.getAsJsonObject().get(e.getKey());
                String at = where + "." + e.getKey();
                assertTrue(part != null, () -> at + " is missing in " + got);
                compare(at, e.getKey(), e.getValue(), part);
            }
        } else if (wanted.isJsonArray()) {
            assertTrue(got.isJsonArray(), () -> where + ": " + got);
            JsonArray wants = wanted.getAsJsonArray();
            assertEquals(wants.size(), got.getAsJsonArray().size(), () -> where + ": " + got);
            for (int i = 0; i < wants.size(); i++) {
                compare(where + "[" + i + "]", key, wants.get(i), got.getAsJsonArray().get(i));
            }
        } else if (isNumber(wanted) && isNumber(got)) {
            double want = wanted.getAsDouble();
            double has = got.getAsDouble();
            double apart = Math.abs(want - has);
            if (key.equals("bearing_deg")) {
                apart = Math.min(apart, 360 - apart);
            }
            assertTrue(apart <= tolerance(key), () -> where + ": " + want + ", got " + has);
        } else {
            assertEquals(wanted, got, where);
        }
    }

    private static boolean isNumber(JsonElement element) {
        return element.isJsonPrimitive() && element.getAsJsonPrimitive().isNumber();
    }

    private static double tolerance(String key) {
        if (DEGREES.contains(key) || PROBABILITIES.contains(key)) {
            return 1e-9;
        }
        if (key.equals("bearing_deg")) {
            return 1e-4; // the library reckons them in single precision
        }
        return key.equals("distance_m") ? 1e-6 : 0;
    }
}
