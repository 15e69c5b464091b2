/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.ban.boundary;

import static org.diracee.wms.log.boundary.WmsLog.LOG;

import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.registry.boundary.ManagedSites;
import org.diracee.framework.resources.boundary.Resources;
import org.diracee.framework.resources.boundary.Site;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.paging.Page;
import org.diracee.kernel.paging.PageRequest;
import org.diracee.kernel.value.SiteName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.ban.entity.BanRepository;

/**
 * Keeps new jobs and pilots from sites and computing elements, and lets them there again. Who runs a VO bans for its jobs, an
 * administrator of the installation also for those of all, and so does an administrator of a site there. What runs there goes on; whoever is not trusted is suspended instead.
 *
 * @see "WMS reference 15"
 */
@Stateless
public class Bans {

    private static final int LONGEST_REASON = 1000;

    private BanRepository repository;
    private ConfigurationService configuration;
    private ManagedSites sites;
    private Event<BansChanged> changed;
    private Clock clock;

    protected Bans() {} // for the container's proxy

    @Inject
    public Bans(
            BanRepository repository,
            ConfigurationService configuration,
            ManagedSites sites,
            Event<BansChanged> changed,
            Clock clock) {
        this.repository = repository;
        this.configuration = configuration;
        this.sites = sites;
        this.changed = changed;
        this.clock = clock;
    }

    /** The bans in force that concern the caller's VO; all of them for an administrator of the installation. */
    @Requires({
        Property.NORMAL_USER,
        Property.JOB_ADMINISTRATOR,
        Property.JOB_MONITOR,
        Property.OPERATOR,
        Property.SITE_MANAGER,
        Property.SERVICE_ADMINISTRATOR
    })
    public List<Ban> inForce(Caller caller) {
        Caller.User user = user(caller);
        Instant now = clock.instant();
        return repository.unlifted().stream()
                .filter(ban -> ban.isInForce(now) && isVisible(user, ban))
                .toList();
    }

    /**
     * All bans of one site or computing element that concern the caller's VO, the newest first.
     *
     * @param page its cursor is the id of the last ban of the page before
     */
    @Requires({
        Property.NORMAL_USER,
        Property.JOB_ADMINISTRATOR,
        Property.JOB_MONITOR,
        Property.OPERATOR,
        Property.SITE_MANAGER,
        Property.SERVICE_ADMINISTRATOR
    })
    public Page<Ban> history(Caller caller, BanTarget target, PageRequest page) {
        Caller.User user = user(caller);
        long before = page.cursor().map(Bans::id).orElse(Long.MAX_VALUE);
        List<Ban> found = repository.history(
                target,
                user.has(Property.SERVICE_ADMINISTRATOR) || isManaged(user, target)
                        ? Optional.empty()
                        : Optional.of(user.vo()),
                before,
                page.limit() + 1);
        if (found.size() <= page.limit()) {
            return new Page<>(found, Optional.empty());
        }
        List<Ban> items = found.subList(0, page.limit());
        return new Page<>(
                items, Optional.of(Long.toString(items.get(items.size() - 1).id())));
    }

    private static long id(String cursor) {
        try {
            return Long.parseLong(cursor);
        } catch (NumberFormatException noNumber) {
            throw new InvalidRequest("cursor: '" + cursor + "' is none that an answer had as its next");
        }
    }

    /**
     * Bans a site or computing element, on every node within seconds. A repeat changes nothing; with another reason or end it takes the
     * place of the ban before.
     *
     * @param everyVo for the jobs of all VOs rather than for those of the caller's
     * @param until when it ends by itself
     * @throws Forbidden if it is for all VOs and the caller is no administrator of the installation nor of that site, or if an
     *     administrator of a site names something else or would change a ban that is not one of a site's administrators
     */
    @Requires(
            value = {Property.OPERATOR, Property.SITE_MANAGER, Property.SERVICE_ADMINISTRATOR},
            unlimited = true)
    public Ban ban(Caller caller, BanTarget target, boolean everyVo, String reason, Optional<Instant> until) {
        Caller.User user = user(caller);
        requireReason(reason);
        boolean bySite = isOnlyOfSite(user);
        if (bySite) {
            requireManaged(user, target);
        }
        Instant now = clock.instant();
        until.filter(time -> !time.isAfter(now)).ifPresent(time -> {
            throw new InvalidRequest("until: " + time + " is over; a time to come is allowed, or none");
        });
        if (everyVo && !bySite) {
            requireAdministrator(user, "To ban for all VOs");
        }
        Optional<VoName> vo = everyVo ? Optional.empty() : Optional.of(user.vo());
        repository.guard(target, vo);
        Optional<Ban> before = repository.unlifted(target, vo);
        if (before.filter(ban -> ban.isInForce(now)
                        && ban.reason().equals(reason)
                        && ban.until().equals(until))
                .isPresent()) {
            return before.get();
        }
        before.filter(ban -> bySite && !ban.bySite() && ban.isInForce(now)).ifPresent(ban -> {
            throw new Forbidden("The ban " + ban.id() + " of " + target.text() + " is by " + ban.author()
                    + ", who runs a VO or the installation: an administrator of the site cannot change it");
        });
        before.ifPresent(ban -> repository.end(
                ban.id(),
                ban.isInForce(now)
                        ? new Ban.End(now, user.username().text(), "another ban took its place")
                        : new Ban.End(ban.until().orElse(now), "", "its time was over")));
        Ban made = repository.add(target, vo, reason, user.username().text(), bySite, now, until);
        LOG.banned(target.text(), text(vo), caller.identity(), reason);
        changed.fire(new BansChanged());
        return made;
    }

    /** What to tell who bans something that the configuration does not know: it counts, but the name may be misspelled. */
    @OpenAccess("asked by who has just banned it")
    public Optional<String> warning(BanTarget target) {
        Resources resources = new Resources(configuration.current());
        boolean known =
                switch (target.kind()) {
                    case SITE -> resources.sitePaths().containsValue(target.name());
                    case COMPUTING_ELEMENT ->
                        resources.sites().stream()
                                .flatMap(site -> site.computingElements().stream())
                                .anyMatch(element -> element.name().equalsIgnoreCase(target.name()));
                };
        return known
                ? Optional.empty()
                : Optional.of("Under Resources/Sites there is no "
                        + target.kind().words() + " " + target.name() + ": is the name right?");
    }

    /**
     * Ends a ban.
     *
     * @throws BanNotFound if none of this number is in force that concerns the caller
     * @throws Forbidden if it is for all VOs and the caller is no administrator of the installation
     */
    @Requires(
            value = {Property.OPERATOR, Property.SITE_MANAGER, Property.SERVICE_ADMINISTRATOR},
            unlimited = true)
    public void allow(Caller caller, long id, String reason) {
        Caller.User user = user(caller);
        requireReason(reason);
        Instant now = clock.instant();
        Ban ban = repository
                .find(id)
                .filter(found -> found.isInForce(now) && isVisible(user, found))
                .orElseThrow(() -> new BanNotFound(id));
        if (isOnlyOfSite(user)) {
            requireManaged(user, ban.target());
            if (!ban.bySite()) {
                throw new Forbidden("The ban " + id + " is by " + ban.author()
                        + ", who runs a VO or the installation: an administrator of the site cannot end it");
            }
        } else if (ban.vo().isEmpty()) {
            requireAdministrator(user, "To end a ban for all VOs");
        }
        repository.end(id, new Ban.End(now, user.username().text(), reason));
        LOG.allowed(ban.target().text(), text(ban.vo()), caller.identity(), reason);
        changed.fire(new BansChanged());
    }

    private boolean isVisible(Caller.User user, Ban ban) {
        return user.has(Property.SERVICE_ADMINISTRATOR) || ban.concerns(user.vo()) || isManaged(user, ban.target());
    }

    /** Whether the user bans for no VO, but for a site that he administers. */
    private static boolean isOnlyOfSite(Caller.User user) {
        return !user.has(Property.OPERATOR) && !user.has(Property.SERVICE_ADMINISTRATOR);
    }

    private void requireManaged(Caller.User user, BanTarget target) {
        if (!isManaged(user, target)) {
            throw new Forbidden("Of the sites, the group " + user.group() + " administers "
                    + (sites.of(user).isEmpty() ? "none" : "only " + text(sites.of(user)))
                    + ": the option Sites of the group names them");
        }
    }

    private static String text(Set<SiteName> sites) {
        return sites.stream().map(SiteName::text).sorted().collect(Collectors.joining(", "));
    }

    /** A computing element is managed by who administers every site that has one of its name. */
    private boolean isManaged(Caller.User user, BanTarget target) {
        Set<SiteName> managed = sites.of(user);
        if (target.kind() == BannedKind.SITE) {
            return managed.contains(new SiteName(target.name()));
        }
        List<SiteName> homes = new Resources(configuration.current())
                .sites().stream()
                        .filter(site -> site.computingElements().stream()
                                .anyMatch(element -> element.name().equalsIgnoreCase(target.name())))
                        .map(Site::name)
                        .toList();
        return !homes.isEmpty() && managed.containsAll(homes);
    }

    private static Caller.User user(Caller caller) {
        if (caller instanceof Caller.User user) {
            return user;
        }
        throw new Forbidden();
    }

    private static void requireAdministrator(Caller.User user, String what) {
        if (!user.has(Property.SERVICE_ADMINISTRATOR)) {
            throw new Forbidden(what + " needs the property ServiceAdministrator");
        }
    }

    private static void requireReason(String reason) {
        if (reason.isBlank() || reason.length() > LONGEST_REASON || reason.indexOf('\0') >= 0) {
            throw new InvalidRequest("reason: 1 to " + LONGEST_REASON + " characters that say why");
        }
    }

    private static String text(Optional<VoName> vo) {
        return vo.map(name -> "the VO " + name).orElse("all VOs");
    }
}
