/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.proxy.boundary;

import static org.diracee.framework.log.boundary.FrameworkLog.LOG;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.diracee.framework.audit.boundary.AuditAct;
import org.diracee.framework.audit.boundary.AuditedAct;
import org.diracee.framework.audit.boundary.SecurityAudit;
import org.diracee.framework.proxy.control.ExpiryWarnings;
import org.diracee.framework.proxy.entity.ProxyRequestRecord;
import org.diracee.framework.proxy.entity.ProxyRequestRepository;
import org.diracee.framework.proxy.entity.StoredProxy;
import org.diracee.framework.proxy.entity.StoredProxyRepository;
import org.diracee.framework.registry.boundary.RegisteredUser;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.framework.sealing.boundary.Sealing;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.proxy.ProxyChain;
import org.diracee.kernel.proxy.ProxyCredential;
import org.diracee.kernel.proxy.ProxyKey;
import org.diracee.kernel.value.Dn;
import org.diracee.kernel.value.VoName;

/** The short transactions around proxies: keys are made and signatures checked while none is open. Everything is sealed here. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class ProxyRecords {

    private static final String INTERNAL = "used by the services of proxies, which check their callers";
    private static final int MOST_REQUESTS = 10;

    private ProxyRequestRepository requests;
    private StoredProxyRepository proxies;
    private Sealing sealing;
    private SecurityAudit audit;
    private Registry registry;
    private Clock clock;

    protected ProxyRecords() {} // for the container's proxy

    @Inject
    public ProxyRecords(
            ProxyRequestRepository requests,
            StoredProxyRepository proxies,
            Sealing sealing,
            SecurityAudit audit,
            Registry registry,
            Clock clock) {
        this.requests = requests;
        this.proxies = proxies;
        this.sealing = sealing;
        this.audit = audit;
        this.registry = registry;
        this.clock = clock;
    }

    /** @throws InvalidRequest if the user has begun so many uploads that this would be too many */
    @OpenAccess(INTERNAL)
    public void requireRoom(Caller.User user) {
        long open = requests.open(user.vo().text(), user.subject(), clock.instant());
        if (open >= MOST_REQUESTS) {
            throw new InvalidRequest(
                    ErrorCode.TOO_MANY_ITEMS,
                    "You have begun " + open + " uploads of proxies: allowed are " + MOST_REQUESTS
                            + " at a time; finish one, or wait some minutes");
        }
    }

    /** @throws InvalidRequest if the user has begun so many uploads meanwhile that this would be too many */
    @OpenAccess(INTERNAL)
    public void add(Caller.User user, UUID id, ProxyKey key, Instant expires) {
        requests.takeTurns(user.vo().text(), user.subject());
        requireRoom(user);
        requests.add(new ProxyRequestRecord(
                id, user.vo().text(), user.subject(), sealing.seal(key.pem(), requestPlace(id)), expires));
    }

    /** The key that waits for the user's chain. */
    @OpenAccess(INTERNAL)
    public Optional<ProxyKey> key(Caller.User user, UUID id) {
        return requests.find(id)
                .filter(openFor(user))
                .map(request -> ProxyKey.read(sealing.open(request.sealedKey(), requestPlace(id))));
    }

    /**
     * Ends the upload and stores the proxy, unless the one that is there ends no earlier. Of several that bring a chain for the
     * same request one succeeds.
     *
     * @return empty if the request is over
     */
    @OpenAccess(INTERNAL)
    public Optional<UploadedProxy> complete(Caller.User user, UUID id, String dn, ProxyCredential credential) {
        Optional<ProxyRequestRecord> request = requests.lock(id).filter(openFor(user));
        if (request.isEmpty()) {
            return Optional.empty();
        }
        requests.remove(request.get());
        Instant expires = credential.chain().expires();
        boolean stored = proxies.storeUnlessShorter(new StoredProxy(
                UUID.randomUUID(),
                user.vo().text(),
                dn,
                user.subject(),
                sealing.seal(credential.pem(), proxyPlace(user.vo().text(), dn)),
                clock.instant(),
                expires));
        if (stored) {
            audit.record(user, AuditAct.PROXY_UPLOAD, dn, "until " + expires);
            LOG.proxyStored(dn, user.vo(), expires.toString());
            return Optional.of(new UploadedProxy(dn, true, expires));
        }
        audit.record(user, AuditAct.PROXY_UPLOAD, dn, "not stored: the one that is there ends no earlier");
        Instant kept = usable(user.vo(), user.subject()).stream()
                .filter(proxy -> proxy.dn().equals(dn))
                .map(StoredProxy::expires)
                .findFirst()
                .orElse(expires);
        return Optional.of(new UploadedProxy(dn, false, kept));
    }

    /** What was answered when this very chain of the user's was stored, if it is there. */
    @OpenAccess(INTERNAL)
    public Optional<UploadedProxy> stored(Caller.User user, ProxyChain chain) {
        return usable(user.vo(), user.subject()).stream()
                .filter(proxy -> opened(proxy).chain().pem().equals(chain.pem()))
                .findFirst()
                .map(proxy -> new UploadedProxy(proxy.dn(), true, proxy.expires()));
    }

    /** The user's proxies, the longest first. */
    @OpenAccess(INTERNAL)
    public List<ProxyView> ofUser(VoName vo, String subject, ExpiryWarnings warnings) {
        return usable(vo, subject).stream().map(proxy -> view(proxy, warnings)).toList();
    }

    /** The proxies of all users of the VO. */
    @OpenAccess(INTERNAL)
    public List<ProxyView> ofVo(VoName vo, ExpiryWarnings warnings) {
        return proxies.usable(vo.text(), clock.instant()).stream()
                .map(proxy -> view(proxy, warnings))
                .toList();
    }

    /**
     * Deletes the proxy if the test holds.
     *
     * @return whether it did and the proxy was there
     */
    @OpenAccess(INTERNAL)
    public boolean delete(Caller caller, UUID id, Predicate<ProxyView> allowed) {
        Optional<ProxyView> found = proxies.find(id).map(proxy -> view(proxy, new ExpiryWarnings(List.of())));
        if (found.isEmpty() || !allowed.test(found.get()) || !proxies.delete(id)) {
            return false;
        }
        audit.record(
                caller,
                AuditAct.PROXY_DELETION,
                found.get().dn(),
                "of " + found.get().user());
        LOG.proxyDeleted(found.get().dn(), found.get().vo(), caller.identity());
        return true;
    }

    /** The user's proxy that ends last, of this certificate if one is named; it can sign others. */
    @OpenAccess(INTERNAL)
    public Optional<SigningProxy> signing(VoName vo, RegisteredUser user, Optional<Dn> dn) {
        List<Dn> registered = user.names();
        return usable(vo, user.subject()).stream()
                .filter(proxy -> registered.contains(new Dn(proxy.dn())))
                .filter(proxy -> dn.isEmpty() || dn.get().equals(new Dn(proxy.dn())))
                .findFirst()
                .map(proxy -> new SigningProxy(proxy.id(), new Dn(proxy.dn()), opened(proxy)));
    }

    /** Notes in the audit log what is done with a stored proxy; only then it may be. */
    @OpenAccess(INTERNAL)
    public void used(AuditedAct act) {
        audit.record(act);
    }

    /** Warns of the proxies that end soon, each once for each of the days; tells how many. */
    @OpenAccess("called by the agent")
    public int warn(ExpiryWarnings warnings) {
        Instant now = clock.instant();
        int warned = 0;
        for (StoredProxy proxy : proxies.ending(now, now.plus(warnings.longest()))) {
            int reached = warnings.reached(proxy.stored(), proxy.expires(), now).orElse(0);
            if (reached > 0 && reached != proxy.warned()) {
                proxy.warn(reached);
                VoName vo = new VoName(proxy.vo());
                LOG.proxyEnds(
                        proxy.dn(),
                        vo,
                        username(vo, proxy.subject()),
                        Math.toIntExact(Duration.between(now, proxy.expires()).toDays()),
                        proxy.expires().toString());
                warned++;
            }
        }
        return warned;
    }

    /** Deletes at most this many requests that nobody completed; tells how many. */
    @OpenAccess("deletes only what counts no more")
    public int forgetRequests(int limit) {
        return requests.deleteExpiredBefore(clock.instant(), limit);
    }

    /** Deletes at most this many proxies that are over; tells how many. */
    @OpenAccess("deletes only what counts no more")
    public int forgetProxies(int limit) {
        return proxies.deleteExpiredBefore(clock.instant(), limit);
    }

    private ProxyCredential opened(StoredProxy proxy) {
        return ProxyCredential.read(sealing.open(proxy.sealed(), proxyPlace(proxy.vo(), proxy.dn())));
    }

    private Predicate<ProxyRequestRecord> openFor(Caller.User user) {
        return request -> request.isOpenFor(user.vo().text(), user.subject(), clock.instant());
    }

    private List<StoredProxy> usable(VoName vo, String subject) {
        return proxies.usable(vo.text(), subject, clock.instant());
    }

    private ProxyView view(StoredProxy proxy, ExpiryWarnings warnings) {
        VoName vo = new VoName(proxy.vo());
        Instant now = clock.instant();
        Optional<String> warning =
                warnings.reached(proxy.stored(), proxy.expires(), now).isPresent()
                        ? Optional.of("ends in "
                                + Duration.between(now, proxy.expires()).toDays() + " days; upload a new one")
                        : Optional.empty();
        return new ProxyView(
                proxy.id(),
                vo,
                username(vo, proxy.subject()),
                proxy.subject(),
                proxy.dn(),
                proxy.stored(),
                proxy.expires(),
                warning);
    }

    private String username(VoName vo, String subject) {
        return registry.user(vo, subject).map(user -> user.username().text()).orElse(subject);
    }

    private static String requestPlace(UUID id) {
        return "proxy_request/" + id;
    }

    private static String proxyPlace(String vo, String dn) {
        return "stored_proxy/" + vo + dn;
    }
}
