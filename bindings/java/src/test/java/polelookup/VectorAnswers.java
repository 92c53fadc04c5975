// SPDX-License-Identifier: MIT
package polelookup;

import static polelookup.VectorCalls.list;
import static polelookup.VectorCalls.number;
import static polelookup.VectorCalls.text;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Set;
import java.util.stream.Collectors;

/** Typed answers in the words of the vectors: read by the accessors, not from their JSON. */
final class VectorAnswers {
    private VectorAnswers() {}

    static JsonObject resolution(Resolution answer) {
        JsonObject out = new JsonObject();
        out.addProperty("status", answer.match().word());
        out.add("heard", text(answer.heard()));
        out.add(
                "reason",
                answer.reason() == Reason.NONE
                        ? JsonNull.INSTANCE
                        : new JsonPrimitive(answer.reason().word()));
        out.add("confidence", number(answer.confidence()));
        out.add("confidence_place", number(answer.confidencePlace()));
        out.add("no_pole", number(answer.noPole()));
        out.add("warnings", sorted(answer.warnings()));
        out.add("corroborated_by", sorted(answer.corroboratedBy()));
        out.add("candidates", list(answer.candidates(), VectorAnswers::candidate));
        out.add(
                "far_rival",
                answer.farRival().map(VectorAnswers::farRival).orElse(JsonNull.INSTANCE));
        out.add(
                "estimate",
                answer.estimate().map(VectorAnswers::estimate).orElse(JsonNull.INSTANCE));
        out.add("question", question(answer.question()));
        return out;
    }

    private static JsonArray sorted(Set<?> words) {
        return list(
                words.stream().map(Object::toString).sorted().collect(Collectors.toList()),
                JsonPrimitive::new);
    }

    private static JsonElement candidate(Candidate candidate) {
        JsonObject out = new JsonObject();
        out.addProperty("code", candidate.pole().code());
        out.addProperty("scope", candidate.pole().scope());
        out.addProperty("matched", candidate.matched().word());
        out.add("confidence", number(candidate.confidence()));
        out.addProperty("lat", candidate.pole().lat());
        out.addProperty("lon", candidate.pole().lon());
        out.add("station", text(candidate.chosenStation().map(hit -> hit.station().id())));
        out.add("edits", list(candidate.edits(), VectorAnswers::edit));
        return out;
    }

    private static JsonElement edit(Edit edit) {
        JsonObject out = new JsonObject();
        out.addProperty("kind", edit.kind().word());
        out.add("position", number(edit.position()));
        out.add("heard_position", number(edit.heardPosition()));
        out.add("heard", text(edit.heard()));
        out.add("meant", text(edit.meant()));
        return out;
    }

    private static JsonElement farRival(FarRival rival) {
        JsonObject out = new JsonObject();
        out.addProperty("code", rival.pole().code());
        out.addProperty("scope", rival.pole().scope());
        out.addProperty("distance_m", rival.distanceM());
        out.addProperty("confidence", rival.confidence());
        return out;
    }

    private static JsonElement estimate(Estimate estimate) {
        JsonObject out = new JsonObject();
        out.addProperty("code", estimate.key().code());
        out.addProperty("lat", estimate.lat());
        out.addProperty("lon", estimate.lon());
        out.addProperty("confidence", estimate.confidence());
        return out;
    }

    private static JsonElement question(Question question) {
        if (question.kind() == QuestionKind.NOTHING) {
            return JsonNull.INSTANCE;
        }
        JsonObject out = new JsonObject();
        out.addProperty("kind", question.kind().word());
        out.add("digit", number(question.digit()));
        return out;
    }

    static JsonObject between(Between answer) {
        JsonObject out = new JsonObject();
        out.addProperty("relation", answer.relation().word());
        out.add("distance_m", number(answer.distanceM()));
        out.add("bearing_deg", number(answer.bearingDeg()));
        out.add("same_street", flag(answer.sameStreet().orElse(null)));
        out.add("same_side", flag(answer.sameSide().orElse(null)));
        out.add("poles_between", number(answer.polesBetween()));
        out.add("middle", answer.middle().map(VectorAnswers::point).orElse(JsonNull.INSTANCE));
        return out;
    }

    private static JsonElement flag(Boolean flag) {
        return flag == null ? JsonNull.INSTANCE : new JsonPrimitive(flag);
    }

    private static JsonElement point(Point point) {
        JsonArray pair = new JsonArray();
        pair.add(point.lat());
        pair.add(point.lon());
        return pair;
    }
}
