// SPDX-License-Identifier: MIT
package polelookup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * That typed answers say what the library's own JSON of the same answer says, for many poles and
 * kinds of evidence; and what is not in the vectors: words, channels, reference systems.
 */
class AnswersTest {
    private static final int POLES = 60;
    private static PoleIndex index;

    @BeforeAll
    static void open() {
        index = PoleIndex.open(Sample.path());
    }

    @AfterAll
    static void close() {
        index.close();
    }

    private static JsonObject json(String text) {
        return JsonParser.parseString(text).getAsJsonObject();
    }

    /** A pole's code with a digit wrong now and then, and something known of the place. */
    private static Resolution answer(Random random) {
        Pole pole = index.pole(random.nextInt(index.info().poles())).read();
        char[] code = pole.code().toCharArray();
        if (random.nextInt(3) > 0) {
            code[random.nextInt(7)] = (char) ('0' + random.nextInt(10));
        }
        Evidence.Builder known = Evidence.builder().language(Language.EN).limit(5);
        known.callerLanguage(Language.values()[random.nextInt(3)]);
        double lat = pole.lat() + (random.nextDouble() - 0.5) / 100;
        switch (random.nextInt(6)) {
            case 0:
                known.hint(lat, pole.lon(), 500, 0.68, random.nextBoolean() ? "gcj02" : "");
                break;
            case 1:
                known.street(pole.street().orElse("中山路"));
                break;
            case 2:
                known.box(lat - 0.01, pole.lon() - 0.01, lat + 0.01, pole.lon() + 0.01);
                break;
            case 3:
                known.digit(1 + random.nextInt(7), random.nextInt(10)).crs("gcj02");
                break;
            case 4:
                known.also(index.nearest(lat, pole.lon(), 1).get(0).pole().code());
                break;
            default:
                break;
        }
        return index.resolve(new String(code), known.build());
    }

    @Test
    void typedAnswersAreTheirJson() {
        Random random = new Random(seed());
        Set<String> matches = new TreeSet<>();
        for (int i = 0; i < POLES; i++) {
            Resolution answer = answer(random);
            JsonObject json = json(answer.toJson());
            assertEquals(json.get("status").getAsString(), answer.match().word());
            assertEquals(
                    words(json.getAsJsonArray("warnings"), "code"),
                    answer.warnings().stream().map(Warning::word).collect(Collectors.toSet()));
            assertEquals(json.get("confidence").getAsDouble(),
                    answer.confidence().orElseThrow(), 1e-4);
            assertEquals(json.getAsJsonArray("candidates").size(), answer.candidates().size());
            for (int k = 0; k < answer.candidates().size(); k++) {
                compare(json.getAsJsonArray("candidates").get(k).getAsJsonObject(),
                        answer.candidates().get(k));
            }
            assertEquals(json.get("far_rival").isJsonNull(), answer.farRival().isEmpty());
            assertEquals(json.get("estimate").isJsonNull(), answer.estimate().isEmpty());
            assertEquals(json.getAsJsonArray("evidence").size(), answer.evidence().size());
            assertEquals(json.getAsJsonArray("readings").size(), answer.readings().size());
            if (!json.get("question").isJsonNull()) {
                JsonObject question = json.getAsJsonObject("question");
                assertEquals(
                        question.get("kind").getAsString(), answer.question().kind().word());
                assertEquals(question.get("text").getAsString(), answer.question().text());
                assertEquals(question.get("say").getAsString(), answer.question().say());
                assertEquals(question.getAsJsonArray("options").size(),
                        answer.question().options().size());
            }
            assertTrue(answer.isSample());
            matches.add(answer.match().word());
        }
        assertTrue(matches.size() >= 3, matches.toString());
    }

    private static long seed() {
        String given = System.getenv("POLE_TEST_SEED");
        long seed = given == null ? 20081 : Long.parseLong(given);
        System.out.println("POLE_TEST_SEED=" + seed);
        return seed;
    }

    private static Set<String> words(Iterable<JsonElement> objects, String key) {
        Set<String> words = new TreeSet<>();
        objects.forEach(object -> words.add(object.getAsJsonObject().get(key).getAsString()));
        return words;
    }

    /** What the JSON of an answer that may be sent to has; nothing for any other. */
    private static void comparePlace(JsonObject json, Resolution answer) {
        JsonObject from = null;
        switch (json.get("status").getAsString()) {
            case "exact":
            case "corrected":
                from = json.getAsJsonArray("candidates").get(0).getAsJsonObject();
                break;
            case "interpolated":
                from = json.getAsJsonObject("estimate");
                break;
            default:
                break;
        }
        assertEquals(from == null, answer.place().isEmpty());
        assertEquals(from == null, answer.station().isEmpty());
        if (from != null) {
            assertEquals(from.get("lat").getAsDouble(), answer.place().get().lat(), 1e-7);
            assertEquals(from.get("lon").getAsDouble(), answer.place().get().lon(), 1e-7);
            String chosen = "";
            for (JsonElement station : from.getAsJsonArray("stations")) {
                if (station.getAsJsonObject().get("chosen").getAsBoolean()) {
                    chosen = station.getAsJsonObject().get("id").getAsString();
                }
            }
            assertEquals(chosen, answer.station().get().id());
        }
    }

    @Test
    void onlyWhatMayBeSentToHasAPlace() throws IOException {
        Random random = new Random(seed());
        Set<Match> seen = new TreeSet<>();
        for (int i = 0; i < POLES; i++) {
            Resolution answer = answer(random);
            comparePlace(json(answer.toJson()), answer);
            seen.add(answer.match());
        }
        try (PoleIndex counties = PoleIndex.open(VectorsTest.indexFile("counties"))) {
            Resolution between = counties.resolve("2334512");
            assertEquals(Match.INTERPOLATED, between.match());
            comparePlace(json(between.toJson()), between);
        }
        assertTrue(index.resolve("你好").place().isEmpty());
        assertTrue(seen.contains(Match.EXACT) && seen.contains(Match.AMBIGUOUS), seen.toString());
    }

    private static void compare(JsonObject json, Candidate candidate) {
        assertEquals(json.get("code").getAsString(), candidate.pole().code());
        assertEquals(json.get("lat").getAsDouble(), candidate.pole().lat(), 1e-7);
        assertEquals(json.get("matched").getAsString(), candidate.matched().word());
        assertEquals(json.get("x").isJsonNull(), candidate.x().isEmpty());
        assertEquals(json.getAsJsonArray("neighbours").size(), candidate.neighbours().size());
        assertEquals(
                words(json.getAsJsonArray("stations"), "role"),
                candidate.stations().stream()
                        .map(hit -> hit.role().word())
                        .collect(Collectors.toCollection(TreeSet::new)));
        assertEquals(
                words(json.getAsJsonArray("edits"), "kind"),
                candidate.edits().stream()
                        .map(edit -> edit.kind().word())
                        .collect(Collectors.toCollection(TreeSet::new)));
        assertEquals(json.get("area_edge").isJsonNull(), candidate.areaEdge().isEmpty());
        assertEquals(1, candidate.stations().stream().filter(StationHit::isChosen).count());
    }

    @Test
    void heardTextsAreTold() {
        Heard heard = index.hear("幺二三四五六七");
        assertEquals("1234567", heard.digits().orElseThrow());
        assertEquals(Reason.NONE, heard.reason());
        assertEquals("1234567", heard.readings().get(0).code());
        assertEquals(Reason.NO_DIGITS, index.hear("你好").reason());
        Resolution mixed =
                index.resolve(Map.of("2301612", 0.7, "2301672", 0.3), Evidence.none());
        assertEquals(2, mixed.readings().size());
    }

    @Test
    void aDescribedPoleIsTheHitsJson() {
        PoleHit hit = index.nearest(45.75, 126.65, 1).get(0);
        Description description = index.describe(hit);
        JsonObject json = json(description.toJson());
        assertEquals(hit.pole(), description.candidate().pole());
        assertEquals(hit.distanceM(), json.get("distance_m").getAsDouble(), 0.1);
        assertTrue(json(index.describe(hit.pole()).toJson()).get("distance_m").isJsonNull());
        assertTrue(description.isSample());
    }

    @Test
    void stationsOfAPlace() {
        StationsAnswer answer = index.stations(45.75, 126.65, "police", 3);
        assertTrue(answer.chosen().orElseThrow().station().isSample());
        assertEquals(json(answer.toJson()).getAsJsonArray("stations").size(),
                answer.stations().size());
        Station station = answer.chosen().orElseThrow().station();
        assertEquals(station, index.findStation(station.id()).orElseThrow());
        assertEquals(List.of(), index.stations(45.75, 126.65, "lighthouse", 3).stations());
    }

    @Test
    void manyPointsGiveWhatOneGives() {
        double[] lat = {45.75, 45.8, 0};
        double[] lon = {126.65, 126.6, 0};
        NearestColumns all = index.nearestAll(lat, lon, 4, 1000);
        assertEquals(0, all.counts[2]);
        for (int i = 0; i < 2; i++) {
            List<PoleHit> one = index.nearest(lat[i], lon[i], 4, 1000);
            assertEquals(one.size(), all.counts[i]);
            for (int k = 0; k < one.size(); k++) {
                assertEquals(one.get(k).pole().row(), all.rows[i * 4 + k]);
                assertEquals(one.get(k).distanceM(), all.distanceM[i * 4 + k]);
            }
        }
        assertThrows(PoleException.class, () -> index.nearestAll(lat, lon, 0, 1000));
    }

    /** Coordinates in the wrong order must not look like a place without poles. */
    @Test
    void aPointThatIsNoneFailsAll() {
        double[] lat = {45.75, 126.65};
        double[] lon = {126.65, 45.75};
        PoleException swapped =
                assertThrows(PoleException.class, () -> index.nearestAll(lat, lon, 4, 1000));
        assertEquals(Status.INVALID_ARGUMENT, swapped.status());
        lat[1] = Double.NaN;
        assertThrows(PoleException.class, () -> index.nearestAll(lat, lon, 4, 1000));
    }

    @Test
    void betweenTakesChannelCleanShareAndLanguage() {
        Channel heavy = Channel.named("heavy");
        Between usual = index.between("2301612", "2301712");
        Between doubted = index.between("2301612", "2301712", "", heavy, 0.4, Language.ZH);
        assertEquals("heavy", doubted.answer().channel().orElseThrow());
        assertEquals(0.4, doubted.answer().clean().orElseThrow(), 1e-9);
        assertNotEquals(usual.answer().clean(), doubted.answer().clean());
        Between english = index.between("2301612", "2301712", "", null, 0, Language.EN);
        assertEquals(usual.relation(), english.relation());
        assertNotEquals(usual.corrections(), english.corrections());
        assertEquals(Status.INVALID_ARGUMENT,
                assertThrows(PoleException.class,
                                () -> index.between("1", "2", "", null, 1.5, Language.ZH))
                        .status());
    }

    @Test
    void twoPolesOfAStreetAreAStretch() {
        Candidate pole = index.describe(index.nearest(45.75, 126.65, 1).get(0)).candidate();
        Neighbour next = pole.neighbours().get(0);
        Between between = index.between(pole.pole().code(), next.pole().code());
        assertEquals(Relation.STRETCH, between.relation());
        assertEquals(next.distanceM(), between.distanceM().orElseThrow(), 1e-6);
        assertEquals("stretch", json(between.toJson()).get("relation").getAsString());
        assertTrue(between.sameStreet().orElseThrow());
        assertTrue(between.isSample());
    }

    @Test
    void channelsAreNamedOrRead() {
        Channel everyday = Channel.named("everyday");
        assertEquals(0.9, everyday.clean(), 1e-9);
        Evidence heavy = Evidence.builder().channel(Channel.named("heavy")).build();
        Resolution doubted = index.resolve("2301612", heavy);
        assertEquals("heavy", doubted.channel().orElseThrow());
        assertNotEquals(index.resolve("2301612").confidence(), doubted.confidence());
        assertEquals(Status.NOT_FOUND,
                assertThrows(PoleException.class, () -> Channel.named("none")).status());
        PoleException bad =
                assertThrows(PoleException.class, () -> Channel.read("mine", "no table"));
        assertEquals(Status.BAD_INPUT, bad.status());
        assertTrue(bad.line().isPresent());
    }

    @Test
    void referenceSystemsConvertThereAndBack() {
        Crs gcj02 = Crs.named("GCJ02");
        assertEquals("gcj02", gcj02.name());
        assertTrue(gcj02.isGeographic());
        double[] x = {126.65, Double.NaN};
        double[] y = {45.75, 0};
        assertEquals(1, gcj02.fromWgs84(x, y));
        assertTrue(Math.abs(y[0] - 45.75) > 1e-3);
        assertEquals(1, gcj02.toWgs84(x, y));
        assertEquals(45.75, y[0], 1e-8);
        assertEquals(Status.UNSUPPORTED,
                assertThrows(PoleException.class, () -> Crs.named("EPSG:4530")).status());
    }

    @Test
    void polygonsAreReadAndRefused() {
        String square =
                "{\"type\":\"Feature\",\"properties\":null,\"geometry\":{\"type\":\"Polygon\","
                        + "\"coordinates\":[[[126.6,45.7],[126.7,45.7],[126.7,45.8],"
                        + "[126.6,45.8],[126.6,45.7]]]}}";
        List<Pole> inside = index.withinPolygon(PoleIndex.readPolygon(square));
        assertEquals(index.withinBox(45.7, 126.6, 45.8, 126.7), inside);
        assertFalse(inside.isEmpty());
        assertEquals(Status.BAD_INPUT,
                assertThrows(PoleException.class, () -> PoleIndex.readPolygon("{}")).status());
    }

    @Test
    void warningsAndErrorsHaveWords() {
        assertFalse(Warning.SAMPLE_DATA.text(Language.ZH).isEmpty());
        assertNotEquals(
                Warning.SAMPLE_DATA.text(Language.ZH), Warning.SAMPLE_DATA.text(Language.EN));
        PoleException error = assertThrows(PoleException.class, () -> index.find("x"));
        assertEquals("malformed_code",
                json(error.toJson()).getAsJsonObject("error").get("code").getAsString());
        assertEquals(index.info().poles(), json(index.info().toJson()).get("poles").getAsInt());
        assertFalse(index.info().libraryVersion().isEmpty());
        assertEquals(7, index.info().schemes().get(0).digits());
        assertEquals(3, index.info().sources().size());
        index.verify();
    }

    @Test
    void argumentsOutOfRangeAreRefused() {
        assertEquals(Status.INVALID_ARGUMENT,
                assertThrows(PoleException.class, () -> index.nearest(91, 0, 1)).status());
        assertThrows(PoleException.class, () -> index.nearest(0, 0, 0));
        assertThrows(PoleException.class, () -> index.withinRadius(0, 0, -1));
        Evidence noRadius = Evidence.builder().hint(45, 126, 0).build();
        assertThrows(PoleException.class, () -> index.resolve("2301612", noRadius));
        Evidence noScope = Evidence.builder().scope("nowhere").build();
        assertThrows(PoleException.class, () -> index.resolve("2301612", noScope));
        Evidence badDigit = Evidence.builder().digit(8, 12).build();
        assertThrows(PoleException.class, () -> index.resolve("2301612", badDigit));
        assertThrows(PoleException.class, () -> index.station(-1));
        assertThrows(PoleException.class, () -> index.pole(-1));
    }
}
