// SPDX-License-Identifier: MIT
package polelookup;

import java.util.Optional;
import java.util.OptionalDouble;

/** A piece of evidence as it was used. */
public final class EvidenceUsed extends Value {
    private final EvidenceKind kind;
    private final OptionalDouble lat;
    private final OptionalDouble lon;
    private final OptionalDouble sigmaM;
    private final Optional<String> given;
    private final Optional<String> crs;
    private final int agrees;
    private final OptionalDouble outsideShare;
    private final Optional<Pole> outside;

    EvidenceUsed(Reply reply) {
        kind = EvidenceKind.of(reply.i32());
        lat = reply.optionalF64();
        lon = reply.optionalF64();
        sigmaM = reply.optionalF64();
        given = reply.optionalText();
        crs = reply.optionalText();
        agrees = reply.i32();
        outsideShare = reply.optionalF64();
        outside = reply.optional(Reply::pole);
    }

    public EvidenceKind kind() {
        return kind;
    }

    /** Of a hint: WGS 84, degrees. */
    public OptionalDouble lat() {
        return lat;
    }

    /** Of a hint: WGS 84, degrees. */
    public OptionalDouble lon() {
        return lon;
    }

    /** Of a hint: on each axis, metres. */
    public OptionalDouble sigmaM() {
        return sigmaM;
    }

    /** As it was given. */
    public Optional<String> given() {
        return given;
    }

    /** That it was given in. */
    public Optional<String> crs() {
        return crs;
    }

    /** With the first candidate: 1 speaks for it, 0 neither, -1 against. */
    public int agrees() {
        return agrees;
    }

    /** What would be believed of the pole outside if it were not forbidden. */
    public OptionalDouble outsideShare() {
        return outsideShare;
    }

    /** The likeliest pole that a box or polygon forbids. */
    public Optional<Pole> outside() {
        return outside;
    }

    @Override
    Object[] components() {
        return new Object[] {
            "kind", kind,
            "lat", lat,
            "lon", lon,
            "sigmaM", sigmaM,
            "given", given,
            "crs", crs,
            "agrees", agrees,
            "outsideShare", outsideShare,
            "outside", outside
        };
    }
}
