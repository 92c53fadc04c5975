// SPDX-License-Identifier: MIT
package polelookup;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a person must hear of. */
public enum Warning {
    /** An invented city: no answer is a real place. */
    SAMPLE_DATA(1),
    /** Nothing but the code speaks for it. */
    UNCORROBORATED(2),
    /** Several counties have this code. */
    SCOPE_NEEDED(4),
    /** The digits name another station than the area. */
    STATION_CONFLICT(8),
    /** Another station's area is near. */
    AREA_EDGE(16),
    /** No station's area holds the place. */
    NO_AREA(32),
    /** The pole was moved or removed. */
    RETIRED_POLE(64),
    /** A code of another length than heard. */
    OTHER_LENGTH(128),
    /** Some belief lies far away. */
    CONFUSABLE_FAR(256),
    /** The hint speaks against it. */
    HINT_CONFLICT(512),
    /** The hint lies outside the table's extent. */
    HINT_OUTSIDE(1024),
    /** The hint fits better in another datum. */
    HINT_DATUM_SUSPECT(2048),
    /** The street speaks against it. */
    STREET_CONFLICT(4096),
    /** No such street is known; it changed nothing. */
    STREET_UNMATCHED(8192),
    /** The second pole speaks against it. */
    ALSO_CONFLICT(16384),
    /** The text holds several codes. */
    SEVERAL_CODES(32768);

    final int number;

    Warning(int number) {
        this.number = number;
    }

    /** The set of bits added up; an unknown bit is a failure, not a warning lost. */
    static Set<Warning> setOf(int bits) {
        EnumSet<Warning> set = EnumSet.noneOf(Warning.class);
        int left = bits;
        for (Warning value : values()) {
            if ((bits & value.number) != 0) {
                set.add(value);
                left &= ~value.number;
            }
        }
        if (left != 0) {
            throw new IllegalStateException("Warning: no bits " + left);
        }
        return Collections.unmodifiableSet(set);
    }

    /** A sentence for a person: Chinese, else English. */
    public String text(Language language) {
        Request request = new Request().i32(number).i32(language.number);
        return Native.call(NativeCalls.WARNING_TEXT, 0, request).text();
    }

    /** The stable word, as it stands in JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return word();
    }
}
