/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.agent;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** Takes the one-time secret out of its file: read once, gone at once. */
final class PilotSecret {

    private static final long MAX_BYTES = 4096;
    private static final Set<PosixFilePermission> OWNERS =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private PilotSecret() {}

    /**
     * Reads and deletes the file. It is deleted too if others could read it, since the secret is theirs as well then.
     *
     * @throws UsageError if there is no such plain file, others may read it, or it holds no secret
     */
    static String take(Path file) {
        try {
            PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class, NOFOLLOW_LINKS);
            if (!attributes.isRegularFile()) {
                throw new UsageError("--secret-file " + file + " is no plain file");
            }
            if (!OWNERS.containsAll(attributes.permissions())) {
                Files.delete(file);
                throw new UsageError(
                        "--secret-file " + file
                                + " could be read by others (mode 0600 is expected); it is deleted, its secret must not be used");
            }
            if (attributes.size() > MAX_BYTES) {
                throw new UsageError("--secret-file " + file + " is longer than " + MAX_BYTES + " bytes");
            }
            String secret = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
            Files.delete(file);
            if (secret.isEmpty()) {
                throw new UsageError("--secret-file " + file + " is empty");
            }
            return secret;
        } catch (IOException unreadable) {
            throw new UsageError("--secret-file " + file + " cannot be read and deleted: " + unreadable.getMessage());
        }
    }
}
