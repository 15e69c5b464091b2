/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.proxy;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certification authority of tests, with people who have certificates of it. */
public final class TestAuthority {

    /** Keys are dear to make and may serve any number of tests. */
    private static final ConcurrentHashMap<String, KeyPair> KEYS = new ConcurrentHashMap<>();

    private final AtomicLong serials = new AtomicLong(1);
    private final Instant now;
    private final X500Name name;
    private final KeyPair pair;
    private final GridCertificate certificate;

    /** @param now the time from which its certificates are good, less a day */
    public TestAuthority(String commonName, Instant now) {
        this.now = now;
        this.name = name(commonName);
        this.pair = KEYS.computeIfAbsent(commonName, key -> rsa(2048));
        this.certificate = issue(name, pair, true, now.plus(Duration.ofDays(3650)));
    }

    public GridCertificate certificate() {
        return certificate;
    }

    /** A person's certificate and key, good for a year. */
    public ProxyCredential person(String commonName) {
        return person(commonName, Duration.ofDays(365));
    }

    public ProxyCredential person(String commonName, Duration life) {
        KeyPair own = KEYS.computeIfAbsent("person " + commonName, key -> rsa(2048));
        return new ProxyCredential(
                own.getPrivate(), new ProxyChain(List.of(issue(name(commonName), own, false, now.plus(life)))));
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
        GridCertificate from = issuer.chain().leaf();
        RDN[] names =
                java.util.Arrays.copyOf(from.subject().getRDNs(), from.subject().size() + 1);
        names[names.length - 1] = new RDN(BCStyle.CN, new org.bouncycastle.asn1.DERPrintableString("4711"));
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                from.subject(),
                BigInteger.valueOf(4711),
                Date.from(from.notBefore()),
                Date.from(from.notAfter()),
                new X500Name(names),
                subject.getPublic());
        try {
            for (Extension extension : extensions) {
                builder.addExtension(extension);
            }
            List<GridCertificate> chain = new java.util.ArrayList<>();
            chain.add(new GridCertificate(builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(key))));
            chain.addAll(issuer.chain().certificates());
            return new ProxyChain(chain);
        } catch (IOException | OperatorCreationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static X500Name name(String commonName) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.DC, "test")
                .addRDN(BCStyle.DC, "grid")
                .addRDN(BCStyle.CN, commonName)
                .build();
    }

    private GridCertificate issue(X500Name subject, KeyPair own, boolean authority, Instant expires) {
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                name,
                BigInteger.valueOf(serials.getAndIncrement()),
                Date.from(now.minus(Duration.ofDays(1))),
                Date.from(expires),
                subject,
                own.getPublic());
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            builder.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(
                            authority
                                    ? KeyUsage.keyCertSign | KeyUsage.cRLSign
                                    : KeyUsage.digitalSignature | KeyUsage.keyEncipherment));
            return new GridCertificate(
                    builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate())));
        } catch (IOException | OperatorCreationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
