/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.certificate.control;

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
import org.diracee.kernel.proxy.GridCertificate;
import org.diracee.kernel.proxy.InvalidCertificate;
import org.diracee.kernel.proxy.ProxyChain;
import org.diracee.kernel.proxy.ProxyPolicy;
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

    private static final String CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2";
    private static final String ANY_USAGE = "2.5.29.37.0";
    private static final int SHORTEST_RSA_KEY = 1024;

    /**
     * Reads a chain, the client's own certificate first.
     *
     * @throws Refusal if something in it does not count here, whoever signed it
     */
    public static ChainReading of(List<X509Certificate> certificates, Instant now) throws Refusal {
        try {
            return of(ProxyChain.of(certificates), certificates, now);
        } catch (InvalidCertificate unusable) {
            throw new Refusal(unusable.detail());
        }
    }

    private static ChainReading of(ProxyChain chain, List<X509Certificate> certificates, Instant now) throws Refusal {
        if (chain.certificates().stream().anyMatch(GridCertificate::isLegacyProxy)) {
            throw new Refusal("proxies of the kinds before RFC 3820 do not count");
        }
        List<GridCertificate> proxies = chain.proxies();
        if (chain.certificates().stream().skip(proxies.size()).anyMatch(GridCertificate::isProxy)) {
            throw new Refusal("its certificates are not in order");
        }
        if (chain.identity().isEmpty()) {
            throw new Refusal("a proxy comes with the certificate that it was made from");
        }
        X509Certificate identity = certificates.get(proxies.size());
        requireClient(identity);
        for (int i = 0; i < certificates.size(); i++) {
            String what = i < proxies.size() ? "the proxy" : i == proxies.size() ? "it" : "a CA's certificate with it";
            requireValid(CertificateTimes.of(certificates.get(i)), what, now);
            requireStrength(certificates.get(i));
        }
        for (GridCertificate proxy : proxies) {
            requirePolicy(proxy);
        }
        return new ChainReading(
                SlashForm.of(identity.getSubjectX500Principal()),
                !proxies.isEmpty(),
                chain.isLimited(),
                chain.expires(),
                group(proxies),
                proxies.stream().anyMatch(GridCertificate::hasVomsAttributes));
    }

    /** An independent proxy has none of its issuer's rights, and what another policy means we do not know. */
    private static void requirePolicy(GridCertificate proxy) throws Refusal {
        ProxyPolicy policy = proxy.policy().orElse(ProxyPolicy.OTHER);
        if (policy != ProxyPolicy.FULL && policy != ProxyPolicy.LIMITED) {
            throw new Refusal("the policy " + proxy.policyOid().orElse("") + " of its proxy is not known");
        }
    }

    private static Optional<GroupName> group(List<GridCertificate> proxies) throws Refusal {
        Set<GroupName> groups = new LinkedHashSet<>();
        for (GridCertificate proxy : proxies) {
            try {
                proxy.diracGroup().map(GroupName::new).ifPresent(groups::add);
            } catch (InvalidValue broken) {
                throw new Refusal("the DIRAC group of its proxy cannot be read");
            }
        }
        if (groups.size() > 1) {
            // whoever got a proxy for one group could otherwise make himself one for another
            throw new Refusal("its proxies are meant for different groups");
        }
        return groups.stream().findFirst();
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
