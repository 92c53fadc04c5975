// SPDX-License-Identifier: MIT
package polelookup;

import java.nio.file.Path;

/** Where the tests find their files. */
final class Sample {
    private Sample() {}

    static Path path() {
        return Path.of(System.getProperty("polelookup.sample"));
    }

    /** The project's folder tests. */
    static Path tests() {
        return Path.of(System.getProperty("polelookup.tests"));
    }

    /** This binding's folder. */
    static Path source() {
        return Path.of(System.getProperty("polelookup.source"));
    }
}
