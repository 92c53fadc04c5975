// SPDX-License-Identifier: MIT
package polelookup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** That the tests run the way to the native part that they say they run. */
class WayTest {
    @Test
    void isTheOneExpected() {
        String expected = System.getProperty("polelookup.expect", "jni");
        assertEquals(expected, PoleIndex.nativeCalls());
    }
}
