/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.boundary;

import jakarta.ejb.Stateless;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.registry.boundary.ManagedSites;
import org.diracee.framework.suspension.boundary.SuspensionList;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.SiteName;
import org.diracee.wms.ban.boundary.Ban;
import org.diracee.wms.ban.boundary.BanTarget;
import org.diracee.wms.ban.boundary.BannedKind;
import org.diracee.wms.ban.boundary.Bans;
import org.diracee.wms.pilot.boundary.PilotSlot;
import org.diracee.wms.pilot.boundary.PilotStatus;
import org.diracee.wms.sitedirector.control.CeQueue;
import org.diracee.wms.sitedirector.control.ComputingElement;
import org.diracee.wms.sitedirector.control.SiteDirectorSettings;
import org.diracee.wms.sitedirector.control.SiteDirectorSettings.DescribedQueue;
import org.diracee.wms.sitedirector.entity.QueueStateRepository;
import org.diracee.wms.sitedirector.entity.QueueStateRepository.PilotsOfQueue;

/**
 * Shows sites, computing elements and queues as the configuration describes them and the site director finds them: members of a VO
 * those that serve it with its own pilots, administrators of a site that site, administrators of the installation all.
 */
@Stateless
public class ComputingResources {

    /** The longest time of which submissions are shown. */
    public static final int MOST_HOURS = 720;

    private QueueStateRepository rows;
    private SiteDirectorSettings settings;
    private ConfigurationService configuration;
    private ManagedSites managed;
    private Bans bans;
    private SuspensionList suspensions;
    private Clock clock;
    private Set<String> types;

    @SuppressWarnings("NullAway.Init")
    protected ComputingResources() {} // for the container's proxy

    @Inject
    public ComputingResources(
            QueueStateRepository rows,
            SiteDirectorSettings settings,
            ConfigurationService configuration,
            ManagedSites managed,
            Bans bans,
            SuspensionList suspensions,
            Clock clock,
            @Any Instance<ComputingElement> adapters) {
        this.rows = rows;
        this.settings = settings;
        this.configuration = configuration;
        this.managed = managed;
        this.bans = bans;
        this.suspensions = suspensions;
        this.clock = clock;
        this.types = adapters.stream().map(ComputingElement::type).collect(Collectors.toCollection(TreeSet::new));
    }

    /** All sites that the caller may see, with the pilots that have not ended. */
    @Requires({
        Property.NORMAL_USER,
        Property.JOB_ADMINISTRATOR,
        Property.JOB_MONITOR,
        Property.OPERATOR,
        Property.SITE_MANAGER,
        Property.SERVICE_ADMINISTRATOR
    })
    public List<SiteView> sites(Caller caller) {
        return views(user(caller), Optional.empty(), Optional.empty(), 0);
    }

    /**
     * A site, with all pilots that are remembered.
     *
     * @throws NoSuchResource if there is none, or none that the caller may see
     */
    @Requires({
        Property.NORMAL_USER,
        Property.JOB_ADMINISTRATOR,
        Property.JOB_MONITOR,
        Property.OPERATOR,
        Property.SITE_MANAGER,
        Property.SERVICE_ADMINISTRATOR
    })
    public SiteView site(Caller caller, SiteName site) {
        return views(user(caller), Optional.of(site), Optional.empty(), 0).stream()
                .findFirst()
                .orElseThrow(() -> new NoSuchResource("site " + site));
    }

    /**
     * A computing element, with all pilots that are remembered and the submissions of the last hours.
     *
     * @throws NoSuchResource if there is none, or none that the caller may see
     */
    @Requires({
        Property.NORMAL_USER,
        Property.JOB_ADMINISTRATOR,
        Property.JOB_MONITOR,
        Property.OPERATOR,
        Property.SITE_MANAGER,
        Property.SERVICE_ADMINISTRATOR
    })
    public CeView computingElement(Caller caller, SiteName site, String name, int hours) {
        if (hours < 1 || hours > MOST_HOURS) {
            throw new InvalidRequest("hours: 1 to " + MOST_HOURS + " are remembered");
        }
        return views(user(caller), Optional.of(site), Optional.of(name), hours).stream()
                .flatMap(view -> view.computingElements().stream())
                .findFirst()
                .orElseThrow(() -> new NoSuchResource("computing element " + site + "/" + name));
    }

    private List<SiteView> views(Caller.User user, Optional<SiteName> site, Optional<String> ce, int hours) {
        Map<PilotSlot, QueueState> states =
                rows.states(site).stream().collect(Collectors.toMap(QueueState::slot, state -> state));
        Map<String, List<PilotsOfQueue>> pilots = (site.isPresent() ? rows.pilots(site.get()) : rows.livingPilots())
                .stream().collect(Collectors.groupingBy(PilotsOfQueue::slot));
        Map<PilotSlot, List<SubmissionCount>> submissions = ce.isEmpty()
                ? Map.of()
                : rows
                        .submissions(
                                site.orElseThrow(),
                                ce.get(),
                                clock.instant().minus(Duration.ofHours(hours)).truncatedTo(ChronoUnit.HOURS))
                        .stream()
                        .collect(Collectors.groupingBy(SubmissionCount::slot));
        List<Ban> inForce = bans.inForce(user);
        Map<SiteName, Map<String, List<DescribedQueue>>> tree = new LinkedHashMap<>();
        for (DescribedQueue queue : settings.described(configuration.current())) {
            if (site.stream().allMatch(queue.slot().site()::equals)
                    && ce.stream().allMatch(queue.slot().computingElement()::equals)
                    && isVisible(user, queue)) {
                tree.computeIfAbsent(queue.slot().site(), name -> new LinkedHashMap<>())
                        .computeIfAbsent(queue.slot().computingElement(), name -> new ArrayList<>())
                        .add(queue);
            }
        }
        List<SiteView> views = new ArrayList<>();
        tree.forEach((name, elements) -> {
            List<CeView> ces = new ArrayList<>();
            elements.forEach((element, queues) -> ces.add(new CeView(
                    name,
                    element,
                    queues.stream()
                            .flatMap(queue -> queue.queue().stream())
                            .map(CeQueue::ceType)
                            .findFirst()
                            .orElse(""),
                    of(inForce, new BanTarget(BannedKind.COMPUTING_ELEMENT, element)),
                    queues.stream()
                            .map(queue -> view(
                                    user,
                                    queue,
                                    Optional.ofNullable(states.get(queue.slot())),
                                    pilots.getOrDefault(queue.slot().toString(), List.of()),
                                    submissions.getOrDefault(queue.slot(), List.of())))
                            .toList())));
            views.add(new SiteView(
                    name,
                    suspensions.suspendsSite(name.text()),
                    of(inForce, new BanTarget(BannedKind.SITE, name.text())),
                    ces));
        });
        return views;
    }

    private QueueView view(
            Caller.User user,
            DescribedQueue queue,
            Optional<QueueState> state,
            List<PilotsOfQueue> pilots,
            List<SubmissionCount> submissions) {
        boolean all = isOfAllVos(user, queue.slot().site());
        List<PilotsOfQueue> seen = pilots.stream()
                .filter(some -> all || some.vo().equals(user.vo()))
                .toList();
        return new QueueView(
                queue.slot(),
                queue.queue().map(ComputingResources::description),
                problem(queue),
                // why it fails may tell of what others do there
                all || user.has(Property.OPERATOR) ? state : state.map(ComputingResources::withoutReason),
                seen.stream().collect(Collectors.toMap(PilotsOfQueue::status, PilotsOfQueue::pilots, Long::sum)),
                seen.stream()
                        .filter(some -> some.status().equals(PilotStatus.DONE.wireName()))
                        .mapToLong(PilotsOfQueue::withoutJob)
                        .sum(),
                submissions.stream()
                        .filter(count -> all || count.vo().equals(user.vo()))
                        .toList());
    }

    /** What everybody may know of a queue. */
    static QueueDescription description(CeQueue queue) {
        return new QueueDescription(
                queue.cpuTime(),
                queue.maxTotal(),
                queue.maxWaiting(),
                queue.processors(),
                queue.maxRam(),
                queue.platform(),
                queue.tags(),
                queue.requiredTags(),
                queue.vos());
    }

    private static QueueState withoutReason(QueueState state) {
        return new QueueState(
                state.slot(),
                state.lastRound(),
                state.freePlaces(),
                state.failures(),
                state.failed(),
                Optional.empty(),
                state.nextTry(),
                state.lastSubmission());
    }

    /** What keeps the site director from the queue, other than its state. */
    private Optional<String> problem(DescribedQueue queue) {
        return queue.problem().or(() -> queue.queue()
                .filter(described -> !types.contains(described.ceType()))
                .map(described -> "There is no adapter for CEType " + described.ceType() + "; there are "
                        + String.join(", ", types)));
    }

    private boolean isVisible(Caller.User user, DescribedQueue queue) {
        Optional<Set<SiteName>> only = managed.confining(user);
        return only.isPresent()
                ? only.get().contains(queue.slot().site())
                : isOfAllVos(user, queue.slot().site())
                        || queue.queue()
                                .filter(known -> known.serves(user.vo()))
                                .isPresent();
    }

    private boolean isOfAllVos(Caller.User user, SiteName site) {
        return user.has(Property.SERVICE_ADMINISTRATOR) || managed.of(user).contains(site);
    }

    private static List<Ban> of(List<Ban> bans, BanTarget target) {
        return bans.stream().filter(ban -> ban.target().equals(target)).toList();
    }

    private static Caller.User user(Caller caller) {
        if (caller instanceof Caller.User user) {
            return user;
        }
        throw new Forbidden();
    }
}
