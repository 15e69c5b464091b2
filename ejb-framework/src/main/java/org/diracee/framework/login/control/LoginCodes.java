/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.login.control;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.diracee.kernel.value.Sha256;

/** Makes the codes of a log-in: one that a person can read and type, one that nobody can guess. */
public final class LoginCodes {

    /** No vowels, so that no words come out. @see "DiracX REST reference 4, RFC 8628 6.1" */
    private static final String ALPHABET = "BCDFGHJKLMNPQRSTVWXZ";

    private static final int USER_CODE_LENGTH = 8;
    private static final int DEVICE_CODE_BYTES = 48;
    private static final String MAC = "HmacSHA256";
    private static final SecureRandom RANDOM = new SecureRandom();

    private LoginCodes() {}

    public static String userCode() {
        StringBuilder code = new StringBuilder(USER_CODE_LENGTH);
        for (int i = 0; i < USER_CODE_LENGTH; i++) {
            code.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return code.toString();
    }

    /** The code as a person may have typed it, in the form that we give out. */
    public static String normalised(String typed) {
        return typed.toUpperCase(Locale.ROOT).replaceAll("[^A-Z]", "");
    }

    public static String deviceCode() {
        byte[] bytes = new byte[DEVICE_CODE_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** What is kept of a code or state. */
    public static String hexHash(String code) {
        return HexFormat.of().formatHex(hash(code));
    }

    /** PKCE's challenge for a verifier. @see "RFC 7636 4.2" */
    public static String challenge(String verifier) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash(verifier));
    }

    /** A text of 43 characters that nobody can tell from the purpose without the key. */
    public static String derived(String key, String purpose) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), MAC));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new IllegalStateException("Every Java knows " + MAC, impossible);
        }
    }

    /** What is kept of a device code. */
    public static byte[] hash(String deviceCode) {
        return Sha256.of(deviceCode);
    }
}
