/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.proxy;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.x509.Extension;

/** A certification authority of {@link Pki} at a test's own time, with people whose keys are made once. */
public final class TestAuthority {

    /** Keys are dear to make and may serve any number of tests. */
    private static final ConcurrentHashMap<String, KeyPair> KEYS = new ConcurrentHashMap<>();

    private final Instant now;
    private final Pki.Holder authority;

    /** @param now the time from which its certificates are good, less a day */
    public TestAuthority(String commonName, Instant now) {
        this.now = now;
        this.authority = Pki.authority(commonName, now, KEYS.computeIfAbsent(commonName, key -> rsa(2048)));
    }

    public GridCertificate certificate() {
        return authority.credential().chain().leaf();
    }

    /** A person's certificate and key, good for a year. */
    public ProxyCredential person(String commonName) {
        return person(commonName, Duration.ofDays(365));
    }

    public ProxyCredential person(String commonName, Duration life) {
        return authority
                .certificateFor(commonName)
                .until(now.plus(life))
                .from(now.minus(Duration.ofDays(1)))
                .make(KEYS.computeIfAbsent("person " + commonName, key -> rsa(2048)))
                .credential();
    }

    /** A pair of RSA of this length. */
    public static KeyPair rsa(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A proxy with any extensions that this person signs: for what nobody should sign. */
    public static ProxyCredential odd(String commonName, ProxyCredential person, List<Extension> extensions) {
        KeyPair pair = KEYS.computeIfAbsent("odd", key -> rsa(2048));
        return new ProxyCredential(pair.getPrivate(), forged(person, privateKey(commonName), pair, extensions));
    }

    /** The key of a person who has a certificate. */
    public static PrivateKey privateKey(String commonName) {
        return Objects.requireNonNull(KEYS.get("person " + commonName)).getPrivate();
    }

    static ProxyChain forged(ProxyCredential issuer, PrivateKey key, KeyPair subject, List<Extension> extensions) {
        X509Certificate from = issuer.chain().leaf().x509();
        Pki.Order order = new Pki.Holder(key, issuer.chain().x509())
                .proxy()
                .bare()
                .until(from.getNotAfter().toInstant())
                .from(from.getNotBefore().toInstant());
        extensions.forEach(order::extension);
        return order.make(subject).credential().chain();
    }
}
