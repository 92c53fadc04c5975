// SPDX-License-Identifier: MIT
package polelookup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Finds and loads the native part: a file that the property polelookup.library names; else
 * libpolelookup_java.so in a folder of java.library.path; else the one in the jar, unpacked to the
 * user's cache ({@link Unpacked}). The first that is named or there is taken, never the next.
 */
final class NativeLibrary {
    private static final String NAME = "polelookup_java";

    private NativeLibrary() {}

    static void load() {
        System.load(find().toString());
    }

    private static Path find() {
        String named = System.getProperty("polelookup.library");
        if (named != null) {
            return Path.of(named).toAbsolutePath();
        }
        String file = System.mapLibraryName(NAME);
        for (String folder : System.getProperty("java.library.path", "").split(":")) {
            if (!folder.isEmpty() && Files.isRegularFile(Path.of(folder, file))) {
                return Path.of(folder, file).toAbsolutePath();
            }
        }
        String resource = "/polelookup/native/" + platform() + "/" + file;
        try (InputStream packed = NativeLibrary.class.getResourceAsStream(resource)) {
            if (packed == null) {
                throw new UnsatisfiedLinkError(
                        "no " + resource + " in the jar: name one by the property"
                                + " polelookup.library");
            }
            return Unpacked.inCache(packed.readAllBytes(), file);
        } catch (IOException e) {
            throw (Error)
                    new UnsatisfiedLinkError("the native library cannot be unpacked: " + e)
                            .initCause(e);
        }
    }

    /** "linux-x86_64". */
    static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return system.split(" ")[0] + "-" + (machine.equals("amd64") ? "x86_64" : machine);
    }
}
