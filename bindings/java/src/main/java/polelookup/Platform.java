// SPDX-License-Identifier: MIT
package polelookup;

/** The way to the native part on this version of Java: from 22 on, another class stands here. */
final class Platform {
    private Platform() {}

    /** After the library was loaded. */
    static NativeCalls calls() {
        return new JniCalls();
    }
}
