/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import static org.diracee.wms.log.boundary.WmsLog.LOG;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.diracee.wms.parcel.boundary.Parcel;
import org.diracee.wms.pilot.boundary.PilotOutput;
import org.jspecify.annotations.Nullable;

/** The private directory of a pilot on the server's machine: what it is started with, notes of its process, what it wrote, its work. */
final class PilotDirectory {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_DIRECTORY =
            PosixFilePermissions.asFileAttribute(OWNER_ONLY);
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final int OUTPUT_KEPT = 64 * 1024;
    private static final int WORDS_READ = 4 * 1024;

    private final Path path;

    PilotDirectory(Path path) {
        this.path = path;
    }

    /** Makes the directory, with the secret in a file that nobody else may read. */
    void create(String secret) throws IOException {
        create();
        Files.createDirectory(workDirectory(), PRIVATE_DIRECTORY);
        write(secretFile().getFileName().toString(), secret);
    }

    /** Makes the directory with a parcel in it. */
    void create(Parcel parcel) throws IOException {
        create();
        Files.createDirectory(parcelDirectory(), PRIVATE_DIRECTORY);
        for (Path file : parcel.files()) {
            Files.copy(file, parcelDirectory().resolve(file.getFileName()));
        }
    }

    /** Makes the directory, which must not be there yet. */
    void create() throws IOException {
        Path parent = path.getParent();
        if (parent != null) {
            Files.createDirectories(parent, PRIVATE_DIRECTORY);
        }
        Files.createDirectory(path, PRIVATE_DIRECTORY);
    }

    /** Writes a new file that nobody else may read. */
    void write(String name, String text) throws IOException {
        try (SeekableByteChannel file = Files.newByteChannel(
                path.resolve(name), Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), PRIVATE_FILE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        }
    }

    Path path() {
        return path;
    }

    Path secretFile() {
        return path.resolve("secret");
    }

    Path workDirectory() {
        return path.resolve("work");
    }

    Path parcelDirectory() {
        return path.resolve("parcel");
    }

    /**
     * Copies a plain file of the parcel's results.
     *
     * @return false if there is none, or it is longer
     */
    boolean copyResult(String name, long most, OutputStream target) throws IOException {
        Path results = parcelDirectory().resolve("results");
        if (!Files.isDirectory(results, LinkOption.NOFOLLOW_LINKS)
                || !Files.isRegularFile(results.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (SeekableByteChannel file = Files.newByteChannel(
                results.resolve(name), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            if (file.size() > most) {
                return false;
            }
            Channels.newInputStream(file).transferTo(target);
            return true;
        }
    }

    /** Where the guarding shell complains. */
    File guardLog() {
        return path.resolve("guard.log").toFile();
    }

    /** The number that the pilot's process noted. */
    Optional<Long> pid() {
        return number("pid");
    }

    Optional<Integer> exitCode() {
        return number("exit-code").map(Long::intValue);
    }

    /** When the process noted its number, about when it started. */
    Instant created() {
        Path note = path.resolve("pid");
        try {
            return Files.getLastModifiedTime(Files.exists(note) ? note : path).toInstant();
        } catch (IOException gone) {
            return Instant.EPOCH;
        }
    }

    /** When the pilot was first asked to end; now, if it was not yet. */
    Instant killAsked(Instant now) {
        Path note = path.resolve("kill-asked");
        try {
            if (!Files.exists(note)) {
                Files.createFile(note, PRIVATE_FILE);
            }
            return Files.getLastModifiedTime(note).toInstant();
        } catch (IOException unwritable) {
            return now;
        }
    }

    Optional<PilotOutput> output() {
        return Files.isDirectory(path)
                ? Optional.of(new PilotOutput(tail("stdout", OUTPUT_KEPT), tail("stderr", OUTPUT_KEPT)))
                : Optional.empty();
    }

    String lastWords() {
        return LastWords.of(tail("stderr", WORDS_READ));
    }

    /** Removes everything; what a job took its own rights to is given them back first. */
    void remove() throws IOException {
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                if (!Files.isWritable(directory) || !Files.isExecutable(directory)) {
                    Files.setPosixFilePermissions(directory, OWNER_ONLY);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                // a directory that could not be opened: open it up, so that the next try gets further
                if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    Files.setPosixFilePermissions(file, OWNER_ONLY);
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Removes what can be; the rest holds no secret of use, as that secret's pilot is known not to run. */
    void removeQuietly() {
        try {
            Files.deleteIfExists(secretFile());
            remove();
        } catch (IOException rest) {
            LOG.debugf(rest, "the directory %s stays", path);
        }
    }

    private Optional<Long> number(String file) {
        try {
            return Optional.of(
                    Long.parseLong(Files.readString(path.resolve(file)).strip()));
        } catch (IOException | NumberFormatException none) {
            return Optional.empty();
        }
    }

    private String tail(String file, int most) {
        try (SeekableByteChannel channel =
                Files.newByteChannel(path.resolve(file), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            channel.position(Math.max(0, channel.size() - most));
            ByteBuffer bytes = ByteBuffer.allocate(most);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // until the end
            }
            return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        } catch (IOException none) {
            return "";
        }
    }
}
