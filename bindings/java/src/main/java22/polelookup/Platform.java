// SPDX-License-Identifier: MIT
package polelookup;

/** From Java 22 on: the foreign function interface, unless the property says "jni". */
final class Platform {
    private Platform() {}

    /** After the library was loaded. */
    static NativeCalls calls() {
        String wanted = System.getProperty("polelookup.calls", "ffm");
        switch (wanted) {
            case "ffm":
                return new FfmCalls();
            case "jni":
                return new JniCalls();
            default:
                throw new IllegalStateException("polelookup.calls: ffm or jni, not " + wanted);
        }
    }
}
