/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.diracee.cli.CommandFailure;
import org.diracee.client.ClientJson;

/**
 * The file that holds a session's tokens, readable by its owner alone, in the form of the {@code diracx} programs.
 *
 * <p>Each content replaces the one before as a whole, after it reached the disk: no crash leaves half a file or loses a
 * token that the server has already rotated. Who reads in order to write does both within {@link #exclusively}.
 */
public final class CredentialFile {

    // a file lock keeps processes apart, not the threads of one
    private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<?> OWNER_ONLY_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private static final Set<PosixFilePermission> OF_OTHERS = PosixFilePermissions.fromString("---rw-rw-");

    private final Path file;

    public CredentialFile(Path file) {
        this.file = file.toAbsolutePath().normalize();
    }

    public Path path() {
        return file;
    }

    /** Whether others than its owner may read or change it. */
    public boolean isOpenToOthers() {
        try {
            return !Collections.disjoint(Files.getPosixFilePermissions(file), OF_OTHERS);
        } catch (IOException | UnsupportedOperationException noFileOrNoSuchPermissions) {
            return false;
        }
    }

    /** Returns the stored session; empty if there is none or the file cannot be understood. */
    public Optional<Credentials> read() {
        try {
            return Optional.ofNullable(ClientJson.MAPPER.readValue(Files.readAllBytes(file), Credentials.class))
                    .filter(credentials -> credentials.accessToken() != null);
        } catch (NoSuchFileException | JsonProcessingException none) {
            return Optional.empty();
        } catch (IOException unreadable) {
            throw failure("read", unreadable);
        }
    }

    /** Replaces the stored session. */
    public void write(Credentials credentials) {
        Path parent = directory();
        try {
            Files.createDirectories(parent, OWNER_ONLY_DIRECTORY);
            Path next = Files.createTempFile(parent, file.getFileName() + ".", ".part", OWNER_ONLY);
            try {
                try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
                    ByteBuffer bytes = ByteBuffer.wrap(ClientJson.MAPPER.writeValueAsBytes(credentials));
                    while (bytes.hasRemaining()) {
                        channel.write(bytes);
                    }
                    channel.force(true);
                }
                Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
                try (FileChannel entry = FileChannel.open(parent, StandardOpenOption.READ)) {
                    entry.force(true);
                }
            } finally {
                Files.deleteIfExists(next);
            }
        } catch (IOException unwritable) {
            throw failure("written", unwritable);
        }
    }

    /** Forgets the stored session. */
    public void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException undeletable) {
            throw failure("deleted", undeletable);
        }
    }

    /** Runs while no other process and no other thread does so for the same file. */
    public <T> T exclusively(Action<T> action) {
        ReentrantLock threads = THREADS.computeIfAbsent(file, path -> new ReentrantLock());
        threads.lock();
        try {
            Files.createDirectories(directory(), OWNER_ONLY_DIRECTORY);
            Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
            try (FileChannel channel = FileChannel.open(
                            lockFile, EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), OWNER_ONLY);
                    FileLock lock = channel.lock()) {
                assert lock.isValid();
                return action.run();
            }
        } catch (IOException unlockable) {
            throw failure("locked", unlockable);
        } finally {
            threads.unlock();
        }
    }

    private Path directory() {
        return file.resolveSibling(".").normalize();
    }

    private CommandFailure failure(String verb, IOException cause) {
        return CommandFailure.local(
                "The credentials file " + file + " cannot be " + verb + ": " + cause.getMessage(), cause);
    }

    /** Something to do while the file is locked. */
    public interface Action<T> {
        T run();
    }
}
