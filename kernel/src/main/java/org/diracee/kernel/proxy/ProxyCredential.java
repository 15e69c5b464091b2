/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.proxy;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTCTime;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A private key with the chain of its certificate: whoever has it acts for the person, and can sign proxies for others. */
public final class ProxyCredential {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration LATE_CLOCKS = Duration.ofMinutes(5);
    private static final int SERIAL_BITS = 62;
    private static final Instant UTC_TIME_ENDS = Instant.parse("2050-01-01T00:00:00Z");
    private static final DateTimeFormatter UTC_TIME = format("yyMMddHHmmss'Z'");
    private static final DateTimeFormatter GENERALIZED_TIME = format("yyyyMMddHHmmss'Z'");

    private final PrivateKey key;
    private final ProxyChain chain;

    /** @throws InvalidCertificate if the certificate is for another key */
    public ProxyCredential(PrivateKey key, ProxyChain chain) {
        this.key = key;
        this.chain = chain;
        if (!matches()) {
            throw new InvalidCertificate("The certificate of " + chain.leaf().dn() + " is not for this private key");
        }
    }

    /**
     * Reads a proxy file, or a certificate and its key: certificates and one key, which is not encrypted, in PEM.
     *
     * @throws InvalidCertificate if there is no such thing
     */
    public static ProxyCredential read(String pem) {
        JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            for (Object next = parser.readObject(); next != null; next = parser.readObject()) {
                if (next instanceof PEMKeyPair pair) {
                    return new ProxyCredential(converter.getPrivateKey(pair.getPrivateKeyInfo()), ProxyChain.read(pem));
                }
                if (next instanceof PrivateKeyInfo info) {
                    return new ProxyCredential(converter.getPrivateKey(info), ProxyChain.read(pem));
                }
            }
        } catch (IOException broken) {
            throw new InvalidCertificate("The text is no private key with certificates in PEM", broken);
        }
        throw new InvalidCertificate("There is no private key beside the certificates, or it is encrypted");
    }

    public ProxyChain chain() {
        return chain;
    }

    /** For those who prove by it that they have it; it goes nowhere else. */
    public PrivateKey key() {
        return key;
    }

    /** For TLS; it is to go nowhere. */
    public PrivateKey privateKey() {
        return key;
    }

    /** A new proxy for the key of the request, which its sender has. */
    public ProxyChain sign(ProxyRequest request, ProxyTerms terms) {
        return signed(request.publicKey(), terms);
    }

    /** A new key with a proxy for it. */
    public ProxyCredential proxy(ProxyTerms terms) {
        ProxyKey fresh = ProxyKey.generate();
        return fresh.with(sign(fresh.request(), terms));
    }

    /** The whole as proxy files have it: the proxy, its key, the chain. The key is in the clear. */
    public String pem() {
        StringWriter text = new StringWriter();
        text.write(ProxyChain.pem(List.of(chain.leaf())));
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(key);
        } catch (IOException impossible) {
            throw new IllegalStateException("Text in memory can always be written", impossible);
        }
        text.write(ProxyChain.pem(
                chain.certificates().subList(1, chain.certificates().size())));
        return text.toString();
    }

    private ProxyChain signed(SubjectPublicKeyInfo publicKey, ProxyTerms terms) {
        PublicKeys.checked(publicKey);
        BigInteger serial = new BigInteger(SERIAL_BITS, RANDOM).setBit(SERIAL_BITS);
        X500Name issuer = chain.leaf().subject();
        RDN[] names = Arrays.copyOf(issuer.getRDNs(), issuer.size() + 1);
        names[issuer.size()] = new RDN(BCStyle.CN, new DERPrintableString(serial.toString()));
        X509v3CertificateBuilder proxy = new X509v3CertificateBuilder(
                issuer, serial, time(start(terms)), time(end(terms)), new X500Name(names), publicKey);
        ProxyPolicy policy = terms.limited() || chain.isLimited() ? ProxyPolicy.LIMITED : ProxyPolicy.FULL;
        try {
            proxy.addExtension(ProxyOids.PROXY_INFO, true, info(policy));
            proxy.addExtension(
                    Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment));
            if (terms.group().isPresent()) {
                proxy.addExtension(
                        ProxyOids.DIRAC_GROUP,
                        false,
                        new DERIA5String(terms.group().get().text()));
            }
            if (terms.voms().isPresent()) {
                proxy.addExtension(ProxyOids.VOMS, false, terms.voms().get().extension());
            }
            List<GridCertificate> signed = new ArrayList<>();
            signed.add(new GridCertificate(proxy.build(new JcaContentSignerBuilder(algorithm()).build(key))));
            signed.addAll(chain.certificates());
            return new ProxyChain(signed);
        } catch (IOException | OperatorCreationException unusable) {
            throw new InvalidCertificate("The key of " + chain.leaf().dn() + " cannot sign a proxy", unusable);
        }
    }

    private static DERSequence info(ProxyPolicy policy) {
        return new DERSequence(new DERSequence(new ASN1ObjectIdentifier(policy.oid())));
    }

    private Instant start(ProxyTerms terms) {
        Instant early = terms.now().minus(LATE_CLOCKS);
        Instant issuers = chain.leaf().notBefore();
        return early.isBefore(issuers) ? issuers : early;
    }

    private Instant end(ProxyTerms terms) {
        return terms.expires().isBefore(chain.expires()) ? terms.expires() : chain.expires();
    }

    private String algorithm() {
        return key instanceof ECPrivateKey ? "SHA256withECDSA" : "SHA256withRSA";
    }

    private boolean matches() {
        byte[] challenge = new byte[32];
        RANDOM.nextBytes(challenge);
        try {
            Signature signer = Signature.getInstance(algorithm());
            signer.initSign(key);
            signer.update(challenge);
            byte[] signature = signer.sign();
            signer.initVerify(PublicKeys.checked(chain.leaf().publicKey()));
            signer.update(challenge);
            return signer.verify(signature);
        } catch (GeneralSecurityException unlike) {
            return false;
        }
    }

    private static Time time(Instant time) {
        // RFC 5280, section 4.1.2.5: UTCTime through 2049
        return time.isBefore(UTC_TIME_ENDS)
                ? new Time(new DERUTCTime(UTC_TIME.format(time)))
                : new Time(new DERGeneralizedTime(GENERALIZED_TIME.format(time)));
    }

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }

    @Override
    public String toString() {
        return "credential of " + chain.leaf().dn(); // never the key
    }
}
