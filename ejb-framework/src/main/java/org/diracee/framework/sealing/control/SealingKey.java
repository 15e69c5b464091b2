/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.sealing.control;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * The key that closes what the database keeps secret, with AES-256-GCM.
 *
 * <p>A sealed text is {@code sealed:<id of the key>:<nonce and cipher text>}. It opens only at the place that it was sealed for, so
 * that nobody who can write to the database can pass one secret off as another.
 *
 * @see "NIST SP 800-38D"
 */
public final class SealingKey {

    private static final String MARK = "sealed:";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int ID_DIGITS = 8;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKey key;
    private final String id;

    /** @throws UnusableSealingKey if it is not one of AES-256 */
    public SealingKey(SecretKey key) {
        byte[] bytes = key.getEncoded();
        if (!key.getAlgorithm().equals("AES") || bytes == null || bytes.length != KEY_BYTES) {
            throw UnusableSealingKey.ofAnotherKind();
        }
        this.key = key;
        this.id = idOf(bytes);
    }

    /** Tells keys apart and gives nothing away of them. */
    public String id() {
        return id;
    }

    /** Whether this is a sealed text, by whatever key. */
    public static boolean isSealed(String text) {
        return text.startsWith(MARK);
    }

    /** @param place where the secret is kept, such as table and key of its row */
    public String seal(String secret, String place) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            byte[] closed = cipher(Cipher.ENCRYPT_MODE, nonce, place).doFinal(secret.getBytes(StandardCharsets.UTF_8));
            byte[] both = ByteBuffer.allocate(nonce.length + closed.length)
                    .put(nonce)
                    .put(closed)
                    .array();
            return MARK + id + ":" + Base64.getEncoder().encodeToString(both);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("This Java does not know AES-GCM", impossible);
        }
    }

    /**
     * The secret; empty if the text is none that was sealed for this place, or was changed.
     *
     * @throws UnusableSealingKey if it was sealed with another key
     */
    public Optional<String> open(String sealed, String place) {
        if (!isSealed(sealed)) {
            return Optional.empty();
        }
        String[] parts = sealed.substring(MARK.length()).split(":", -1);
        if (parts.length != 2) {
            return Optional.empty();
        }
        if (!parts[0].equals(id)) {
            throw UnusableSealingKey.another(parts[0], id);
        }
        try {
            byte[] both = Base64.getDecoder().decode(parts[1]);
            if (both.length <= NONCE_BYTES) {
                return Optional.empty();
            }
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(both, NONCE_BYTES), place);
            return Optional.of(
                    new String(cipher.doFinal(both, NONCE_BYTES, both.length - NONCE_BYTES), StandardCharsets.UTF_8));
        } catch (AEADBadTagException | IllegalArgumentException changed) {
            return Optional.empty();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("This Java does not know AES-GCM", impossible);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static String idOf(byte[] key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update("id of a DIRAC EE sealing key".getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(key)).substring(0, ID_DIGITS);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java knows SHA-256", impossible);
        }
    }

    @Override
    public String toString() {
        return "sealing key " + id; // never the key
    }
}
