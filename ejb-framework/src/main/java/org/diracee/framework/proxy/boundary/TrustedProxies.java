/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.proxy.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.diracee.framework.certificate.boundary.ChainVerification;
import org.diracee.framework.certificate.boundary.UntrustedChain;
import org.diracee.framework.registry.boundary.RegisteredUser;
import org.diracee.framework.suspension.boundary.Suspended;
import org.diracee.framework.suspension.boundary.SuspensionList;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.value.Dn;
import org.diracee.kernel.value.VoName;

/** The stored proxies by which the server may still act for their users: what was good when they were stored may have changed. */
@ApplicationScoped
public class TrustedProxies {

    private ProxyRecords records;
    private ChainVerification verification;
    private SuspensionList suspensions;

    protected TrustedProxies() {} // for the container's proxy

    @Inject
    public TrustedProxies(ProxyRecords records, ChainVerification verification, SuspensionList suspensions) {
        this.records = records;
        this.verification = verification;
        this.suspensions = suspensions;
    }

    /**
     * The user's proxy that ends last, of this certificate if one is named.
     *
     * @throws Suspended if the user is, or the certificate
     * @throws ProxyNotFound if there is none, the certificate was revoked, or its CA taken out
     */
    @OpenAccess("used by the delivery and the renewal of proxies, which check their callers")
    public SigningProxy of(VoName vo, RegisteredUser user, Optional<Dn> dn) {
        suspensions.requireUser(vo, user.subject(), user.username());
        SigningProxy stored = Optional.of(user)
                .filter(registered -> !registered.suspended())
                .flatMap(registered -> records.signing(vo, registered, dn))
                .orElseThrow(() -> new ProxyNotFound("There is no stored proxy of " + user.username() + " in the VO "
                        + vo + dn.map(name -> " for " + name).orElse("")));
        suspensions.requireCertificate(stored.dn());
        try {
            verification.verify(stored.credential().chain().x509());
        } catch (UntrustedChain untrusted) {
            throw new ProxyNotFound("The stored proxy of " + user.username() + " in the VO " + vo
                    + " is not handed out. " + untrusted.detail() + "; delete it and upload one that does");
        }
        return stored;
    }
}
