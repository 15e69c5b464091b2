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
import java.util.Optional;
import org.diracee.framework.audit.boundary.AuditAct;
import org.diracee.framework.audit.boundary.AuditActor;
import org.diracee.framework.audit.boundary.AuditedAct;
import org.diracee.framework.audit.boundary.SecurityAudit;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.proxy.control.DeliveryRules;
import org.diracee.framework.proxy.control.ProxySettings;
import org.diracee.framework.registry.boundary.RegisteredGroup;
import org.diracee.framework.registry.boundary.RegisteredUser;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.proxy.ProxyChain;
import org.diracee.kernel.proxy.ProxyCredential;
import org.diracee.kernel.proxy.ProxyRequest;
import org.diracee.kernel.proxy.ProxyTerms;
import org.diracee.kernel.proxy.VomsCertificate;
import org.diracee.kernel.value.Dn;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;

/**
 * Hands out proxies that are made of the stored ones, for keys that their holders made.
 *
 * @see "Framework reference 3.2"
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ProxyDelivery {

    private ProxyRecords records;
    private TrustedProxies proxies;
    private VomsProxies voms;
    private SecurityAudit audit;
    private Registry registry;
    private ConfigurationService configuration;
    private Clock clock;

    protected ProxyDelivery() {} // for the container's proxy

    @Inject
    public ProxyDelivery(
            ProxyRecords records,
            TrustedProxies proxies,
            VomsProxies voms,
            SecurityAudit audit,
            Registry registry,
            ConfigurationService configuration,
            Clock clock) {
        this.records = records;
        this.proxies = proxies;
        this.voms = voms;
        this.audit = audit;
        this.registry = registry;
        this.configuration = configuration;
        this.clock = clock;
    }

    /**
     * Signs a proxy of a user of the caller's VO for the caller's key.
     *
     * @throws Forbidden if the caller may not have it
     * @throws org.diracee.framework.suspension.boundary.Suspended if the user is, or the certificate
     * @throws ProxyNotFound if the user has none stored, or none that is still to be trusted
     * @throws VomsFailed if it is to have VOMS attributes, no server of the VO gives them, and none has before
     * @throws InvalidRequest if it would end before the time that is asked for, or the user is not in the group
     */
    @Requires(
            value = {Property.FULL_DELEGATION, Property.LIMITED_DELEGATION, Property.PRIVATE_LIMITED_DELEGATION},
            unlimited = true)
    public DeliveredProxy deliver(Caller caller, ProxyOrder order) {
        if (!(caller instanceof Caller.User user)) {
            throw new Forbidden();
        }
        try {
            return deliver(user, order);
        } catch (Forbidden forbidden) {
            audit.refused(
                    caller,
                    AuditAct.PROXY_DOWNLOAD,
                    order.user().orElse(user.username()).text(),
                    forbidden.detail());
            throw forbidden;
        }
    }

    /**
     * A proxy with its own key for what the server does for a user, such as sending pilots; full.
     *
     * @throws ProxyNotFound if the user has none stored, or none that is good for so long
     */
    @Requires(callers = CallerKind.SYSTEM)
    public ProxyCredential forPilot(Caller caller, VoName vo, UserName user, GroupName group, Duration lifetime) {
        return inHouse(caller, vo, user, group, lifetime, false);
    }

    /**
     * A proxy with its own key for what a job of the user does; limited, so that it starts no further jobs.
     *
     * @throws ProxyNotFound if the user has none stored, or none that is good for so long
     */
    @Requires(callers = CallerKind.SYSTEM)
    public ProxyCredential forJob(Caller caller, VoName vo, UserName owner, GroupName group, Duration lifetime) {
        return inHouse(caller, vo, owner, group, lifetime, true);
    }

    private DeliveredProxy deliver(Caller.User caller, ProxyOrder order) {
        UserName whose = order.user().orElse(caller.username());
        boolean own = registry.user(caller.vo(), whose)
                .filter(user -> user.subject().equals(caller.subject()))
                .isPresent();
        GroupName group = order.group().orElse(caller.group());
        boolean limited = DeliveryRules.limited(
                caller,
                new DeliveryRules.Wish(
                        own,
                        registry.properties(caller.vo(), group).contains(Property.PRIVATE_LIMITED_DELEGATION),
                        settings().downloadable(caller.vo(), group),
                        order.limited()));
        ProxyRequest request = ProxyRequest.read(order.request());
        SigningProxy stored = stored(caller.vo(), whose, group, order.dn());
        Duration lifetime = lifetime(stored, order.lifetime());
        Optional<VomsCertificate> attributes =
                order.voms() ? Optional.of(voms.attributes(caller.vo(), group, lifetime, stored)) : Optional.empty();
        Instant now = clock.instant();
        ProxyChain chain = stored.credential()
                .sign(
                        request,
                        ProxyTerms.full(now, now.plus(lifetime))
                                .limitedIf(limited)
                                .in(group)
                                .with(attributes));
        note(AuditActor.of(caller), caller.vo(), caller.identity(), stored.dn(), chain, group);
        return new DeliveredProxy(
                chain.pem(),
                chain.dn(),
                group,
                chain.isLimited(),
                chain.unverifiedFqans(),
                chain.expires(),
                attributes.map(VomsCertificate::expires));
    }

    private ProxyCredential inHouse(
            Caller caller, VoName vo, UserName user, GroupName group, Duration lifetime, boolean limited) {
        SigningProxy stored = stored(vo, user, group, Optional.empty());
        Instant now = clock.instant();
        if (stored.expires().isBefore(now.plus(lifetime))) {
            throw new ProxyNotFound("The stored proxy of " + user + " in the VO " + vo + " ends at " + stored.expires()
                    + ": too early");
        }
        ProxyCredential made = stored.credential()
                .proxy(ProxyTerms.full(now, now.plus(lifetime))
                        .limitedIf(limited)
                        .in(group));
        AuditActor actor = AuditActor.of(caller);
        note(
                new AuditActor(actor.identity(), "", "", vo.text(), actor.credential()),
                vo,
                caller.identity(),
                stored.dn(),
                made.chain(),
                group);
        return made;
    }

    private SigningProxy stored(VoName vo, UserName whose, GroupName group, Optional<Dn> dn) {
        RegisteredUser user = registry.user(vo, whose)
                .orElseThrow(() -> new ProxyNotFound("There is no stored proxy of " + whose + " in the VO " + vo));
        if (!registry.group(vo, group).map(found -> isMember(found, user)).orElse(false)) {
            throw new InvalidRequest(whose + " is not in the group " + group + " of the VO " + vo);
        }
        return proxies.of(vo, user, dn);
    }

    private static boolean isMember(RegisteredGroup group, RegisteredUser user) {
        return group.has(user.subject());
    }

    private Duration lifetime(SigningProxy stored, Optional<Duration> asked) {
        Duration left = Duration.between(clock.instant(), stored.expires());
        if (asked.isPresent() && asked.get().compareTo(left) > 0) {
            throw new InvalidRequest("A proxy for " + asked.get().toSeconds()
                    + " s cannot be made: the stored one ends in " + left.toSeconds() + " s");
        }
        Duration wanted = asked.orElseGet(() -> settings().deliveredLifetime());
        return wanted.compareTo(left) < 0 ? wanted : left;
    }

    /** What is not noted is not handed out. */
    private void note(AuditActor actor, VoName vo, String to, Dn dn, ProxyChain chain, GroupName group) {
        String kind = chain.isLimited() ? "limited" : "full";
        records.used(AuditedAct.done(
                AuditAct.PROXY_DOWNLOAD,
                actor,
                dn.text(),
                kind + ", group " + group
                        + (chain.hasVomsAttributes() ? ", VOMS " + String.join(" ", chain.unverifiedFqans()) : "")
                        + ", until " + chain.expires() + ", "
                        + chain.leaf().dn()));
        LOG.proxyDelivered(
                kind, dn.text(), group.text(), vo, to, chain.expires().toString());
    }

    private ProxySettings settings() {
        return new ProxySettings(configuration.current());
    }
}
