/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.database;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * The PostgreSQL programs for this machine, unpacked once per build.
 *
 * <p>They lie in a directory of the user, not in the common temporary directory: there, another user could put his own
 * programs in our way.
 */
final class PostgresBinaries {

    /** System property that names another directory for the unpacked programs. */
    static final String DIRECTORY_PROPERTY = "dirac.database.binaries";

    private static final int OWNER_EXECUTE = 0100;

    private PostgresBinaries() {}

    /** Returns the directory that holds {@code bin/postgres}, unpacking it if this build was never used before. */
    static Path unpacked(Path fallback) throws IOException {
        byte[] archive = archiveForThisMachine();
        Path directory = cacheDirectory(fallback).resolve("postgresql-" + fingerprint(archive));
        if (!Files.exists(directory)) {
            Path part = Files.createTempDirectory(directory.getParent(), "unpacking-");
            unpack(archive, part);
            try {
                Files.move(part, directory, ATOMIC_MOVE);
            } catch (FileSystemException lostTheRace) {
                // another process unpacked the same build in the meantime
                PrivateFiles.deleteTree(part);
                if (!Files.exists(directory)) {
                    throw lostTheRace;
                }
            }
        }
        return directory;
    }

    private static Path cacheDirectory(Path fallback) throws IOException {
        String configured = System.getProperty(DIRECTORY_PROPERTY);
        if (configured != null) {
            return PrivateFiles.createDirectories(Path.of(configured));
        }
        try {
            Path cache = Path.of(System.getProperty("user.home"), ".cache", "dirac-ee");
            PrivateFiles.createDirectories(cache);
            if (Files.isWritable(cache)) {
                return cache;
            }
        } catch (FileAlreadyExistsException | java.nio.file.AccessDeniedException | RuntimeException noHome) {
            // service accounts often have a home that does not exist or cannot be written
            return PrivateFiles.createDirectories(fallback);
        }
        return PrivateFiles.createDirectories(fallback);
    }

    private static byte[] archiveForThisMachine() throws IOException {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "Darwin" : "Linux";
        String architecture = System.getProperty("os.arch");
        String hardware = architecture.equals("amd64") ? "x86_64" : architecture;
        InputStream found = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, hardware);
        if (found == null) {
            throw new DatabaseNotStarted("There is no embedded PostgreSQL for " + system + " on " + architecture
                    + ". Use a PostgreSQL server of your own and set DIRAC_DB_URL.");
        }
        try (found) {
            return found.readAllBytes();
        }
    }

    private static String fingerprint(byte[] archive) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(archive);
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static void unpack(byte[] archive, Path target) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZCompressorInputStream(new ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("The PostgreSQL archive leaves its directory: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                    continue;
                }
                Files.createDirectories(path.getParent());
                if (entry.isSymbolicLink() || entry.isLink()) {
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(tar, path);
                    boolean executable = (entry.getMode() & OWNER_EXECUTE) != 0;
                    Files.setPosixFilePermissions(
                            path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
                }
            }
        }
    }
}
