// SPDX-License-Identifier: MIT
// The smallest program that needs the native library: java -cp polelookup.jar Poles.java INDEX.

import polelookup.PoleIndex;

public final class Poles {
    public static void main(String[] args) {
        try (PoleIndex index = PoleIndex.open(args[0])) {
            System.out.println(index.info().poles() + " poles");
        }
    }
}
