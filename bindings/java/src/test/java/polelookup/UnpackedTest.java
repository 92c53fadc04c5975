// SPDX-License-Identifier: MIT
package polelookup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That only a library is loaded which this user alone can have written, and which is the jar's. */
class UnpackedTest {
    private static final byte[] CONTENT = "a library".getBytes(StandardCharsets.UTF_8);
    private static final String NAME = "lib.so";

    @TempDir Path temporary;
    private Path cache;

    @BeforeEach
    void setUp() throws IOException {
        mode(temporary, "rwx------");
        cache = temporary.resolve("cache");
    }

    private static void mode(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private Path unpack() throws IOException {
        return Unpacked.in(cache, CONTENT, NAME);
    }

    private void refused(String why) {
        String message = assertThrows(IOException.class, this::unpack).getMessage();
        assertTrue(message.contains(why), message);
    }

    @Test
    void unpacksOnceUnderItsHashForThisUserAlone() throws IOException {
        Path library = unpack();
        assertEquals("a library", Files.readString(library));
        assertEquals(Unpacked.hash(CONTENT), library.getParent().getFileName().toString());
        for (Path at : new Path[] {library.getParent(), library.getParent().getParent()}) {
            assertEquals("rwx------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(at)));
        }
        Object written = Files.getLastModifiedTime(library);
        assertEquals(library, unpack());
        assertEquals(written, Files.getLastModifiedTime(library));
        try (Stream<Path> files = Files.list(library.getParent())) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void refusesATamperedLibrary() throws IOException {
        Files.write(unpack(), "a liBrary".getBytes(StandardCharsets.UTF_8));
        refused("is not what the jar holds");
    }

    @Test
    void refusesALibraryThatOthersMayWrite() throws IOException {
        mode(unpack(), "rwx-w----");
        refused("may be written by others");
    }

    @Test
    void refusesALinkInTheLibrarysPlace() throws IOException {
        Path library = unpack();
        Files.move(library, temporary.resolve("elsewhere"));
        Files.createSymbolicLink(library, temporary.resolve("elsewhere"));
        refused("is no regular file");
    }

    @Test
    void refusesAFolderOfAnotherMode() throws IOException {
        Path folder = unpack().getParent();
        mode(folder, "rwxrwx---");
        refused("another mode than 0700");
        mode(folder, "rwx------");
        mode(folder.getParent(), "rwxr-xr-x");
        refused("another mode than 0700");
    }

    @Test
    void refusesALinkInTheFoldersPlace() throws IOException {
        Path folder = unpack().getParent();
        Files.move(folder, temporary.resolve("elsewhere"));
        Files.createSymbolicLink(folder, temporary.resolve("elsewhere"));
        refused("is no folder");
    }

    @Test
    void refusesACacheThatOthersMayWrite() throws IOException {
        unpack();
        mode(cache, "rwxrwxr-x");
        refused("may be written by others");
        mode(cache, "rwx------");
        mode(temporary, "rwxrwx---");
        refused("may be written by others");
    }

    @Test
    void refusesASharedTemporaryFolderAsCache() throws IOException {
        Path shared = Path.of("/tmp");
        assumeTrue(
                Files.getPosixFilePermissions(shared)
                        .containsAll(PosixFilePermissions.fromString("rwxrwxrwx")),
                "SKIPPED: /tmp is not shared here");
        cache = shared;
        refused("may be written by others");
        assertFalse(Files.exists(shared.resolve("polelookup").resolve(Unpacked.hash(CONTENT))));
    }

    @Test
    void refusesWhatBelongsToAnotherUser() throws IOException {
        assumeTrue(Unpacked.user() == 0, "SKIPPED: only root can give a file away");
        Path library = unpack();
        Files.setAttribute(library, "unix:uid", 12345);
        refused("belongs to another user");
        Files.setAttribute(library, "unix:uid", 0);
        Files.setAttribute(library.getParent(), "unix:uid", 12345);
        refused("belongs to another user");
        Files.setAttribute(library.getParent(), "unix:uid", 0);
        Files.setAttribute(cache, "unix:uid", 12345);
        refused("belongs to another user");
    }

    @Test
    void takesTheCacheOfTheXdgSpecification() {
        assertEquals(Path.of("/a/b"), Unpacked.cache("/a/b"));
        Path home = Path.of(System.getProperty("user.home"), ".cache");
        assertEquals(home, Unpacked.cache(null));
        assertEquals(home, Unpacked.cache("relative"));
        assertEquals(home, Unpacked.cache(""));
    }
}
