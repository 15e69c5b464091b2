/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.login.boundary;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.diracee.framework.audit.boundary.AuditAct;
import org.diracee.framework.audit.boundary.AuditActor;
import org.diracee.framework.audit.boundary.AuditedAct;
import org.diracee.framework.audit.boundary.SecurityAudit;
import org.diracee.framework.certificate.boundary.CertificateAccess;
import org.diracee.framework.certificate.boundary.ChainVerification;
import org.diracee.framework.certificate.boundary.UntrustedChain;
import org.diracee.framework.certificate.boundary.VerifiedChain;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.framework.token.boundary.Scope;
import org.diracee.framework.token.boundary.TokenIssuer;
import org.diracee.framework.token.boundary.TokenPair;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.VoName;

/** Gives the holder of a certificate or proxy tokens, which then go where certificates do not. */
@Stateless
public class CertificateLogin {

    private ChainVerification verification;
    private CertificateAccess access;
    private Registry registry;
    private TokenIssuer issuer;
    private SecurityAudit audit;

    protected CertificateLogin() {} // for the container's proxy

    @Inject
    public CertificateLogin(
            ChainVerification verification,
            CertificateAccess access,
            Registry registry,
            TokenIssuer issuer,
            SecurityAudit audit) {
        this.verification = verification;
        this.access = access;
        this.registry = registry;
        this.issuer = issuer;
        this.audit = audit;
    }

    /**
     * The tokens of a session that ends, with all its tokens, when the first certificate of the chain does.
     *
     * @param chain as TLS has it: the client has the private key of the first
     * @param scope as for other log-ins; without a group: in that which the certificate acts in without tokens
     * @throws UntrustedChain if the chain does not count here or its holder is not registered
     * @throws Forbidden if it is a limited proxy, or the user may not act in this scope, or the proxy is made for another group, in another VO, or
     *     for fewer properties
     */
    @OpenAccess("the certificate authenticates its holder")
    public TokenPair tokens(List<X509Certificate> chain, String scope) {
        VerifiedChain verified = verified(chain);
        if (verified.limited()) {
            throw refused(verified, new Forbidden("A limited proxy gets no tokens"));
        }
        if (scope.isBlank()) {
            Caller.User user = access.caller(chain);
            return issuer.certificateTokens(
                    user.subject(),
                    new Scope(user.vo(), user.group(), Set.of()),
                    verified.expires(),
                    user.credential());
        }
        Scope asked = Scope.parse(scope, registry, vo -> Optional.of(access.group(verified, vo)));
        verified.group().ifPresent(group -> requireWithin(chain, verified, group, asked));
        return issuer.certificateTokens(
                access.holder(verified, asked.vo()).user().subject(),
                asked,
                verified.expires(),
                CertificateAccess.credential(verified));
    }

    /** A proxy made for one group names no VO: that in which it acts without tokens is meant. */
    private void requireWithin(List<X509Certificate> chain, VerifiedChain verified, GroupName group, Scope asked) {
        VoName vo = access.caller(chain).vo();
        if (!group.equals(asked.group()) || !vo.equals(asked.vo())) {
            throw refused(
                    verified,
                    new Forbidden("The proxy is made for the group " + group + " of the VO " + vo + " alone"));
        }
        if (!registry.properties(vo, group).containsAll(asked.extra())) {
            throw refused(
                    verified,
                    new Forbidden("The proxy is made for the group " + group
                            + " alone: it gives the properties of that group and no others"));
        }
    }

    private VerifiedChain verified(List<X509Certificate> chain) {
        try {
            return verification.verify(chain);
        } catch (UntrustedChain untrusted) {
            audit.refused(AuditedAct.refused(AuditAct.LOG_IN, AuditActor.UNKNOWN, "certificate", untrusted.detail()));
            throw untrusted;
        }
    }

    private Forbidden refused(VerifiedChain verified, Forbidden why) {
        audit.refused(AuditedAct.refused(
                AuditAct.LOG_IN,
                AuditActor.UNKNOWN.with(CertificateAccess.credential(verified)),
                "certificate",
                why.detail()));
        return why;
    }
}
