/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.proxy;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** The public keys that proxies may have. */
final class PublicKeys {

    private static final int LEAST_RSA_BITS = 2048;
    private static final int MOST_RSA_BITS = 8192;
    private static final int LEAST_EC_BITS = 256;
    private static final int LONGEST_EXPONENT_BITS = 32;

    private PublicKeys() {}

    /** A new pair that all grid software accepts. */
    static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(LEAST_RSA_BITS);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java knows RSA", impossible);
        }
    }

    /**
     * The key, if a proxy may have it.
     *
     * @throws InvalidCertificate if it is weak, unusual, or so large that it would keep us busy
     */
    static PublicKey checked(SubjectPublicKeyInfo info) {
        PublicKey key = of(info);
        boolean good = key instanceof RSAPublicKey rsa
                        && rsa.getModulus().bitLength() >= LEAST_RSA_BITS
                        && rsa.getModulus().bitLength() <= MOST_RSA_BITS
                        && rsa.getPublicExponent().bitLength() <= LONGEST_EXPONENT_BITS
                || key instanceof ECPublicKey ec && ec.getParams().getOrder().bitLength() >= LEAST_EC_BITS;
        if (!good) {
            throw new InvalidCertificate("A key of " + text(info) + " cannot be used: allowed are RSA of "
                    + LEAST_RSA_BITS + " to " + MOST_RSA_BITS + " bits and EC of at least " + LEAST_EC_BITS + " bits");
        }
        return key;
    }

    static String text(SubjectPublicKeyInfo info) {
        PublicKey key = of(info);
        if (key instanceof RSAPublicKey rsa) {
            return "RSA " + rsa.getModulus().bitLength();
        }
        return key instanceof ECPublicKey ec ? "EC " + ec.getParams().getOrder().bitLength() : key.getAlgorithm();
    }

    private static PublicKey of(SubjectPublicKeyInfo info) {
        String algorithm = info.getAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption)
                ? "RSA"
                : info.getAlgorithm().getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)
                        ? "EC"
                        : info.getAlgorithm().getAlgorithm().getId();
        try {
            return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(info.getEncoded()));
        } catch (GeneralSecurityException | java.io.IOException unknown) {
            throw new InvalidCertificate(
                    "The public key is of a kind that cannot be used: allowed are RSA and EC", unknown);
        }
    }
}
