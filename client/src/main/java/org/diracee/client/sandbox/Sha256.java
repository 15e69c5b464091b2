/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The checksum by which sandboxes are known. */
public final class Sha256 {

    private static final Pattern NAMED = Pattern.compile("sha256:([0-9a-f]{64})\\.tar\\.(zst|bz2)$");

    private Sha256() {}

    /** Returns 64 lower-case hexadecimal digits. */
    public static String of(Path file) throws IOException {
        MessageDigest digest = digest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            byte[] buffer = new byte[64 * 1024];
            while (in.read(buffer) >= 0) {
                // reading is what feeds the digest
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * Compares an archive that came with the checksum that its PFN names.
     *
     * @throws InvalidSandbox if it is another one; it is removed then
     */
    public static void require(String pfn, Path archive) throws IOException {
        Matcher named = NAMED.matcher(pfn);
        if (named.find() && !of(archive).equals(named.group(1))) {
            Files.deleteIfExists(archive);
            throw new InvalidSandbox("The sandbox " + pfn + " arrived damaged: its checksum is another");
        }
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }
}
