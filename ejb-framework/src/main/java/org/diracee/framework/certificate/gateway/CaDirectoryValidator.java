/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.certificate.gateway;

import eu.emi.security.authn.x509.NamespaceCheckingMode;
import eu.emi.security.authn.x509.ProxySupport;
import eu.emi.security.authn.x509.RevocationParameters;
import eu.emi.security.authn.x509.ValidationError;
import eu.emi.security.authn.x509.ValidationErrorCode;
import eu.emi.security.authn.x509.ValidationResult;
import eu.emi.security.authn.x509.helpers.ObserversHandler;
import eu.emi.security.authn.x509.helpers.crl.AbstractCRLStoreSPI;
import eu.emi.security.authn.x509.helpers.ns.LazyEuGridPmaNamespacesStore;
import eu.emi.security.authn.x509.helpers.ns.LazyGlobusNamespacesStore;
import eu.emi.security.authn.x509.helpers.ns.NamespaceChecker;
import eu.emi.security.authn.x509.helpers.pkipath.AbstractValidator;
import eu.emi.security.authn.x509.helpers.trust.AbstractTrustAnchorStore;
import eu.emi.security.authn.x509.helpers.trust.TrustAnchorExt;
import eu.emi.security.authn.x509.impl.CRLParameters;
import eu.emi.security.authn.x509.proxy.ProxyUtils;
import java.security.InvalidAlgorithmParameterException;
import java.security.cert.CRLSelector;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import javax.security.auth.x500.X500Principal;
import org.diracee.framework.certificate.control.CertificateTimes;
import org.diracee.framework.certificate.control.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * CAnL's validation over our own reading of the directory. CAnL's stores either hold everything in memory and need a thread that
 * outlives the application, or read large revocation lists again after every collection of garbage; and its checks of those lists
 * pass over some that are broken.
 */
final class CaDirectoryValidator extends AbstractValidator {

    private final CaFiles files;
    private final Clock clock;
    private final BooleanSupplier requireRevocationList;
    private final BooleanSupplier requireNamespaces;
    private final LazyEuGridPmaNamespacesStore namespaces;
    private final LazyGlobusNamespacesStore signingPolicies;

    CaDirectoryValidator(
            CaFiles files, Clock clock, BooleanSupplier requireRevocationList, BooleanSupplier requireNamespaces) {
        super(List.of());
        this.files = files;
        this.clock = clock;
        this.requireRevocationList = requireRevocationList;
        this.requireNamespaces = requireNamespaces;
        String directory = files.directory().toString();
        long pause = WatchedFiles.PAUSE.toMillis();
        this.namespaces = new LazyEuGridPmaNamespacesStore(observers, true, directory, pause);
        this.signingPolicies = new LazyGlobusNamespacesStore(observers, true, directory, pause);
        init(new NoAnchors(observers), noLists(observers), ProxySupport.ALLOW, RevocationParameters.IGNORE);
        // a proxy of a limited one is limited, whatever it says; others refuse it
        addValidationListener(error -> error.getErrorCode() == ValidationErrorCode.proxyInconsistentlyLimited);
    }

    @Override
    public ValidationResult validate(X509Certificate[] chain) {
        X509Certificate[] withoutProxies = Arrays.stream(chain)
                .filter(certificate -> !ProxyUtils.isProxy(certificate))
                .toArray(X509Certificate[]::new);
        if (withoutProxies.length == 0) {
            return refused(chain, "there are only proxies");
        }
        Set<TrustAnchor> anchors = anchors(withoutProxies);
        ValidationResult result = validate(withoutProxies, anchors);
        if (!result.isValid()) {
            return result;
        }
        @Nullable List<X509Certificate> path = result.getValidChain();
        if (path == null || path.size() < 2) {
            return refused(chain, "no CA vouches for it");
        }
        List<ValidationError> strangers = namespaceChecker().check(path.toArray(X509Certificate[]::new));
        if (!strangers.isEmpty()) {
            return new ValidationResult(false, strangers);
        }
        try {
            checkRevocation(path);
        } catch (Refusal refusal) {
            return refused(chain, refusal.reason());
        }
        return withoutProxies.length == chain.length ? result : validate(chain, anchors);
    }

    private static ValidationResult refused(X509Certificate[] chain, String reason) {
        return new ValidationResult(
                false,
                new ArrayList<>(List.of(new ValidationError(chain, -1, ValidationErrorCode.unknownMsg, reason))));
    }

    /** The CAs of the directory by whose names the chain may end, and those above them. */
    private Set<TrustAnchor> anchors(X509Certificate[] chain) {
        Set<TrustAnchor> anchors = new HashSet<>();
        Set<X500Principal> asked = new HashSet<>();
        for (X509Certificate certificate : chain) {
            collect(certificate.getIssuerX500Principal(), anchors, asked);
        }
        return anchors;
    }

    private void collect(X500Principal name, Set<TrustAnchor> anchors, Set<X500Principal> asked) {
        if (!asked.add(name)) {
            return;
        }
        Instant now = clock.instant();
        for (X509Certificate authority : files.authorities(name)) {
            CertificateTimes times = CertificateTimes.of(authority);
            if (!times.isOver(now) && !times.isToCome(now) && authority.getBasicConstraints() >= 0) {
                anchors.add(new TrustAnchorExt(authority, null));
                collect(authority.getIssuerX500Principal(), anchors, asked);
            }
        }
    }

    private NamespaceChecker namespaceChecker() {
        return new NamespaceChecker(
                requireNamespaces.getAsBoolean()
                        ? NamespaceCheckingMode.EUGRIDPMA_AND_GLOBUS_REQUIRE
                        : NamespaceCheckingMode.EUGRIDPMA_AND_GLOBUS,
                namespaces,
                signingPolicies);
    }

    /** Each certificate against the lists of the one after it; the last is trusted by itself. */
    private void checkRevocation(List<X509Certificate> path) throws Refusal {
        for (int i = 0; i + 1 < path.size(); i++) {
            X509Certificate certificate = path.get(i);
            X509Certificate authority = path.get(i + 1);
            if (!certificate.equals(authority)) {
                checkRevocation(certificate, authority);
            }
        }
    }

    private void checkRevocation(X509Certificate certificate, X509Certificate authority) throws Refusal {
        List<RevocationList> lists = files.revocationLists(authority.getSubjectX500Principal());
        if (lists.isEmpty()) {
            if (requireRevocationList.getAsBoolean()) {
                throw new Refusal("its CA has no revocation list here");
            }
            return;
        }
        Instant now = clock.instant();
        boolean checked = false;
        for (RevocationList list : lists) {
            if (!list.isSignedBy(authority)) {
                continue;
            }
            if (list.revokes(certificate)) { // an old list is wrong only in what it leaves out
                throw new Refusal("it is revoked");
            }
            checked |= list.isComplete() && !list.isOver(now) && !list.isToCome(now);
        }
        if (!checked) {
            throw new Refusal("the revocation list of its CA is out of date, or not that CA's");
        }
    }

    /** Anchors are chosen for each chain. */
    private static final class NoAnchors extends AbstractTrustAnchorStore {

        NoAnchors(ObserversHandler observers) {
            super(0, observers);
        }

        @Override
        public Set<TrustAnchor> getTrustAnchors() {
            return Set.of();
        }

        @Override
        public X509Certificate[] getTrustedCertificates() {
            return new X509Certificate[0];
        }

        @Override
        public void dispose() {}
    }

    private static AbstractCRLStoreSPI noLists(ObserversHandler observers) {
        try {
            return new NoLists(observers);
        } catch (InvalidAlgorithmParameterException impossible) {
            throw new IllegalStateException("The parameters of an empty store are always good", impossible);
        }
    }

    /** Revocation is checked by us. */
    private static final class NoLists extends AbstractCRLStoreSPI {

        NoLists(ObserversHandler observers) throws InvalidAlgorithmParameterException {
            super(new CRLParameters(), observers);
        }

        @Override
        protected Collection<X509CRL> getCRLForIssuer(X500Principal issuer) {
            return List.of();
        }

        @Override
        protected Collection<X509CRL> getCRLWithMatcher(CRLSelector selector) {
            return List.of();
        }

        @Override
        public void setUpdateInterval(long interval) {}

        @Override
        public void dispose() {}
    }
}
