/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.boundary;

import static org.diracee.wms.log.boundary.WmsLog.LOG;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.registry.boundary.ManagedSites;
import org.diracee.framework.suspension.boundary.SuspensionList;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.SiteName;
import org.diracee.wms.ban.boundary.BanList;
import org.diracee.wms.job.boundary.JobStateUpdate;
import org.diracee.wms.job.boundary.JobSubmission;
import org.diracee.wms.job.boundary.StatusReport;
import org.diracee.wms.pilot.boundary.PilotManager;
import org.diracee.wms.sitedirector.control.CeQueue;
import org.diracee.wms.sitedirector.control.QueueTestProgress;
import org.diracee.wms.sitedirector.control.SiteDirectorSettings;
import org.diracee.wms.sitedirector.control.SiteDirectorSettings.DescribedQueue;
import org.diracee.wms.sitedirector.entity.QueueTestFacts;
import org.diracee.wms.sitedirector.entity.QueueTestRepository;
import org.diracee.wms.taskqueue.boundary.ResourceDescription;

/**
 * Tests of queues by a real pilot with a tiny real job that only it gets. A test is a row; the site director carries it out, whatever
 * becomes of who asked for it, and the rows of the pilot and the job tell how far it is.
 */
@Stateless
public class QueueTests {

    /** The most tests shown or begun at once. */
    public static final int MOST = 100;

    private static final Duration REMEMBERED = Duration.ofDays(7);
    private static final String SOURCE = "QueueTest";

    private QueueTestRepository rows;
    private JobSubmission submission;
    private JobStateUpdate jobs;
    private PilotManager pilots;
    private BanList bans;
    private SuspensionList suspensions;
    private ManagedSites managed;
    private SiteDirectorSettings settings;
    private ConfigurationService configuration;
    private Clock clock;

    protected QueueTests() {} // for the container's proxy

    @Inject
    public QueueTests(
            QueueTestRepository rows,
            JobSubmission submission,
            JobStateUpdate jobs,
            PilotManager pilots,
            BanList bans,
            SuspensionList suspensions,
            ManagedSites managed,
            SiteDirectorSettings settings,
            ConfigurationService configuration,
            Clock clock) {
        this.rows = rows;
        this.submission = submission;
        this.jobs = jobs;
        this.pilots = pilots;
        this.bans = bans;
        this.suspensions = suspensions;
        this.managed = managed;
        this.settings = settings;
        this.configuration = configuration;
        this.clock = clock;
    }

    /**
     * Begins a test of each queue at the place. One of a queue that goes on for the caller's VO is in the answer instead of a second.
     *
     * @return a test that cannot begin has failed, with the reason
     * @throws NoSuchResource if no queue there serves the VO
     * @throws Forbidden if the caller is the administrator of other sites alone
     */
    @Requires(
            value = {Property.OPERATOR, Property.SITE_MANAGER, Property.SERVICE_ADMINISTRATOR},
            unlimited = true)
    public List<QueueTest> start(
            Caller caller, SiteName site, Optional<String> computingElement, Optional<String> queue) {
        Caller.User user = user(caller);
        if (!mayTest(user, site)) {
            throw new Forbidden("The group " + user.group() + " does not administer the site " + site
                    + ": its option Sites names those that it does");
        }
        List<DescribedQueue> meant = settings.described(configuration.current()).stream()
                .filter(one -> one.slot().site().equals(site))
                .filter(one -> computingElement.stream().allMatch(one.slot().computingElement()::equals))
                .filter(one -> queue.stream().allMatch(one.slot().queue()::equals))
                .filter(one -> one.queue().map(known -> known.serves(user.vo())).orElse(true))
                .toList();
        if (meant.isEmpty()) {
            throw new NoSuchResource(
                    "queue " + site + computingElement.map(name -> "/" + name).orElse("")
                            + queue.map(name -> "/" + name).orElse(""));
        }
        if (meant.size() > MOST) {
            throw new InvalidRequest(
                    "The site " + site + " has " + meant.size() + " queues that serve your VO: at most " + MOST
                            + " are tested at once, so name a computing element");
        }
        rows.forget(clock.instant().minus(REMEMBERED));
        List<QueueTest> tests = new ArrayList<>();
        meant.forEach(one -> tests.add(begin(user, one)));
        return tests;
    }

    private QueueTest begin(Caller.User user, DescribedQueue queue) {
        rows.guard(queue.slot(), user.vo());
        Optional<QueueTestFacts> goesOn = rows.open(queue.slot(), user.vo());
        if (goesOn.isPresent()) {
            return view(goesOn.get());
        }
        Instant now = clock.instant();
        String tag = ResourceDescription.BINDING_TAG
                + UUID.randomUUID().toString().replace("-", "").substring(0, 16);
        Optional<String> obstacle = queue.problem().or(() -> stop(user, queue));
        Optional<JobId> job = obstacle.isPresent() ? Optional.empty() : Optional.of(submit(user, queue, tag));
        long id = rows.add(queue.slot(), user.vo(), user.username().text(), job, tag, now, obstacle);
        return view(rows.find(id).orElseThrow());
    }

    /** Neither pilots nor jobs go there, so that the test would wait in vain. */
    private Optional<String> stop(Caller.User user, DescribedQueue queue) {
        return StoppedWork.reason(bans, suspensions, user.vo(), queue.slot())
                .map(reason -> "No job goes there: " + reason);
    }

    /** The job is the caller's own; whoever may test need not have the right to submit others. */
    private JobId submit(Caller.User user, DescribedQueue queue, String tag) {
        Set<Property> properties = new LinkedHashSet<>(user.properties());
        properties.add(Property.NORMAL_USER);
        Set<String> tags =
                new LinkedHashSet<>(queue.queue().map(CeQueue::requiredTags).orElse(List.of()));
        tags.add(tag);
        Map<String, Object> description = new TreeMap<>();
        description.put("JobName", "dirac-ee ce test");
        description.put("JobGroup", "QueueTest");
        description.put("Executable", "/bin/echo");
        description.put("Arguments", "This pilot of " + queue.slot() + " runs jobs.");
        description.put("StdOutput", "std.out");
        description.put("StdError", "std.err");
        description.put("OutputSandbox", List.of("std.out", "std.err"));
        description.put("Site", queue.slot().site().text());
        description.put("Tags", List.copyOf(tags));
        description.put("CPUTime", 100);
        return submission
                .submitObjects(
                        new Caller.User(
                                user.subject(),
                                user.username(),
                                user.group(),
                                user.vo(),
                                properties,
                                user.credential()),
                        List.of(description),
                        Optional.empty())
                .get(0)
                .id();
    }

    /**
     * A test as far as it has come.
     *
     * @throws QueueTestNotFound if there is none, or none that concerns the caller
     */
    @Requires({Property.OPERATOR, Property.SITE_MANAGER, Property.SERVICE_ADMINISTRATOR})
    public QueueTest find(Caller caller, long id) {
        Caller.User user = user(caller);
        return rows.find(id)
                .filter(facts -> maySee(user, facts))
                .map(QueueTests::view)
                .orElseThrow(() -> new QueueTestNotFound(id));
    }

    /** The newest tests that concern the caller, at a site or at all. */
    @Requires({Property.OPERATOR, Property.SITE_MANAGER, Property.SERVICE_ADMINISTRATOR})
    public List<QueueTest> newest(Caller caller, Optional<SiteName> site) {
        Caller.User user = user(caller);
        return rows.newest(site, MOST).stream()
                .filter(facts -> maySee(user, facts))
                .map(QueueTests::view)
                .toList();
    }

    /** Those that wait to be taken up. */
    @Requires(callers = CallerKind.SYSTEM)
    public List<QueueTestFacts> due(Caller caller) {
        return rows.open().stream().filter(facts -> facts.takenUp().isEmpty()).toList();
    }

    /** Notes that this node carries it out; false if another does or it has ended. */
    @Requires(callers = CallerKind.SYSTEM)
    public boolean takeUp(Caller caller, long id) {
        return rows.takeUp(id, clock.instant());
    }

    /** Notes that the computing element answered. */
    @Requires(callers = CallerKind.SYSTEM)
    public void contacted(Caller caller, long id) {
        rows.contacted(id, clock.instant());
    }

    /**
     * Names the pilot of the test, in the transaction that makes it.
     *
     * @throws QueueTestNotFound if the test has one or is over
     */
    @Requires(callers = CallerKind.SYSTEM)
    public void name(Caller caller, long id, PilotStamp pilot) {
        if (!rows.name(id, pilot)) {
            throw new QueueTestNotFound(id);
        }
    }

    /** Notes that the computing element took the pilot. */
    @Requires(callers = CallerKind.SYSTEM)
    public void submitted(Caller caller, long id) {
        rows.submitted(id, clock.instant());
    }

    /** Ends a test that cannot go well any more. */
    @Requires(callers = CallerKind.SYSTEM)
    public void fail(Caller caller, long id, String reason) {
        rows.find(id).ifPresent(facts -> end(caller, facts, Optional.of(reason)));
    }

    /** Ends the tests whose outcome is certain, and those that take too long. */
    @Requires(callers = CallerKind.SYSTEM)
    public void conclude(Caller caller) {
        Duration limit = settings.testLimit(configuration.current());
        for (QueueTestFacts facts : rows.open()) {
            QueueTestProgress progress = QueueTestProgress.of(facts);
            if (progress.isOver()) {
                end(caller, facts, progress.failure());
            } else if (facts.started().plus(limit).isBefore(clock.instant())) {
                end(caller, facts, Optional.of("Not over after " + limit.toSeconds() + " s, the TestLimit"));
            }
        }
    }

    /** What a failed test leaves is taken away: its job would wait for ever, and its pilot for that job. */
    private void end(Caller caller, QueueTestFacts facts, Optional<String> failure) {
        Instant now = clock.instant();
        if (!rows.end(facts.id(), failure, now)) {
            return;
        }
        LOG.queueTested(facts.id(), facts.slot().toString(), failure.orElse("all went well"));
        if (failure.isPresent()) {
            facts.job()
                    .filter(job -> !job.over())
                    .ifPresent(job -> jobs.status(
                            caller,
                            Map.of(
                                    job.id(),
                                    Map.of(
                                            now,
                                            StatusReport.of(JobStatus.KILLED, "Its queue failed the test", SOURCE))),
                            false));
            facts.pilot()
                    .filter(pilot -> !pilot.status().isFinal())
                    .ifPresent(pilot -> pilots.condemn(caller, pilot.stamp()));
        }
    }

    private static QueueTest view(QueueTestFacts facts) {
        QueueTestProgress progress = QueueTestProgress.of(facts);
        return new QueueTest(
                facts.id(),
                facts.slot(),
                facts.vo(),
                facts.author(),
                facts.started(),
                facts.ended(),
                progress.failure(),
                facts.pilot().map(QueueTestFacts.OfPilot::stamp),
                facts.job().map(QueueTestFacts.OfJob::id),
                progress.steps());
    }

    private boolean mayTest(Caller.User user, SiteName site) {
        return user.has(Property.SERVICE_ADMINISTRATOR)
                || user.has(Property.OPERATOR)
                || managed.of(user).contains(site);
    }

    private boolean maySee(Caller.User user, QueueTestFacts facts) {
        return user.has(Property.SERVICE_ADMINISTRATOR)
                || user.has(Property.OPERATOR) && facts.vo().equals(user.vo())
                || managed.of(user).contains(facts.slot().site());
    }

    private static Caller.User user(Caller caller) {
        if (caller instanceof Caller.User user) {
            return user;
        }
        throw new Forbidden();
    }
}
