/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.proxy.boundary;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.diracee.framework.audit.boundary.AuditAct;
import org.diracee.framework.audit.boundary.SecurityAudit;
import org.diracee.framework.certificate.boundary.ChainVerification;
import org.diracee.framework.certificate.boundary.UntrustedChain;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.proxy.control.ProxySettings;
import org.diracee.framework.proxy.control.UploadRules;
import org.diracee.framework.registry.boundary.RegisteredUser;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.framework.suspension.boundary.SuspensionList;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.proxy.InvalidCertificate;
import org.diracee.kernel.proxy.ProxyChain;
import org.diracee.kernel.proxy.ProxyCredential;
import org.diracee.kernel.proxy.ProxyKey;
import org.diracee.kernel.value.Dn;

/**
 * Takes proxies that users entrust to the server, shows and deletes them. The server makes the key and the user signs it, so no
 * private key travels.
 *
 * @see "Framework reference 3"
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ProxyManager {

    /** A key costs tenths of a second of computing: whoever else needs the processors gets some. */
    private static final Semaphore AT_A_TIME =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

    private ProxyRecords records;
    private ChainVerification verification;
    private SecurityAudit audit;
    private Registry registry;
    private SuspensionList suspensions;
    private ConfigurationService configuration;
    private Clock clock;

    protected ProxyManager() {} // for the container's proxy

    @Inject
    public ProxyManager(
            ProxyRecords records,
            ChainVerification verification,
            SecurityAudit audit,
            Registry registry,
            SuspensionList suspensions,
            ConfigurationService configuration,
            Clock clock) {
        this.records = records;
        this.verification = verification;
        this.audit = audit;
        this.registry = registry;
        this.suspensions = suspensions;
        this.configuration = configuration;
        this.clock = clock;
    }

    /** Makes a key pair for a proxy of the caller. */
    @Requires(unlimited = true)
    public ProxyUpload beginUpload(Caller caller) {
        Caller.User user = user(caller);
        records.requireRoom(user);
        ProxyKey key = newKey();
        ProxyUpload upload = new ProxyUpload(
                UUID.randomUUID(),
                key.request().pem(),
                clock.instant().plus(settings().requestLifetime()));
        records.add(user, upload.id(), key, upload.expires());
        return upload;
    }

    /**
     * Stores the proxy that the caller signed for the key of an upload that it began, unless a longer one is there. If it is
     * refused, nothing has changed and another may be brought for the same key. Who brings the same again because the answer was
     * lost gets it again, as long as the proxy is there.
     *
     * @param chain in PEM, the proxy first
     * @throws ProxyNotFound if there is no such upload of the caller, or it is over
     * @throws ProxyRefused if the proxy is not clean, not for that key, not the caller's, or not to be trusted
     */
    @Requires(unlimited = true)
    public UploadedProxy completeUpload(Caller caller, UUID id, String chain) {
        Caller.User user = user(caller);
        Optional<ProxyKey> key = records.key(user, id);
        if (key.isEmpty()) {
            return answeredBefore(user, id, chain);
        }
        ProxyChain proxy = ProxyChain.read(chain);
        try {
            ProxyCredential credential = checked(key.get(), proxy);
            return records.complete(user, id, ownDn(user, proxy), credential)
                    .orElseGet(() -> answeredBefore(user, id, chain));
        } catch (ProxyRefused refused) {
            audit.refused(caller, AuditAct.PROXY_UPLOAD, proxy.dn(), refused.detail());
            throw refused;
        }
    }

    /** The caller's own proxies, the longest first; with ProxyManagement those of all users of the caller's VO. At most 10 000. */
    @Requires
    public List<ProxyView> list(Caller caller) {
        Caller.User user = user(caller);
        return user.has(Property.PROXY_MANAGEMENT)
                ? records.ofVo(user.vo(), settings().expiryWarnings())
                : records.ofUser(user.vo(), user.subject(), settings().expiryWarnings());
    }

    /**
     * Deletes a proxy of the caller; with ProxyManagement that of any user of the caller's VO.
     *
     * @throws ProxyNotFound if there is none of those with this id
     */
    @Requires
    public void delete(Caller caller, UUID id) {
        Caller.User user = user(caller);
        boolean deleted = records.delete(
                user,
                id,
                proxy -> proxy.vo().equals(user.vo())
                        && (proxy.subject().equals(user.subject()) || user.has(Property.PROXY_MANAGEMENT)));
        if (!deleted) {
            throw new ProxyNotFound("There is no proxy " + id + " that you may delete");
        }
    }

    private UploadedProxy answeredBefore(Caller.User user, UUID id, String chain) {
        try {
            return records.stored(user, ProxyChain.read(chain)).orElseThrow(() -> uploadOver(id));
        } catch (InvalidCertificate nothingOfThatKindIsStored) {
            throw uploadOver(id);
        }
    }

    private ProxyCredential checked(ProxyKey key, ProxyChain chain) {
        Instant now = clock.instant();
        Optional<String> refusal = UploadRules.refusal(chain, now, settings().leastLifetime());
        if (refusal.isPresent()) {
            throw new ProxyRefused(refusal.get());
        }
        try {
            return key.with(chain);
        } catch (InvalidCertificate forAnotherKey) {
            throw new ProxyRefused("it is not for the key of this upload");
        }
    }

    /** Whose it is; trusted only if every signature up to a CA holds. */
    private String ownDn(Caller.User user, ProxyChain chain) {
        Dn dn;
        try {
            dn = verification.verify(chain.x509()).dn();
        } catch (UntrustedChain untrusted) {
            throw new ProxyRefused(untrusted.detail());
        }
        List<Dn> own = registry.user(user.vo(), user.subject())
                .map(RegisteredUser::names)
                .orElse(List.of());
        if (!own.contains(dn)) {
            throw new ProxyRefused(
                    "'" + dn + "' is none of the names that the VO " + user.vo() + " has registered for you: "
                            + (own.isEmpty()
                                    ? "there are none"
                                    : own.stream().map(Dn::text).collect(Collectors.joining(", "))));
        }
        suspensions.requireCertificate(dn);
        return dn.text();
    }

    private static ProxyKey newKey() {
        AT_A_TIME.acquireUninterruptibly();
        try {
            return ProxyKey.generate();
        } finally {
            AT_A_TIME.release();
        }
    }

    private ProxySettings settings() {
        return new ProxySettings(configuration.current());
    }

    private static ProxyNotFound uploadOver(UUID id) {
        return new ProxyNotFound("There is no upload " + id + " of yours, or it is over: begin a new one");
    }

    private static Caller.User user(Caller caller) {
        if (caller instanceof Caller.User user) {
            return user;
        }
        throw new Forbidden();
    }
}
