// SPDX-License-Identifier: MIT
package polelookup;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The likeliest pole that is not near the first candidate. */
public final class FarRival extends Value {
    private final double confidence;
    private final double distanceM;
    private final List<Integer> digits;
    private final Pole pole;
    private final Optional<Station> station;

    FarRival(Reply reply) {
        confidence = reply.f64();
        distanceM = reply.f64();
        digits = places(reply.i32());
        pole = reply.pole();
        station = reply.optional(Station::new);
    }

    /** Its posterior. */
    public double confidence() {
        return confidence;
    }

    /** From the first candidate, metres. */
    public double distanceM() {
        return distanceM;
    }

    /** The digits, from 1, that tell the two codes apart. */
    public List<Integer> digits() {
        return digits;
    }

    /** The pole. */
    public Pole pole() {
        return pole;
    }

    /** The one to send there. */
    public Optional<Station> station() {
        return station;
    }

    private static List<Integer> places(int bits) {
        List<Integer> places = new ArrayList<>();
        for (int i = 1; i < 32; i++) {
            if ((bits >>> i & 1) != 0) {
                places.add(i);
            }
        }
        return Collections.unmodifiableList(places);
    }

    @Override
    Object[] components() {
        return new Object[] {
            "confidence", confidence,
            "distanceM", distanceM,
            "digits", digits,
            "pole", pole,
            "station", station
        };
    }
}
