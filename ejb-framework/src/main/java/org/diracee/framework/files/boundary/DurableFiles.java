/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.files.boundary;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Files and directories of a store of ours, private to this server. Bytes arrive in a file whose name ends in {@code .part}, on the same
 * file system as their place, and get their name in one step once they are on disk.
 */
public final class DurableFiles {

    /** How the names of files end whose bytes are arriving. */
    public static final String PART = ".part";

    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private DurableFiles() {}

    /** Makes a file that is not there yet and opens it for writing. */
    public static FileChannel create(Path file) throws IOException {
        return FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), PRIVATE_FILE);
    }

    /** Opens a file for reading and writing, and makes it if it is not there. */
    public static FileChannel open(Path file) throws IOException {
        return FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                PRIVATE_FILE);
    }

    /** Makes the directory and its missing parents, each durably. */
    public static Path directories(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Path parent = directory.getParent();
            if (parent != null) {
                directories(parent);
            }
            try {
                Files.createDirectory(directory, PRIVATE_DIRECTORY);
            } catch (FileAlreadyExistsException another) {
                if (!Files.isDirectory(directory)) {
                    throw new NotDirectoryException(directory.toString());
                } // else made by another upload at the same moment
            }
            if (parent != null) {
                sync(parent);
            }
        }
        return directory;
    }

    /** Puts on disk what a directory holds. */
    public static void sync(Path directory) throws IOException {
        try (FileChannel opened = FileChannel.open(directory, StandardOpenOption.READ)) {
            opened.force(true);
        }
    }

    /**
     * Removes files whose bytes do not arrive any more; the paths of those removed.
     *
     * @param untouchedSince those that were written to later stay
     */
    public static List<Path> removeLeftovers(Path incoming, Instant untouchedSince, int limit) throws IOException {
        List<Path> removed = new ArrayList<>();
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(incoming, "*" + PART)) {
            for (Path part : parts) {
                if (removed.size() == limit) {
                    break;
                }
                if (isOlder(part, untouchedSince) && Files.deleteIfExists(part)) {
                    removed.add(part);
                }
            }
        } catch (NoSuchFileException nothingYet) {
            return List.of();
        }
        return removed;
    }

    /** Whether the file is there and was last written to before that. */
    public static boolean isOlder(Path file, Instant moment) {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(moment);
        } catch (IOException gone) {
            return false;
        }
    }
}
