// SPDX-License-Identifier: MIT
package polelookup;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What is known beside the heard code. */
public enum EvidenceKind {
    /** A place and a radius. */
    HINT(1),
    /** A street. */
    STREET(2),
    /** A district. */
    DISTRICT(4),
    /** A county. */
    SCOPE(8),
    /** A second pole in sight. */
    ALSO(16),
    /** A later pole. */
    THEN(32),
    /** A digit that the caller answered. */
    DIGIT(64),
    /** A box: nothing outside is meant. */
    BOX(128),
    /** A polygon: nothing outside is meant. */
    POLYGON(256);

    final int number;

    EvidenceKind(int number) {
        this.number = number;
    }

    /** The set of bits added up; an unknown bit is a failure, not a warning lost. */
    static Set<EvidenceKind> setOf(int bits) {
        EnumSet<EvidenceKind> set = EnumSet.noneOf(EvidenceKind.class);
        int left = bits;
        for (EvidenceKind value : values()) {
            if ((bits & value.number) != 0) {
                set.add(value);
                left &= ~value.number;
            }
        }
        if (left != 0) {
            throw new IllegalStateException("EvidenceKind: no bits " + left);
        }
        return Collections.unmodifiableSet(set);
    }
    static EvidenceKind of(int number) {
        for (EvidenceKind value : values()) {
            if (value.number == number) {
                return value;
            }
        }
        throw new IllegalStateException("EvidenceKind: no number " + number);
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
