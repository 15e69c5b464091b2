/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.elytron;

import java.security.Principal;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wildfly.security.auth.SupportLevel;
import org.wildfly.security.auth.server.RealmIdentity;
import org.wildfly.security.auth.server.SecurityRealm;
import org.wildfly.security.authz.AuthorizationIdentity;
import org.wildfly.security.credential.Credential;
import org.wildfly.security.evidence.Evidence;

/** Believes the mechanism, and nobody else: knows no identity by name and no password. */
public class DiracRealm implements SecurityRealm {

    /** Called by the server, which finds the class by its name. */
    public DiracRealm() {}

    /** Called by the server when it makes a custom realm; there is nothing to configure. */
    public void initialize(Map<String, String> configuration) {}

    @Override
    public RealmIdentity getRealmIdentity(Principal principal) {
        return RealmIdentity.NON_EXISTENT;
    }

    @Override
    public RealmIdentity getRealmIdentity(Evidence evidence) {
        return evidence instanceof VerifiedEvidence verified
                ? new Sender(verified.sender())
                : RealmIdentity.NON_EXISTENT;
    }

    @Override
    public SupportLevel getCredentialAcquireSupport(
            Class<? extends Credential> type, @Nullable String algorithm, @Nullable AlgorithmParameterSpec parameters) {
        return SupportLevel.UNSUPPORTED;
    }

    @Override
    public SupportLevel getEvidenceVerifySupport(Class<? extends Evidence> type, @Nullable String algorithm) {
        return type == VerifiedEvidence.class ? SupportLevel.SUPPORTED : SupportLevel.UNSUPPORTED;
    }

    private record Sender(Principal principal) implements RealmIdentity {

        @Override
        public Principal getRealmIdentityPrincipal() {
            return principal;
        }

        @Override
        public SupportLevel getCredentialAcquireSupport(
                Class<? extends Credential> type,
                @Nullable String algorithm,
                @Nullable AlgorithmParameterSpec parameters) {
            return SupportLevel.UNSUPPORTED;
        }

        @Override
        public <C extends Credential> @Nullable C getCredential(Class<C> type) {
            return null;
        }

        @Override
        public SupportLevel getEvidenceVerifySupport(Class<? extends Evidence> type, @Nullable String algorithm) {
            return type == VerifiedEvidence.class ? SupportLevel.SUPPORTED : SupportLevel.UNSUPPORTED;
        }

        @Override
        public boolean verifyEvidence(Evidence evidence) {
            return evidence instanceof VerifiedEvidence verified && verified.sender() == principal;
        }

        @Override
        public boolean exists() {
            return true;
        }

        @Override
        public AuthorizationIdentity getAuthorizationIdentity() {
            return AuthorizationIdentity.EMPTY; // rights are the application's business, not the server's roles
        }
    }
}
