// SPDX-License-Identifier: MIT
package polelookup;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * An answer: what was heard, which poles it can mean, who should go, how sure that is, what to ask.
 * A copy of its own: it outlives the index.
 *
 * <p>Send only to {@link #place()} and {@link #station()}, which are empty unless {@link #match()}
 * allows it, and show the warnings: {@link #isSample()} and {@link Warning#SAMPLE_DATA} mark an
 * invented city.
 */
public final class Resolution extends Value {
    private final Match match;
    private final Reason reason;
    private final Set<Warning> warnings;
    private final int candidatesFound;
    private final Set<EvidenceKind> corroboratedBy;
    private final boolean isSample;
    private final OptionalDouble confidence;
    private final OptionalDouble confidencePlace;
    private final OptionalDouble noPole;
    private final OptionalDouble farShare;
    private final OptionalDouble clean;
    private final String query;
    private final Optional<String> heard;
    private final Optional<String> channel;
    private final Optional<String> channelId;
    private final String indexId;
    private final boolean isSeveral;
    private final List<Reading> readings;
    private final List<Candidate> candidates;
    private final Optional<FarRival> farRival;
    private final Optional<Estimate> estimate;
    private final Question question;
    private final List<EvidenceUsed> evidence;
    private final String json;

    Resolution(Reply reply) {
        match = Match.of(reply.i32());
        reason = Reason.of(reply.i32());
        warnings = Warning.setOf(reply.i32());
        candidatesFound = reply.i32();
        corroboratedBy = EvidenceKind.setOf(reply.i32());
        isSample = reply.flag();
        confidence = reply.optionalF64();
        confidencePlace = reply.optionalF64();
        noPole = reply.optionalF64();
        farShare = reply.optionalF64();
        clean = reply.optionalF64();
        query = reply.text();
        heard = reply.optionalText();
        channel = reply.optionalText();
        channelId = reply.optionalText();
        indexId = reply.text();
        isSeveral = reply.flag();
        readings = reply.list(Reading::new);
        candidates = reply.list(Candidate::new);
        farRival = reply.optional(FarRival::new);
        estimate = reply.optional(Estimate::new);
        question = new Question(reply);
        evidence = reply.list(EvidenceUsed::new);
        json = reply.text();
    }

    /** What the text turned out to be. */
    public Match match() {
        return match;
    }

    /** Why there is no code. */
    public Reason reason() {
        return reason;
    }

    /** What a person must hear of. */
    public Set<Warning> warnings() {
        return warnings;
    }

    /** Listed or not. */
    public int candidatesFound() {
        return candidatesFound;
    }

    /** What agrees with the first candidate. */
    public Set<EvidenceKind> corroboratedBy() {
        return corroboratedBy;
    }

    /** Of an invented city: no place is real. */
    public boolean isSample() {
        return isSample;
    }

    /** The posterior of the first candidate's code. */
    public OptionalDouble confidence() {
        return confidence;
    }

    /** The posterior that the caller's pole is near the first candidate. */
    public OptionalDouble confidencePlace() {
        return confidencePlace;
    }

    /** The posterior that no pole was meant. */
    public OptionalDouble noPole() {
        return noPole;
    }

    /** The posterior of all that is not near the first candidate. */
    public OptionalDouble farShare() {
        return farShare;
    }

    /** The share of codes heard clean that was assumed. */
    public OptionalDouble clean() {
        return clean;
    }

    /** As given, with long runs of digits masked. */
    public String query() {
        return query;
    }

    /** The digits; '?' for one that is not known. */
    public Optional<String> heard() {
        return heard;
    }

    /** The name of the channel that was assumed. */
    public Optional<String> channel() {
        return channel;
    }

    /** A hash of its table. */
    public Optional<String> channelId() {
        return channelId;
    }

    /** Of the index that answered. */
    public String indexId() {
        return indexId;
    }

    /** The text holds several codes, and nothing says which is meant. */
    public boolean isSeveral() {
        return isSeveral;
    }

    /** What may have been said, the likeliest first. */
    public List<Reading> readings() {
        return readings;
    }

    /** The likeliest first. */
    public List<Candidate> candidates() {
        return candidates;
    }

    /** The likeliest pole elsewhere. */
    public Optional<FarRival> farRival() {
        return farRival;
    }

    /** A place for a code that the table lacks. */
    public Optional<Estimate> estimate() {
        return estimate;
    }

    /** What to ask next. */
    public Question question() {
        return question;
    }

    /** As it was used. */
    public List<EvidenceUsed> evidence() {
        return evidence;
    }

    /** The likeliest candidate, also where it is only one of several: {@link #place()} tells. */
    public Optional<Candidate> first() {
        return candidates.stream().findFirst();
    }

    /**
     * Where to send: of the first candidate when the match is exact or corrected, of the estimate
     * (read its radius) when it is interpolated; empty when it is anything else: ask first.
     */
    public Optional<Point> place() {
        switch (match) {
            case EXACT:
            case CORRECTED:
                return first().map(Candidate::pole).map(pole -> new Point(pole.lat(), pole.lon()));
            case INTERPOLATED:
                return estimate.map(about -> new Point(about.lat(), about.lon()));
            default:
                return Optional.empty();
        }
    }

    /** Whom to send: the chosen station of {@link #place()}; empty where that is, or none is. */
    public Optional<Station> station() {
        switch (match) {
            case EXACT:
            case CORRECTED:
                return first().flatMap(Candidate::chosenStation).map(StationHit::station);
            case INTERPOLATED:
                return estimate.flatMap(Estimate::chosenStation).map(StationHit::station);
            default:
                return Optional.empty();
        }
    }

    /** The answer as the JSON that all of polelookup speaks. */
    public String toJson() {
        return json;
    }

    @Override
    Object[] components() {
        return new Object[] {
            "match", match,
            "reason", reason,
            "warnings", warnings,
            "candidatesFound", candidatesFound,
            "corroboratedBy", corroboratedBy,
            "isSample", isSample,
            "confidence", confidence,
            "confidencePlace", confidencePlace,
            "noPole", noPole,
            "farShare", farShare,
            "clean", clean,
            "query", query,
            "heard", heard,
            "channel", channel,
            "channelId", channelId,
            "indexId", indexId,
            "isSeveral", isSeveral,
            "readings", readings,
            "candidates", candidates,
            "farRival", farRival,
            "estimate", estimate,
            "question", question,
            "evidence", evidence,
            "json", json
        };
    }
}
