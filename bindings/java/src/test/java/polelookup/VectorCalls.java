// SPDX-License-Identifier: MIT
package polelookup;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;

/** Makes the calls of the vectors; fails on one that it does not know. It knows all of them. */
final class VectorCalls {
    private VectorCalls() {}

    static JsonObject open(JsonObject in) throws IOException {
        byte[] bytes = Files.readAllBytes(VectorsTest.indexFile(in.get("of").getAsString()));
        if (has(in, "set")) {
            for (JsonElement set : in.getAsJsonArray("set")) {
                JsonArray pair = set.getAsJsonArray();
                bytes[pair.get(0).getAsInt()] = (byte) pair.get(1).getAsInt();
            }
        }
        if (has(in, "cut")) {
            bytes = Arrays.copyOf(bytes, in.get("cut").getAsInt());
        }
        if (has(in, "append")) {
            bytes = Arrays.copyOf(bytes, bytes.length + in.get("append").getAsInt());
        }
        PoleIndex.open(bytes).close();
        return new JsonObject();
    }

    static JsonObject answer(PoleIndex index, String call, JsonObject in) {
        switch (call) {
            case "info":
                return info(index);
            case "parse":
                return parse(index, in);
            case "find":
                return find(index, in);
            case "find_many":
                return findMany(index, in);
            case "alias":
                return alias(index, in);
            case "nearest":
                return object("hits", list(nearest(index, in), VectorCalls::hit));
            case "within":
                List<PoleHit> within =
                        index.withinRadius(at(in, "lat"), at(in, "lon"), at(in, "radius_m"));
                return object("hits", list(within, VectorCalls::hit));
            case "box":
                return codes(
                        index.withinBox(
                                at(in, "south"), at(in, "west"), at(in, "north"), at(in, "east")));
            case "polygon":
                return codes(index.withinPolygon(rings(in.get("rings"))));
            case "stations":
                return object("stations", list(stations(index, in), VectorCalls::stationHit));
            case "resolve":
                return VectorAnswers.resolution(resolve(index, in));
            case "between":
                return VectorAnswers.between(
                        index.between(
                                text(in, "first"), text(in, "second"), textOr(in, "scope", "")));
            default:
                throw new IllegalArgumentException("unknown call " + call);
        }
    }

    private static JsonObject info(PoleIndex index) {
        Info info = index.info();
        JsonObject out = new JsonObject();
        out.addProperty("id", info.id());
        out.add("name", text(info.name()));
        out.addProperty("poles", info.poles());
        out.addProperty("stations", info.stations());
        out.addProperty("areas", info.areas());
        out.add("scopes", list(index.scopes(), JsonPrimitive::new));
        out.addProperty("sample", info.isSample());
        out.addProperty("format_major", info.formatMajor());
        out.addProperty("format_minor", info.formatMinor());
        out.addProperty("file_bytes", info.fileBytes());
        JsonArray bounds = new JsonArray();
        bounds.add(info.southWest().lat());
        bounds.add(info.southWest().lon());
        bounds.add(info.northEast().lat());
        bounds.add(info.northEast().lon());
        out.add("bounds", bounds);
        return out;
    }

    private static JsonObject parse(PoleIndex index, JsonObject in) {
        String code = index.parse(text(in, "text"));
        JsonObject out = object("code", new JsonPrimitive(code));
        out.addProperty("digits", code.length());
        return out;
    }

    private static Pole pole(PoleIndex index, JsonObject in) {
        Optional<Pole> pole =
                has(in, "scope")
                        ? index.find(text(in, "code"), text(in, "scope"))
                        : index.find(text(in, "code"));
        return pole.orElseThrow(() -> PoleException.of(Status.NOT_FOUND, "no such pole"));
    }

    private static JsonObject find(PoleIndex index, JsonObject in) {
        Pole pole = pole(index, in);
        JsonObject out = new JsonObject();
        out.addProperty("code", pole.code());
        out.addProperty("scope", pole.scope());
        out.addProperty("lat", pole.lat());
        out.addProperty("lon", pole.lon());
        out.add("street", text(pole.street()));
        out.add("district", text(pole.district()));
        out.add("note", text(pole.note()));
        out.addProperty("state", pole.state().word());
        out.add("successor", text(pole.successor()));
        out.add("surveyed", text(pole.surveyed().map(Object::toString)));
        out.add("alias", text(pole.alias()));
        out.add("alias_owner", text(pole.aliasOwner()));
        out.add("station", text(index.stations(pole).chosen().map(hit -> hit.station().id())));
        return out;
    }

    private static JsonObject findMany(PoleIndex index, JsonObject in) {
        StringBuilder texts = new StringBuilder();
        int width = 0;
        for (JsonElement code : in.getAsJsonArray("codes")) {
            texts.append(code.getAsString());
            width = code.getAsString().length();
        }
        Batch batch = index.batch().bestGuess(); // the vectors have the place of every pole
        if (has(in, "scope")) {
            batch.scope(text(in, "scope"));
        }
        if (!has(in, "judged") || !in.get("judged").getAsBoolean()) {
            batch.unjudged();
        }
        byte[] bytes = texts.toString().getBytes(StandardCharsets.UTF_8);
        return columns(index, batch.lookupAll(bytes, width));
    }

    private static JsonObject columns(PoleIndex index, Columns columns) {
        JsonArray match = new JsonArray();
        JsonArray lat = new JsonArray();
        JsonArray lon = new JsonArray();
        JsonArray station = new JsonArray();
        JsonArray confidence = new JsonArray();
        for (int i = 0; i < columns.size(); i++) {
            match.add(columns.match(i).word());
            lat.add(number(columns.lat[i]));
            lon.add(number(columns.lon[i]));
            int at = columns.stations[i];
            station.add(at < 0 ? JsonNull.INSTANCE : new JsonPrimitive(index.station(at).id()));
            if (columns.confidence != null) {
                confidence.add(number(columns.confidence[i]));
            }
        }
        JsonObject out = object("match", match);
        out.add("lat", lat);
        out.add("lon", lon);
        out.add("station", station);
        if (columns.confidence != null) {
            out.add("confidence", confidence);
        }
        return out;
    }

    private static JsonObject alias(PoleIndex index, JsonObject in) {
        List<Pole> poles = index.findAlias(text(in, "alias"));
        if (poles.isEmpty()) {
            throw PoleException.of(Status.NOT_FOUND, "no such alias");
        }
        return codes(poles);
    }

    private static List<PoleHit> nearest(PoleIndex index, JsonObject in) {
        double max = has(in, "max_m") ? at(in, "max_m") : Double.POSITIVE_INFINITY;
        return index.nearest(at(in, "lat"), at(in, "lon"), in.get("k").getAsInt(), max);
    }

    private static List<StationHit> stations(PoleIndex index, JsonObject in) {
        if (has(in, "code")) {
            return index.stations(pole(index, in)).stations();
        }
        int nearest = has(in, "nearest") ? in.get("nearest").getAsInt() : 1;
        return index.stations(at(in, "lat"), at(in, "lon"), textOr(in, "kind", ""), nearest)
                .stations();
    }

    private static Resolution resolve(PoleIndex index, JsonObject in) {
        Evidence evidence = evidence(in);
        if (has(in, "text")) {
            return index.resolve(text(in, "text"), evidence);
        }
        Map<String, Double> texts = new LinkedHashMap<>();
        for (JsonElement element : in.getAsJsonArray("texts")) {
            JsonObject text = element.getAsJsonObject();
            texts.merge(text(text, "text"), at(text, "weight"), Double::sum);
        }
        return index.resolve(texts, evidence);
    }

    private static Evidence evidence(JsonObject in) {
        Evidence.Builder known = Evidence.builder();
        if (has(in, "hint")) {
            JsonObject hint = in.getAsJsonObject("hint");
            known.hint(
                    at(hint, "lat"), at(hint, "lon"), at(hint, "radius_m"),
                    has(hint, "level") ? at(hint, "level") : 0, textOr(hint, "crs", ""));
        }
        known.street(textOr(in, "street", "")).district(textOr(in, "district", ""));
        known.scope(textOr(in, "scope", ""));
        known.also(textOr(in, "also", "")).then(textOr(in, "then", ""));
        if (has(in, "digits")) {
            for (Map.Entry<String, JsonElement> digit : in.getAsJsonObject("digits").entrySet()) {
                known.digit(Integer.parseInt(digit.getKey()), digit.getValue().getAsInt());
            }
        }
        if (has(in, "box")) {
            JsonArray box = in.getAsJsonArray("box");
            known.box(
                    box.get(0).getAsDouble(), box.get(1).getAsDouble(), box.get(2).getAsDouble(),
                    box.get(3).getAsDouble());
        }
        if (has(in, "polygon")) {
            known.polygon(rings(in.get("polygon")));
        }
        if (has(in, "clean")) {
            known.clean(at(in, "clean"));
        }
        if (has(in, "near_m")) {
            known.nearM(at(in, "near_m"));
        }
        if (has(in, "limit")) {
            known.limit(in.get("limit").getAsInt());
        }
        if (has(in, "language")) {
            known.callerLanguage(Language.valueOf(text(in, "language").toUpperCase()));
        }
        if (has(in, "channel")) {
            known.channel(Channel.named(text(in, "channel")));
        }
        return known.build();
    }

    static double[][][] rings(JsonElement json) {
        JsonArray outer = json.getAsJsonArray();
        double[][][] rings = new double[outer.size()][][];
        for (int i = 0; i < rings.length; i++) {
            JsonArray ring = outer.get(i).getAsJsonArray();
            rings[i] = new double[ring.size()][];
            for (int k = 0; k < rings[i].length; k++) {
                JsonArray point = ring.get(k).getAsJsonArray();
                rings[i][k] =
                        new double[] {point.get(0).getAsDouble(), point.get(1).getAsDouble()};
            }
        }
        return rings;
    }

    private static JsonElement hit(PoleHit hit) {
        JsonObject out = new JsonObject();
        out.addProperty("code", hit.pole().code());
        out.addProperty("scope", hit.pole().scope());
        out.addProperty("distance_m", hit.distanceM());
        out.addProperty("bearing_deg", hit.bearingDeg());
        return out;
    }

    private static JsonElement stationHit(StationHit hit) {
        JsonObject out = new JsonObject();
        out.addProperty("id", hit.station().id());
        out.addProperty("role", hit.role().word());
        out.addProperty("chosen", hit.isChosen());
        out.addProperty("distance_m", hit.distanceM());
        return out;
    }

    private static JsonObject codes(List<Pole> poles) {
        return object("codes", list(poles, pole -> new JsonPrimitive(pole.code())));
    }

    static <T> JsonArray list(Collection<T> values, Function<T, JsonElement> each) {
        JsonArray array = new JsonArray();
        values.forEach(value -> array.add(each.apply(value)));
        return array;
    }

    static JsonObject object(String key, JsonElement value) {
        JsonObject object = new JsonObject();
        object.add(key, value);
        return object;
    }

    static JsonElement text(Optional<String> text) {
        return text.<JsonElement>map(JsonPrimitive::new).orElse(JsonNull.INSTANCE);
    }

    static JsonElement number(double value) {
        return Double.isNaN(value) ? JsonNull.INSTANCE : new JsonPrimitive(value);
    }

    static JsonElement number(OptionalDouble value) {
        return number(value.orElse(Double.NaN));
    }

    static JsonElement number(OptionalInt value) {
        return value.isPresent() ? new JsonPrimitive(value.getAsInt()) : JsonNull.INSTANCE;
    }

    private static boolean has(JsonObject in, String key) {
        return in.has(key) && !in.get(key).isJsonNull();
    }

    private static double at(JsonObject in, String key) {
        return in.get(key).getAsDouble();
    }

    private static String text(JsonObject in, String key) {
        return in.get(key).getAsString();
    }

    private static String textOr(JsonObject in, String key, String otherwise) {
        return has(in, key) ? text(in, key) : otherwise;
    }
}
