/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.control;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import org.diracee.kernel.value.PilotStamp;

/** Makes stamps and secrets that nobody guesses. */
public final class PilotSecrets {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int STAMP_BYTES = 16;
    private static final int SECRET_BYTES = 32;

    private PilotSecrets() {}

    public static PilotStamp stamp() {
        return new PilotStamp(HexFormat.of().formatHex(random(STAMP_BYTES)));
    }

    public static String secret() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random(SECRET_BYTES));
    }

    /** What is kept of a secret. It has 256 random bits, so its hash needs neither salt nor slowness. */
    public static String hash(String secret) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("This Java has no SHA-256", impossible);
        }
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
