/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.control;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.Sha256;

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
        return Sha256.hex(secret);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
