/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.proxy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.cert.X509CertificateHolder;

/** A certificate of the grid: a person's own, a proxy of it, or that of an authority. */
public final class GridCertificate {

    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int DIGITS = 14;
    private static final String LEGACY_LIMITED = "limited proxy";

    private final X509CertificateHolder holder;

    GridCertificate(X509CertificateHolder holder) {
        this.holder = holder;
    }

    /** @throws InvalidCertificate if these bytes are none */
    static GridCertificate of(byte[] encoded) {
        try {
            return new GridCertificate(new X509CertificateHolder(encoded));
        } catch (IOException | RuntimeException broken) {
            throw new InvalidCertificate(
                    "A certificate of the chain cannot be read: it is no X.509 certificate", broken);
        }
    }

    /** The name as the grid writes it. */
    public String dn() {
        return SlashForm.text(subject());
    }

    public String issuerDn() {
        return SlashForm.text(holder.getIssuer());
    }

    public Instant notBefore() {
        return instant(holder.toASN1Structure().getStartDate());
    }

    public Instant notAfter() {
        return instant(holder.toASN1Structure().getEndDate());
    }

    /** Whether it is a proxy, be it of RFC 3820 or of the time before. */
    public boolean isProxy() {
        return policy().isPresent() || isLegacyProxy();
    }

    /** Whether it is a proxy of the time before RFC 3820, told by an extension of that time or by its name alone. */
    public boolean isLegacyProxy() {
        return policy().isEmpty()
                && (extension(ProxyOids.DRAFT_PROXY_INFO).isPresent()
                        || List.of("proxy", LEGACY_LIMITED).contains(lastName()));
    }

    /** What the proxy is for; empty unless it is one of RFC 3820. */
    public Optional<ProxyPolicy> policy() {
        return policyOid().map(ProxyPolicy::of);
    }

    /** The same as the proxy says it, whether we know it or not. */
    public Optional<String> policyOid() {
        try {
            return proxyInfo().map(info -> {
                ASN1Sequence policy = ASN1Sequence.getInstance(info.getObjectAt(info.size() - 1));
                return ASN1ObjectIdentifier.getInstance(policy.getObjectAt(0)).getId();
            });
        } catch (IllegalArgumentException | IndexOutOfBoundsException broken) {
            throw new InvalidCertificate("The policy of the proxy " + dn() + " cannot be read", broken);
        }
    }

    /** How many proxies may follow; empty if the certificate does not say. */
    public OptionalInt pathLength() {
        Optional<ASN1Sequence> info = proxyInfo();
        return info.isPresent() && info.get().getObjectAt(0) instanceof ASN1Integer length
                ? OptionalInt.of(length.intValueExact())
                : OptionalInt.empty();
    }

    /** Whether the holder may do no more than get at data. */
    public boolean isLimited() {
        return policy().equals(Optional.of(ProxyPolicy.LIMITED))
                || isLegacyProxy() && lastName().equals(LEGACY_LIMITED);
    }

    /** The group in which DIRAC takes the holder to act. */
    public Optional<String> diracGroup() {
        return extension(ProxyOids.DIRAC_GROUP).map(value -> {
            if (value instanceof ASN1String text) {
                return text.getString();
            }
            throw new InvalidCertificate("The DIRAC group of the proxy " + dn() + " is no text");
        });
    }

    public boolean hasVomsAttributes() {
        return extension(ProxyOids.VOMS).isPresent();
    }

    /** The groups and roles that VOMS gave; nobody has checked its signature. */
    public List<String> unverifiedFqans() {
        return extension(ProxyOids.VOMS).map(UnverifiedAttributes::fqans).orElse(List.of());
    }

    /** The algorithm and length of the key, such as {@code RSA 2048}. */
    public String keyText() {
        return PublicKeys.text(publicKey());
    }

    /** The same for whoever speaks the platform's language. */
    public X509Certificate x509() {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded()));
        } catch (CertificateException broken) {
            throw new InvalidCertificate("The certificate of " + dn() + " cannot be read", broken);
        }
    }

    X500Name issuer() {
        return holder.getIssuer();
    }

    BigInteger serial() {
        return holder.getSerialNumber();
    }

    X500Name subject() {
        return holder.getSubject();
    }

    SubjectPublicKeyInfo publicKey() {
        return holder.getSubjectPublicKeyInfo();
    }

    byte[] encoded() {
        try {
            return holder.getEncoded();
        } catch (IOException impossible) {
            throw new IllegalStateException("A certificate that was read cannot be written", impossible);
        }
    }

    private Optional<ASN1Sequence> proxyInfo() {
        return extension(ProxyOids.PROXY_INFO).map(ASN1Sequence::getInstance);
    }

    private Optional<ASN1Encodable> extension(ASN1ObjectIdentifier oid) {
        Extension extension = holder.getExtension(oid);
        try {
            return Optional.ofNullable(extension).map(Extension::getParsedValue);
        } catch (IllegalArgumentException broken) {
            throw new InvalidCertificate("The certificate of " + dn() + " has a broken extension " + oid, broken);
        }
    }

    /** The common name with which the name ends, in small letters; empty if it ends with something else. */
    private String lastName() {
        RDN[] names = subject().getRDNs();
        return names.length > 0
                        && names[names.length - 1].getFirst().getType().equals(BCStyle.CN)
                        && names[names.length - 1].getFirst().getValue() instanceof ASN1String name
                ? name.getString().toLowerCase(Locale.ROOT)
                : "";
    }

    private static Instant instant(Time time) {
        return instant(time.getTime());
    }

    /** @param text of Bouncy Castle's: year to second, then the zone, which is that of Greenwich in all that counts here */
    static Instant instant(String text) {
        return SECONDS.parse(text.substring(0, DIGITS), Instant::from);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GridCertificate same && holder.equals(same.holder);
    }

    @Override
    public int hashCode() {
        return holder.hashCode();
    }

    @Override
    public String toString() {
        return dn();
    }
}
