// SPDX-License-Identifier: MIT
package polelookup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A library of the jar as a file that only this user can have written: in the folder polelookup of
 * the user's cache ($XDG_CACHE_HOME, else .cache in the home folder), under the hash of its
 * content. Folder and file are checked before each load: their owner is this user, nobody else may
 * write (the folder has mode 0700), neither is a link, and the content is the jar's to the byte. If
 * not, nothing is loaded and nothing mended. A shared temporary folder is never used.
 */
final class Unpacked {
    private static final Set<PosixFilePermission> PRIVATE =
            PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OTHERS_WRITE =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
    private static final FileAttribute<Set<PosixFilePermission>> AS_PRIVATE =
            PosixFilePermissions.asFileAttribute(PRIVATE);
    private static final int STICKY = 01000;

    private Unpacked() {}

    static Path inCache(byte[] content, String file) throws IOException {
        return in(cache(System.getenv("XDG_CACHE_HOME")), content, file);
    }

    /** As the XDG base directory specification says: a relative path is not valid, and ignored. */
    static Path cache(String xdgCacheHome) {
        if (xdgCacheHome != null && xdgCacheHome.startsWith("/")) {
            return Path.of(xdgCacheHome);
        }
        return Path.of(System.getProperty("user.home"), ".cache");
    }

    static Path in(Path cache, byte[] content, String file) throws IOException {
        createPrivate(cache);
        Path real = cache.toRealPath();
        checkAncestors(real);
        Path folder = real.resolve("polelookup");
        createPrivate(folder);
        checkFolder(folder);
        Path versioned = folder.resolve(hash(content));
        createPrivate(versioned);
        checkFolder(versioned);
        Path library = versioned.resolve(file);
        if (!Files.exists(library, LinkOption.NOFOLLOW_LINKS)) {
            write(library, content);
        }
        checkFile(library, content);
        return library;
    }

    private static void createPrivate(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            try {
                Files.createDirectories(folder.getParent());
                Files.createDirectory(folder, AS_PRIVATE);
            } catch (FileAlreadyExistsException e) {
                if (!Files.isDirectory(folder)) {
                    throw e;
                }
            }
        }
    }

    /** Beside it, then by a rename: who else unpacks at this moment puts the same bytes there. */
    private static void write(Path library, byte[] content) throws IOException {
        Path beside = library.resolveSibling(library.getFileName() + "." + UUID.randomUUID());
        Set<StandardOpenOption> once =
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            try (FileChannel channel = FileChannel.open(beside, once, AS_PRIVATE)) {
                ByteBuffer left = ByteBuffer.wrap(content);
                while (left.hasRemaining()) {
                    channel.write(left);
                }
                channel.force(true);
            }
            Files.move(beside, library, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /**
     * Whoever may write to a folder above could put another one in the place of ours. Above the
     * cache, a folder with the sticky bit (where only owners rename) will do.
     */
    private static void checkAncestors(Path cache) throws IOException {
        for (Path folder = cache; folder != null; folder = folder.getParent()) {
            Map<String, Object> at = attributes(folder);
            int owner = (Integer) at.get("uid");
            boolean sticky = folder != cache && ((Integer) at.get("mode") & STICKY) != 0;
            if (owner != user() && owner != 0) {
                throw unsafe(folder, "belongs to another user");
            }
            if (!sticky && writableByOthers(at)) {
                throw unsafe(folder, "may be written by others");
            }
        }
    }

    private static void checkFolder(Path folder) throws IOException {
        Map<String, Object> at = attributes(folder);
        if (!(Boolean) at.get("isDirectory")) {
            throw unsafe(folder, "is no folder");
        }
        if ((Integer) at.get("uid") != user()) {
            throw unsafe(folder, "belongs to another user");
        }
        if (!PRIVATE.equals(at.get("permissions"))) {
            throw unsafe(folder, "has another mode than 0700");
        }
    }

    private static void checkFile(Path library, byte[] content) throws IOException {
        Map<String, Object> at = attributes(library);
        if (!(Boolean) at.get("isRegularFile")) {
            throw unsafe(library, "is no regular file");
        }
        if ((Integer) at.get("uid") != user()) {
            throw unsafe(library, "belongs to another user");
        }
        if (writableByOthers(at)) {
            throw unsafe(library, "may be written by others");
        }
        byte[] there = Files.readAllBytes(library);
        if (!hash(there).equals(hash(content))) {
            throw unsafe(library, "is not what the jar holds; delete it if you know why");
        }
    }

    private static Map<String, Object> attributes(Path path) throws IOException {
        return Files.readAttributes(path, "unix:*", LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean writableByOthers(Map<String, Object> attributes) {
        Set<?> permissions = (Set<?>) attributes.get("permissions");
        return OTHERS_WRITE.stream().anyMatch(permissions::contains);
    }

    /** The effective user's number: whom this process's folder in /proc belongs to. */
    static int user() throws IOException {
        return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    }

    private static IOException unsafe(Path path, String why) {
        return new IOException(path + " " + why);
    }

    static String hash(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            StringBuilder hex = new StringBuilder();
            for (byte b : digest) {
                hex.append(String.format("%02x", b));
            }
            return hex.toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
