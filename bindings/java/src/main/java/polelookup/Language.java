// SPDX-License-Identifier: MIT
package polelookup;

import java.util.Locale;

/** Languages of what people read, hear and say. */
public enum Language {
    /** Chinese. */
    ZH(0),
    /** English. */
    EN(1),
    /** Russian: of callers alone. */
    RU(2);

    final int number;

    Language(int number) {
        this.number = number;
    }

    static Language of(int number) {
        for (Language value : values()) {
            if (value.number == number) {
                return value;
            }
        }
        throw new IllegalStateException("Language: no number " + number);
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
