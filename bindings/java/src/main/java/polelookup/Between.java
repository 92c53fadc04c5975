// SPDX-License-Identifier: MIT
package polelookup;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * How two poles lie to each other.
 *
 * <p>{@link #isSample()}: poles of an invented city.
 */
public final class Between extends Value {
    private final Relation relation;
    private final OptionalInt firstCandidate;
    private final OptionalInt secondCandidate;
    private final Optional<Boolean> sameStreet;
    private final Optional<Boolean> sameSide;
    private final OptionalInt polesBetween;
    private final Set<Warning> warnings;
    private final OptionalDouble distanceM;
    private final OptionalDouble bearingDeg;
    private final OptionalDouble sideDeg;
    private final Optional<Point> middle;
    private final OptionalDouble radiusM;
    private final List<Correction> corrections;
    private final Resolution answer;
    private final String json;

    Between(Reply reply) {
        relation = Relation.of(reply.i32());
        firstCandidate = reply.optionalI32();
        secondCandidate = reply.optionalI32();
        sameStreet = known(reply.i32());
        sameSide = known(reply.i32());
        polesBetween = reply.optionalI32();
        warnings = Warning.setOf(reply.i32());
        distanceM = reply.optionalF64();
        bearingDeg = reply.optionalF64();
        sideDeg = reply.optionalF64();
        middle = middle(new Point(reply));
        radiusM = reply.optionalF64();
        corrections = reply.list(Correction::new);
        answer = new Resolution(reply);
        json = reply.text();
    }

    public Relation relation() {
        return relation;
    }

    /** Which candidate the first is. */
    public OptionalInt firstCandidate() {
        return firstCandidate;
    }

    /** Which candidate the second is. */
    public OptionalInt secondCandidate() {
        return secondCandidate;
    }

    public Optional<Boolean> sameStreet() {
        return sameStreet;
    }

    /** By odd and even numbers. */
    public Optional<Boolean> sameSide() {
        return sameSide;
    }

    /** Standing, of the same street. */
    public OptionalInt polesBetween() {
        return polesBetween;
    }

    public Set<Warning> warnings() {
        return warnings;
    }

    /** From the first to the second, metres. */
    public OptionalDouble distanceM() {
        return distanceM;
    }

    /** At the first, towards the second. */
    public OptionalDouble bearingDeg() {
        return bearingDeg;
    }

    /** The side of the street that both are on, as a bearing across it. */
    public OptionalDouble sideDeg() {
        return sideDeg;
    }

    /** Of a stretch or corner. */
    public Optional<Point> middle() {
        return middle;
    }

    /** About the middle. */
    public OptionalDouble radiusM() {
        return radiusM;
    }

    /** The likeliest first. */
    public List<Correction> corrections() {
        return corrections;
    }

    /** The poles told in full, and behind them the corrections. */
    public Resolution answer() {
        return answer;
    }

    public boolean isSample() {
        return answer.isSample();
    }

    /** The answer as the JSON that all of polelookup speaks. */
    public String toJson() {
        return json;
    }

    private static Optional<Boolean> known(int flag) {
        return flag < 0 ? Optional.empty() : Optional.of(flag != 0);
    }

    private static Optional<Point> middle(Point at) {
        return Double.isNaN(at.lat()) ? Optional.empty() : Optional.of(at);
    }

    @Override
    Object[] components() {
        return new Object[] {
            "relation", relation,
            "firstCandidate", firstCandidate,
            "secondCandidate", secondCandidate,
            "sameStreet", sameStreet,
            "sameSide", sameSide,
            "polesBetween", polesBetween,
            "warnings", warnings,
            "distanceM", distanceM,
            "bearingDeg", bearingDeg,
            "sideDeg", sideDeg,
            "middle", middle,
            "radiusM", radiusM,
            "corrections", corrections,
            "answer", answer,
            "json", json
        };
    }
}
