/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.suspension.boundary;

import static org.diracee.framework.log.boundary.FrameworkLog.LOG;

import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.diracee.framework.administration.boundary.Oversight;
import org.diracee.framework.audit.boundary.AuditAct;
import org.diracee.framework.audit.boundary.AuditActor;
import org.diracee.framework.audit.boundary.AuditedAct;
import org.diracee.framework.audit.boundary.SecurityAudit;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.registry.boundary.RegisteredUser;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.framework.resources.boundary.Resources;
import org.diracee.framework.suspension.entity.SuspensionRepository;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.Dn;
import org.diracee.kernel.value.InvalidValue;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;

/**
 * Shuts out users, certificates, VOs, sites and pilots, and lets them in again. Who watches over a VO suspends the VO's users and pilots
 * that have no rights beyond it; VOs and certificates are for administrators of the installation, sites for operators as well.
 */
@Stateless
public class Suspensions {

    private static final int LONGEST_REASON = 1000;

    /**
     * Members of a VO with one of these are not for the VO's administrators to shut out. Fewer than those that they cannot give:
     * they may well stop what holds proxies or manages sites.
     */
    private static final Set<Property> RUNNING_THE_INSTALLATION = EnumSet.of(
            Property.CS_ADMINISTRATOR, Property.SERVICE_ADMINISTRATOR, Property.TRUSTED_HOST, Property.OPERATOR);

    private SuspensionRepository repository;
    private Registry registry;
    private SuspensionList list;
    private ConfigurationService configuration;
    private SecurityAudit audit;
    private Event<SuspensionsChanged> changed;
    private Clock clock;

    protected Suspensions() {} // for the container's proxy

    @Inject
    public Suspensions(
            SuspensionRepository repository,
            Registry registry,
            SuspensionList list,
            ConfigurationService configuration,
            SecurityAudit audit,
            Event<SuspensionsChanged> changed,
            Clock clock) {
        this.repository = repository;
        this.registry = registry;
        this.list = list;
        this.configuration = configuration;
        this.audit = audit;
        this.changed = changed;
        this.clock = clock;
    }

    /** The suspensions in force that the caller may know of. */
    @Requires
    public List<Suspension> list(Caller caller) {
        Oversight oversight = Oversight.of(caller, configuration.current());
        return repository.all().stream()
                .filter(suspension -> oversight.everywhere()
                        || oversight.coversName(suspension.target().vo()))
                .toList();
    }

    /**
     * Shuts somebody or something out, on every node within seconds. A repeat changes nothing but the reason.
     *
     * @throws Forbidden if that is not the caller's to suspend
     * @throws InvalidRequest if it does not exist, or would shut out the caller
     */
    @Requires(unlimited = true)
    public Suspension suspend(Caller caller, SuspensionTarget target, String reason) {
        Oversight oversight = Oversight.of(caller, configuration.current());
        if (reason.isBlank() || reason.length() > LONGEST_REASON || reason.indexOf('\0') >= 0) {
            throw new InvalidRequest("reason: 1 to " + LONGEST_REASON + " characters that say why");
        }
        requireMay(oversight, target);
        requireKnown(target);
        requireAnother(oversight.user(), target);
        Optional<Suspension> before = repository.find(target);
        if (before.isPresent() && before.get().everywhere() && !oversight.everywhere()) {
            return before.get();
        }
        Suspension made = repository.put(
                target,
                reason,
                oversight.user().username().text(),
                caller.identity(),
                oversight.everywhere(),
                clock.instant());
        LOG.suspended(target.text(), caller.identity());
        keep(caller, AuditAct.SUSPENSION, made);
        return made;
    }

    /** What to tell who suspends something of which nothing is known here: it counts, but the name may be misspelled. */
    @OpenAccess("asked by who has just suspended it")
    public Optional<String> warning(SuspensionTarget target) {
        boolean known =
                switch (target.kind()) {
                    case USER, VO -> true; // others are refused
                    case SUBJECT ->
                        registry.user(new VoName(target.vo()), target.name()).isPresent();
                    case DN ->
                        registry.vos().stream()
                                .flatMap(vo -> registry.members(vo).stream())
                                .anyMatch(user -> user.names().contains(new Dn(target.name())));
                    case SITE ->
                        new Resources(configuration.current()).sitePaths().containsValue(target.name())
                                || list.isAtWork(target);
                    case PILOT -> list.isAtWork(target);
                };
        return known
                ? Optional.empty()
                : Optional.of("Nothing is known here of " + target.text() + ": is the name right?");
    }

    /**
     * Lets somebody or something in again.
     *
     * @throws SuspensionNotFound if there is none of this number that the caller may see
     * @throws Forbidden if an administrator of the installation made it and the caller is none
     */
    @Requires(unlimited = true)
    public void resume(Caller caller, long id) {
        Oversight oversight = Oversight.of(caller, configuration.current());
        Suspension suspension = repository
                .find(id)
                .filter(found -> oversight.everywhere()
                        || oversight.coversName(found.target().vo())
                        || mayStopSites(oversight, found.target()))
                .orElseThrow(() -> new SuspensionNotFound(id));
        if (suspension.everywhere() && !oversight.everywhere()) {
            throw new Forbidden("An administrator of the installation made this suspension: only such a one lifts it");
        }
        repository.delete(id);
        LOG.resumed(suspension.target().text(), caller.identity());
        keep(caller, AuditAct.RESUMPTION, suspension);
    }

    private void keep(Caller caller, AuditAct act, Suspension suspension) {
        SuspensionTarget target = suspension.target();
        String name = target.kind().wireName() + ":" + target.name();
        audit.record(caller, act, name, suspension.reason());
        Optional<String> concerned = Optional.of(target.vo())
                .filter(vo ->
                        !vo.isEmpty() && !vo.equals(((Caller.User) caller).vo().text()));
        // the administrators of the VO that it concerns see it, too
        concerned.ifPresent(vo -> audit.record(AuditedAct.done(
                act,
                new AuditActor(
                        caller.identity(), "", "", vo, AuditActor.of(caller).credential()),
                name,
                suspension.reason())));
        changed.fire(new SuspensionsChanged());
    }

    private void requireMay(Oversight oversight, SuspensionTarget target) {
        if (oversight.everywhere() || mayStopSites(oversight, target)) {
            return;
        }
        boolean isOfOwnVo =
                target.kind().isOfVo() && target.kind() != SuspendedKind.VO && oversight.coversName(target.vo());
        if (!isOfOwnVo) {
            throw new Forbidden("To suspend " + target.text() + " needs the property ServiceAdministrator"
                    + (target.kind() == SuspendedKind.SITE ? " or Operator" : ""));
        }
        if (hasRightsBeyondVo(target)) {
            throw new Forbidden("To suspend " + target.text()
                    + ", who has rights beyond the VO, needs the property ServiceAdministrator");
        }
    }

    private static boolean mayStopSites(Oversight oversight, SuspensionTarget target) {
        return target.kind() == SuspendedKind.SITE && oversight.user().has(Property.OPERATOR);
    }

    private boolean hasRightsBeyondVo(SuspensionTarget target) {
        VoName vo = new VoName(target.vo());
        Optional<String> subject =
                switch (target.kind()) {
                    case USER -> user(vo, target.name()).map(RegisteredUser::subject);
                    case SUBJECT -> Optional.of(target.name());
                    default -> Optional.empty();
                };
        return subject.isPresent()
                && registry.groups(vo).stream()
                        .filter(group -> group.has(subject.get()))
                        .flatMap(group -> group.properties().stream())
                        .anyMatch(RUNNING_THE_INSTALLATION::contains);
    }

    private void requireKnown(SuspensionTarget target) {
        if (target.kind().isOfVo()
                && registry.vos().stream().noneMatch(vo -> vo.text().equals(target.vo()))) {
            throw new InvalidRequest("vo: there is no VO '" + target.vo() + "'");
        }
        if (target.kind() == SuspendedKind.USER
                && user(new VoName(target.vo()), target.name()).isEmpty()) {
            throw new InvalidRequest("name: there is no user '" + target.name() + "' in the VO " + target.vo()
                    + "; who is not registered can be suspended by subject");
        }
    }

    private Optional<RegisteredUser> user(VoName vo, String name) {
        try {
            return registry.user(vo, new UserName(name));
        } catch (InvalidValue noName) {
            return Optional.empty();
        }
    }

    /** Who suspends stays able to resume. */
    private void requireAnother(Caller.User user, SuspensionTarget target) {
        boolean isOneself =
                switch (target.kind()) {
                    case USER ->
                        target.vo().equals(user.vo().text())
                                && target.name().equals(user.username().text());
                    case SUBJECT ->
                        target.vo().equals(user.vo().text()) && target.name().equals(user.subject());
                    case VO -> target.name().equals(user.vo().text());
                    case DN ->
                        target.name().equals(user.credential().id())
                                || registry.user(user.vo(), user.subject())
                                        .filter(self -> self.names().contains(new Dn(target.name())))
                                        .isPresent();
                    case SITE, PILOT -> false;
                };
        if (isOneself) {
            throw new InvalidRequest("This would suspend yourself, and you could not resume it");
        }
    }
}
