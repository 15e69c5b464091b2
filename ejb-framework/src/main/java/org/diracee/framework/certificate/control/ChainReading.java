/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.certificate.control;

import java.io.IOException;
import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1String;
import org.diracee.kernel.proxy.InvalidCertificate;
import org.diracee.kernel.proxy.SlashForm;
import org.diracee.kernel.value.Dn;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.InvalidValue;

/**
 * What a chain says of itself; nothing of it is to be believed before its signatures are checked.
 *
 * @param dn the subject of the first certificate that is no proxy
 * @param proxy whether there are proxies before that
 * @param limited whether one of them has the limited policy
 * @param expires when the first certificate of the chain ends
 * @param group the DIRAC group that the proxies name
 * @param carriesAttributes whether a proxy has VOMS attributes, be they good or not
 * @see "RFC 3820"
 */
public record ChainReading(
        Dn dn, boolean proxy, boolean limited, Instant expires, Optional<GroupName> group, boolean carriesAttributes) {

    /** Extension of proxies: their policy and how many more may follow. */
    public static final String PROXY_CERT_INFO = "1.3.6.1.5.5.7.1.14";

    /** The same before it became a standard. */
    private static final String DRAFT_PROXY_CERT_INFO = "1.3.6.1.4.1.3536.1.222";

    /** The proxy may do all that its issuer may. */
    private static final String INHERIT_ALL = "1.3.6.1.5.5.7.21.1";

    /** Globus' policy: for what a user's job does, not for starting further ones. */
    public static final String LIMITED = "1.3.6.1.4.1.3536.1.1.1.9";

    /** Extension by which DIRAC names the group that a proxy is meant for. */
    public static final String DIRAC_GROUP = "1.2.42.42";

    /** Extension that holds the attribute certificates of VOMS servers. */
    public static final String VOMS = "1.3.6.1.4.1.8005.100.100.5";

    private static final String CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2";
    private static final String ANY_USAGE = "2.5.29.37.0";

    private static final int LONGEST_CHAIN = 20;
    private static final int SHORTEST_RSA_KEY = 1024;

    /**
     * Reads a chain, the client's own certificate first.
     *
     * @throws Refusal if something in it does not count here, whoever signed it
     */
    public static ChainReading of(List<X509Certificate> chain, Instant now) throws Refusal {
        if (chain.isEmpty() || chain.size() > LONGEST_CHAIN) {
            throw new Refusal("a chain has 1 to " + LONGEST_CHAIN + " certificates");
        }
        int proxies = proxies(chain);
        if (proxies == chain.size()) {
            throw new Refusal("a proxy comes with the certificate that it was made from");
        }
        X509Certificate identity = chain.get(proxies);
        requireClient(identity);
        boolean limited = false;
        boolean attributes = false;
        Instant expires = Instant.MAX;
        Set<GroupName> groups = new LinkedHashSet<>();
        for (int i = 0; i < chain.size(); i++) {
            X509Certificate certificate = chain.get(i);
            CertificateTimes times = CertificateTimes.of(certificate);
            requireValid(times, i < proxies ? "the proxy" : i == proxies ? "it" : "a CA's certificate with it", now);
            requireStrength(certificate);
            expires = times.until().isBefore(expires) ? times.until() : expires;
            if (i < proxies) {
                limited |= isLimited(certificate);
                attributes |= certificate.getExtensionValue(VOMS) != null;
                group(certificate).ifPresent(groups::add);
            }
        }
        if (groups.size() > 1) {
            // whoever got a proxy for one group could otherwise make himself one for another
            throw new Refusal("its proxies are meant for different groups");
        }
        return new ChainReading(
                name(identity.getSubjectX500Principal()),
                proxies > 0,
                limited,
                expires,
                groups.stream().findFirst(),
                attributes);
    }

    private static Dn name(X500Principal principal) throws Refusal {
        try {
            return SlashForm.of(principal);
        } catch (InvalidCertificate unusable) {
            throw new Refusal(unusable.detail());
        }
    }

    /** How many proxies stand before the certificate that they speak for. */
    private static int proxies(List<X509Certificate> chain) throws Refusal {
        int count = 0;
        while (count < chain.size() && isProxy(chain.get(count))) {
            count++;
        }
        for (X509Certificate certificate : chain.subList(count, chain.size())) {
            if (isProxy(certificate)) {
                throw new Refusal("its certificates are not in order");
            }
        }
        return count;
    }

    private static boolean isProxy(X509Certificate certificate) throws Refusal {
        if (certificate.getExtensionValue(PROXY_CERT_INFO) != null) {
            return true;
        }
        if (certificate.getExtensionValue(DRAFT_PROXY_CERT_INFO) != null || isNamedAsProxy(certificate)) {
            throw new Refusal("proxies of the kinds before RFC 3820 do not count");
        }
        return false;
    }

    private static boolean isNamedAsProxy(X509Certificate certificate) {
        String name = certificate.getSubjectX500Principal().getName().toLowerCase(Locale.ROOT);
        return name.startsWith("cn=proxy,") || name.startsWith("cn=limited proxy,");
    }

    private static boolean isLimited(X509Certificate proxy) throws Refusal {
        String policy = policy(proxy);
        if (policy.equals(LIMITED)) {
            return true;
        }
        if (!policy.equals(INHERIT_ALL)) {
            // an independent proxy has none of its issuer's rights, and what another policy means we do not know
            throw new Refusal("the policy " + policy + " of its proxy is not known");
        }
        return false;
    }

    private static String policy(X509Certificate proxy) throws Refusal {
        try {
            // SEQUENCE { INTEGER OPTIONAL, SEQUENCE { OBJECT IDENTIFIER, OCTET STRING OPTIONAL } }
            ASN1Sequence info = ASN1Sequence.getInstance(content(proxy, PROXY_CERT_INFO));
            ASN1Sequence policy = ASN1Sequence.getInstance(info.getObjectAt(info.size() - 1));
            return ASN1ObjectIdentifier.getInstance(policy.getObjectAt(0)).getId();
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException broken) {
            throw new Refusal("the policy of its proxy cannot be read");
        }
    }

    private static Optional<GroupName> group(X509Certificate proxy) throws Refusal {
        byte[] extension = proxy.getExtensionValue(DIRAC_GROUP);
        if (extension == null) {
            return Optional.empty();
        }
        try {
            if (content(proxy, DIRAC_GROUP) instanceof ASN1String text) {
                return Optional.of(new GroupName(text.getString()));
            }
            throw new Refusal("the DIRAC group of its proxy is no text");
        } catch (IOException | InvalidValue broken) {
            throw new Refusal("the DIRAC group of its proxy cannot be read");
        }
    }

    private static ASN1Primitive content(X509Certificate certificate, String extension) throws IOException {
        return ASN1Primitive.fromByteArray(ASN1OctetString.getInstance(certificate.getExtensionValue(extension))
                .getOctets());
    }

    private static void requireValid(CertificateTimes times, String what, Instant now) throws Refusal {
        if (times.isOver(now)) {
            throw new Refusal(what + " expired at " + times.until());
        }
        if (times.isToCome(now)) {
            throw new Refusal(what + " is good only from " + times.from());
        }
    }

    private static void requireStrength(X509Certificate certificate) throws Refusal {
        boolean selfSigned = certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
        String algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        if (!selfSigned && (algorithm.startsWith("MD") || algorithm.startsWith("SHA1"))) {
            throw new Refusal("signatures by " + certificate.getSigAlgName() + " do not count");
        }
        PublicKey key = certificate.getPublicKey();
        if (key instanceof RSAKey rsa && rsa.getModulus().bitLength() < SHORTEST_RSA_KEY) {
            throw new Refusal("RSA keys have at least " + SHORTEST_RSA_KEY + " bits");
        }
    }

    /** A certificate that its CA made for a web server alone must not act as its owner. */
    private static void requireClient(X509Certificate identity) throws Refusal {
        if (identity.getBasicConstraints() >= 0) {
            throw new Refusal("a CA does not act as a client");
        }
        try {
            List<String> usages = identity.getExtendedKeyUsage();
            if (usages != null && !usages.contains(CLIENT_AUTHENTICATION) && !usages.contains(ANY_USAGE)) {
                throw new Refusal("it is not meant for clients");
            }
        } catch (CertificateParsingException broken) {
            throw new Refusal("what it is meant for cannot be read");
        }
    }
}
