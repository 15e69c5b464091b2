/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.taskqueue.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.UserName;
import org.diracee.wms.fixture.WmsServices;
import org.diracee.wms.history.boundary.JobSnapshots;
import org.diracee.wms.matching.boundary.MatchedJob;
import org.diracee.wms.taskqueue.entity.ShareRepository;
import org.junit.jupiter.api.Test;

/** The priorities that queues get from shares, over real queues and jobs. */
class QueuePrioritiesIT {

    private static final String JOB = "Executable = \"x\"; CPUTime = %d; Priority = %d;";

    private final WmsServices wms = new WmsServices();
    private final Registry registry = new Registry(wms.configuration);
    private final JobSnapshots snapshots = wms.snapshots();
    private final QueuePriorities priorities = new QueuePriorities(
            new ShareRepository(wms.database.entities()),
            new ShareCorrectors(snapshots, wms.configuration, wms.clock),
            registry);
    private final Caller.User ann = in("analysis", "ann");
    private final Caller.User ben = in("analysis", "ben");
    private final Caller.User paul = in("production", "paul");

    QueuePrioritiesIT() {
        configure(Map.of());
    }

    private void configure(Map<String, ?> scheduling) {
        Map<String, Object> tree = new HashMap<>(wms.configuration.current().tree());
        tree.put(
                "Registry",
                Map.of(
                        wms.vo.text(),
                        Map.of(
                                "Groups",
                                Map.of(
                                        "analysis", Map.of("JobShare", "1000", "Properties", "NormalUser"),
                                        "production",
                                                Map.of("JobShare", "3000", "Properties", "NormalUser, JobSharing")))));
        tree.put("Operations", Map.of(wms.vo.text(), Map.of("JobScheduling", scheduling)));
        wms.configuration.set(tree);
    }

    private Caller.User in(String group, String name) {
        Caller.User user = wms.alice;
        return new Caller.User(name + "-sub", new UserName(name), new GroupName(group), wms.vo, user.properties());
    }

    private JobId waits(Caller.User owner, int cpuTime, int priority) {
        return wms.submitted(owner, JOB.formatted(cpuTime, priority)).get(0);
    }

    private double priority(JobId job) {
        return Double.parseDouble(wms.database.value(
                "select queue.priority from wms.task_queue queue join wms.job on task_queue_id = queue.id where job.id = %s",
                job));
    }

    private int recompute() {
        return wms.in(services -> priorities.recompute(wms.agent, wms.vo));
    }

    private void recomputeDue() {
        wms.in(services -> priorities.recomputeDue(wms.agent, 100_000));
    }

    private void assertPriority(JobId job, double expected) {
        assertThat(priority(job)).isCloseTo(expected, within(expected / 100));
    }

    @Test
    void dividesTheSharesOfGroupsAmongOwnersAndTheirQueues() {
        JobId one = waits(ann, 1_000, 1);
        JobId three = waits(ann, 100_000, 3);
        JobId bens = waits(ben, 1_000, 1);
        JobId pauls = waits(paul, 1_000, 1);

        assertThat(recompute()).isEqualTo(4);

        assertPriority(one, 125);
        assertPriority(three, 375);
        assertPriority(bens, 500);
        assertPriority(pauls, 3000);
        assertThat(recompute()).as("nothing has changed since").isZero();
    }

    @Test
    void averagesTheJobsOfAQueue() {
        JobId mixed = waits(ann, 1_000, 1);
        wms.submitted(ann, "Executable = \"x\"; CPUTime = 1000; Priority = 4; Parameters = 2;");
        JobId other = waits(ann, 100_000, 1);

        recompute();

        assertPriority(mixed, 750); // (1 + 4 + 4) / 3 = 3 against 1
        assertPriority(other, 250);
    }

    @Test
    void givesANewOrReopenedQueueItsPriorityAtTheNextLook() {
        JobId first = waits(ann, 1_000, 1);
        recomputeDue();
        assertPriority(first, 1000);

        JobId second = waits(ann, 100_000, 1);
        assertPriority(second, 1);
        recomputeDue();
        assertPriority(second, 500);
        assertPriority(first, 500);

        wms.database.query("update wms.task_queue set enabled = false, priority = 1 where vo = '%s'", wms.vo);
        JobId third = waits(ann, 1_000, 1);
        recomputeDue();
        assertPriority(third, 1000);
        assertThat(wms.database.value("select count(*) from wms.task_queue where priority_due and vo = '%s'", wms.vo))
                .isEqualTo("0");
    }

    @Test
    void tellsTheMatchersMemory() {
        waits(ann, 1_000, 1);
        assertThat(remembered()).isEqualTo(1);
        recompute();
        assertThat(remembered()).isEqualTo(1000);
    }

    private double remembered() {
        return wms.in(services -> services.queues
                        .waitingWork(wms.agent, List.of(wms.vo), 1)
                        .matching(wms.vo, WmsServices.resource()))
                .get(0)
                .priority();
    }

    @Test
    void forgetsNewQueuesThatWereEmptiedAtOnce() {
        waits(ann, 1_000, 1);
        wms.matched(wms.pilot(), 1);
        recomputeDue();
        assertThat(wms.database.value("select count(*) from wms.task_queue where priority_due and vo = '%s'", wms.vo))
                .isEqualTo("0");
    }

    @Test
    void obeysAPriorityThatIsSetOnWaitingJobsInSharesAndOrder() {
        JobId first = waits(ann, 1_000, 1);
        JobId second = waits(ann, 1_000, 1);
        JobId long1 = waits(ann, 100_000, 1);
        recompute();
        assertPriority(first, 500);

        wms.in(services -> services.stateUpdate.metadata(ann, Map.of(second, Map.of("UserPriority", "5"))));
        recompute();

        assertPriority(first, 750); // (1 + 5) / 2 = 3 against 1
        assertPriority(long1, 250);
        assertThat(wms.matched(wms.pilot(), 3).stream().map(MatchedJob::id).filter(job -> !job.equals(long1)))
                .containsExactly(second, first);
    }

    @Test
    void correctsTheSharesByWhatRanLately() {
        configure(Map.of(
                "EnableSharesCorrection",
                "True",
                "ShareCorrections",
                Map.of(
                        "ShareCorrectorsToStart",
                        "WMSHistory",
                        "WMSHistory",
                        Map.of("Groups", Map.of("Week", Map.of("TimeSpan", "604800", "MaxCorrection", "2"))))));
        JobId anns = waits(ann, 1_000, 1);
        JobId pauls = waits(paul, 1_000, 1);
        wms.database.query(
                "insert into wms.job_counter values ('%s', 'paul', 'production', 'g', 's', 't', 'Running', 'm', 10)",
                wms.vo);
        wms.in(services -> snapshots.take(wms.agent));

        recompute();

        // analysis had nothing: times 2; production all: 0.75 / 1. 2000 + 2250, scaled to 4000
        assertPriority(anns, 1882.4);
        assertPriority(pauls, 2117.6);

        wms.database.query("delete from wms.job_counter where vo = '%s'", wms.vo);
        wms.clock.advance(Duration.ofDays(8));
        wms.in(services -> snapshots.take(wms.agent));
        recompute();
        assertPriority(anns, 1000);
        assertPriority(pauls, 3000);
    }
}
