/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.suspension.boundary;

import static org.diracee.framework.log.boundary.FrameworkLog.LOG;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.diracee.framework.registry.boundary.RegisteredUser;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.framework.registry.boundary.SupportContact;
import org.diracee.framework.suspension.control.ShutOut;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Credential;
import org.diracee.kernel.access.CredentialKind;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.error.Unavailable;
import org.diracee.kernel.value.Dn;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.SiteName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.jspecify.annotations.Nullable;

/**
 * Who is shut out, as this node knows it: asked for every request, so it is in memory. A suspension counts on the node that made it
 * when it is committed, and on all others within {@value SuspensionRefresh#PERIOD_SECONDS} seconds and the time of a query. While the
 * database is away, what is known goes on counting.
 */
@ApplicationScoped
public class SuspensionList {

    private static final String INTERNAL = "asked by the server itself";

    private SuspensionRecords records;
    private Registry registry;
    private Iterable<PilotsAtSites> pilots;
    private volatile @Nullable ShutOut known;
    private volatile boolean pilotsUnknown;

    protected SuspensionList() {} // for the container's proxy

    @Inject
    public SuspensionList(SuspensionRecords records, Registry registry, Instance<PilotsAtSites> pilots) {
        this(records, registry, (Iterable<PilotsAtSites>) pilots);
    }

    /** @param pilots the ports to whom knows which pilots are at a site */
    public SuspensionList(SuspensionRecords records, Registry registry, Iterable<PilotsAtSites> pilots) {
        this.records = records;
        this.registry = registry;
        this.pilots = pilots;
    }

    /**
     * Lets the caller through unless it is suspended.
     *
     * @throws Suspended if it is, or its VO, its certificate, its pilot or its site
     */
    @OpenAccess(INTERNAL)
    public void require(Caller caller) {
        ShutOut shut = current();
        if (shut.isEmpty()) {
            return;
        }
        if (caller instanceof Caller.User user) {
            refuse(vo(shut, user.vo())
                    .or(() -> person(shut, user.vo(), user.subject(), user.username()))
                    .or(() -> certificate(shut, user.credential())));
        } else if (caller instanceof Caller.Pilot pilot) {
            require(pilot.stamp(), pilot.vo());
        } else if (caller instanceof Caller.Job job) {
            require(job.pilot(), job.vo());
            requireOwner(job.vo(), job.owner());
        }
    }

    /** @throws Suspended if this user of the VO is, by whichever of its names, or the VO */
    @OpenAccess(INTERNAL)
    public void requireUser(VoName vo, String subject, UserName username) {
        ShutOut shut = current();
        if (!shut.isEmpty()) {
            refuse(vo(shut, vo).or(() -> person(shut, vo, subject, username)));
        }
    }

    /** @throws Suspended if the owner of jobs or sandboxes is, by whichever of its names, or the VO */
    @OpenAccess(INTERNAL)
    public void requireOwner(VoName vo, UserName owner) {
        ShutOut shut = current();
        if (!shut.isEmpty()) {
            String subject =
                    registry.user(vo, owner).map(RegisteredUser::subject).orElse("");
            refuse(vo(shut, vo).or(() -> person(shut, vo, subject, owner)));
        }
    }

    /** @throws Suspended if the pilot is, or the site where it runs, or its VO */
    @OpenAccess(INTERNAL)
    public void require(PilotStamp stamp, VoName vo) {
        ShutOut shut = current();
        if (!shut.isEmpty()) {
            refuse(vo(shut, vo)
                    .or(() -> shut.find(SuspendedKind.PILOT, vo.text(), stamp.text()))
                    .or(() -> shut.pilots().contains(stamp.text())
                            ? Optional.of(new SuspensionTarget(SuspendedKind.SITE, "", "of the pilot " + stamp))
                            : Optional.empty()));
        }
    }

    /** @throws Suspended if the certificate of this distinguished name is */
    @OpenAccess(INTERNAL)
    public void requireCertificate(Dn dn) {
        refuse(current().find(SuspendedKind.DN, "", dn.text()));
    }

    /** Whether nothing is to run at this site for this VO. */
    @OpenAccess(INTERNAL)
    public boolean stopsWork(VoName vo, SiteName site) {
        ShutOut shut = current();
        return vo(shut, vo).isPresent()
                || shut.find(SuspendedKind.SITE, "", site.text()).isPresent();
    }

    /** Whether the site is suspended. */
    @OpenAccess(INTERNAL)
    public boolean suspendsSite(String site) {
        return current().find(SuspendedKind.SITE, "", site).isPresent();
    }

    /** The owners of the VO whose waiting jobs are held. */
    @OpenAccess(INTERNAL)
    public Set<String> heldOwners(VoName vo) {
        ShutOut shut = current();
        if (shut.isEmpty()) {
            return Set.of();
        }
        Set<String> held = new HashSet<>(shut.names(SuspendedKind.USER, vo.text()));
        for (String subject : shut.names(SuspendedKind.SUBJECT, vo.text())) {
            registry.user(vo, subject)
                    .ifPresent(user -> held.add(user.username().text()));
        }
        Set<String> dns = shut.names(SuspendedKind.DN, "");
        if (!dns.isEmpty()) {
            registry.members(vo).stream()
                    .filter(user -> user.names().stream().map(Dn::text).anyMatch(dns::contains))
                    .forEach(user -> held.add(user.username().text()));
        }
        return held;
    }

    /** Whether the workload knows this pilot, or has pilots at this site. */
    @OpenAccess(INTERNAL)
    public boolean isAtWork(SuspensionTarget target) {
        for (PilotsAtSites workload : pilots) {
            boolean found = target.kind() == SuspendedKind.PILOT
                    ? workload.knows(target.vo(), target.name())
                    : target.kind() == SuspendedKind.SITE
                            && !workload.stamps(Set.of(target.name())).isEmpty();
            if (found) {
                return true;
            }
        }
        return false;
    }

    /** Takes over what the database says; a failure leaves what is known in force. */
    @OpenAccess("has no effect beyond what happens anyway every second")
    public void refresh() {
        try {
            known = read();
        } catch (RuntimeException databaseDown) {
            if (known != null) {
                LOG.debugf(databaseDown, "the suspensions could not be read; those that are known count on");
            }
        }
    }

    /** What this node commits counts here at once. */
    void changed(@Observes(during = TransactionPhase.AFTER_SUCCESS) SuspensionsChanged news) {
        refresh();
    }

    private ShutOut current() {
        ShutOut shut = known;
        if (shut != null) {
            return shut;
        }
        try {
            ShutOut first = read();
            known = first;
            return first;
        } catch (RuntimeException databaseDown) {
            throw new Unavailable("Who is suspended cannot be read for now", databaseDown);
        }
    }

    private ShutOut read() {
        ShutOut shut = ShutOut.of(records.all(), Set.of());
        Set<String> sites = shut.sites();
        if (sites.isEmpty()) {
            return shut;
        }
        return ShutOut.of(shut.all(), stamps(sites));
    }

    /** All else counts although the workload does not answer; its pilots are then those of the time before. */
    private Set<String> stamps(Set<String> sites) {
        Set<String> stamps = new HashSet<>();
        try {
            for (PilotsAtSites workload : pilots) {
                stamps.addAll(workload.stamps(sites));
            }
            pilotsUnknown = false;
        } catch (RuntimeException noAnswer) {
            ShutOut before = known;
            if (before == null) {
                throw noAnswer; // then nobody would be known to be at a suspended site
            }
            if (!pilotsUnknown) {
                LOG.pilotsAtSitesUnknown(noAnswer);
            }
            pilotsUnknown = true;
            stamps.addAll(before.pilots());
        }
        return stamps;
    }

    private void refuse(Optional<SuspensionTarget> suspended) {
        if (suspended.isPresent()) {
            throw new Suspended(suspended.get(), contact(suspended.get()));
        }
    }

    private String contact(SuspensionTarget target) {
        return (target.vo().isEmpty() ? Optional.<SupportContact>empty() : registry.support(new VoName(target.vo())))
                .map(SupportContact::message)
                .orElse("Please contact the administrators of this installation.");
    }

    private static Optional<SuspensionTarget> vo(ShutOut shut, VoName vo) {
        return shut.find(SuspendedKind.VO, vo.text(), vo.text());
    }

    private Optional<SuspensionTarget> person(ShutOut shut, VoName vo, String subject, UserName username) {
        return shut.find(SuspendedKind.USER, vo.text(), username.text())
                .or(() -> shut.find(SuspendedKind.SUBJECT, vo.text(), subject))
                .or(() -> shut.has(SuspendedKind.DN) ? registeredCertificate(shut, vo, subject) : Optional.empty());
    }

    private Optional<SuspensionTarget> registeredCertificate(ShutOut shut, VoName vo, String subject) {
        return registry.user(vo, subject).flatMap(user -> user.names().stream()
                .flatMap(dn -> shut.find(SuspendedKind.DN, "", dn.text()).stream())
                .findFirst());
    }

    private static Optional<SuspensionTarget> certificate(ShutOut shut, Credential credential) {
        return credential.kind() == CredentialKind.CERTIFICATE
                        || credential.kind() == CredentialKind.PROXY
                        || credential.kind() == CredentialKind.LIMITED_PROXY
                ? shut.find(SuspendedKind.DN, "", credential.id())
                : Optional.empty();
    }
}
