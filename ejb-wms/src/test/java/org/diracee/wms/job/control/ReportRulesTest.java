/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.diracee.wms.fixture.JobRowBuilder.LOGGED;
import static org.diracee.wms.fixture.JobRowBuilder.aJob;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.diracee.kernel.value.JobStatus;
import org.diracee.wms.job.entity.JobChange;
import org.diracee.wms.job.entity.JobRow;
import org.diracee.wms.job.entity.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ReportRulesTest {

    private static final Instant NOW = LOGGED.plusSeconds(100);

    private static Report report(int second, JobStatus status, String minor) {
        return new Report(
                LOGGED.plusSeconds(second), Optional.of(status), Optional.of(minor), Optional.empty(), "JobWrapper");
    }

    private static ReportOutcome byWrapper(JobRow job, Report... reports) {
        return ReportRules.apply(job, List.of(reports), true, false, NOW);
    }

    private static ReportOutcome byOwner(JobRow job, Report... reports) {
        return ReportRules.apply(job, List.of(reports), false, false, NOW);
    }

    private static JobChange change(ReportOutcome outcome) {
        return outcome.change().orElseThrow();
    }

    static Stream<Arguments> pairs() {
        return Arrays.stream(JobStatus.values())
                .flatMap(from -> Arrays.stream(JobStatus.values()).map(to -> Arguments.of(from, to)));
    }

    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("pairs")
    void aWrapperMovesItsJobAsTheTableAllows(JobStatus from, JobStatus to) {
        ReportOutcome outcome = byWrapper(aJob().in(from).build(), report(1, to, "new"));

        JobStatus effective = from == JobStatus.STALLED ? JobStatus.RUNNING : from;
        boolean allowed = effective.allows(to);
        assertThat(change(outcome).status()).isEqualTo(allowed ? to : effective);
        assertThat(change(outcome).minorStatus()).isEqualTo(allowed ? "new" : "minor");
        assertThat(outcome.records())
                .extracting(LogRecord::source)
                .containsExactly(allowed ? "JobWrapper" : "JobWrapper(SM)");
    }

    @ParameterizedTest
    @EnumSource(
            value = JobStatus.class,
            names = {"CHECKING", "STAGING", "RESCHEDULED"})
    void noReportOfAnOwnerLetsAJobWaitUnlessForced(JobStatus from) {
        Report waits = report(1, JobStatus.WAITING, "Pilot Agent Submission");

        assertThat(change(byOwner(aJob().in(from).build(), waits)).status()).isEqualTo(from);
        assertThat(change(ReportRules.apply(aJob().in(from).build(), List.of(waits), false, true, NOW))
                        .status())
                .isEqualTo(JobStatus.WAITING);
    }

    @Test
    void reportsAreTakenInTheOrderOfTheirTimes() {
        ReportOutcome outcome = byWrapper(
                aJob().in(JobStatus.MATCHED).build(),
                report(3, JobStatus.DONE, "Execution Complete"),
                report(1, JobStatus.RUNNING, "Application"),
                report(2, JobStatus.COMPLETING, "Uploading Outputs"));

        assertThat(outcome.records())
                .extracting(LogRecord::status)
                .containsExactly(JobStatus.RUNNING, JobStatus.COMPLETING, JobStatus.DONE);
        assertThat(change(outcome)).satisfies(change -> {
            assertThat(change.startExecTime()).isEqualTo(LOGGED.plusSeconds(1));
            assertThat(change.endExecTime()).isEqualTo(LOGGED.plusSeconds(3));
            assertThat(change.heartBeatTime()).isEqualTo(LOGGED.plusSeconds(3));
            assertThat(change.lastUpdateTime()).isEqualTo(LOGGED.plusSeconds(3));
            assertThat(change.lastLoggedTime()).isEqualTo(LOGGED.plusSeconds(3));
            assertThat(change.reportedTime()).isEqualTo(LOGGED.plusSeconds(3));
        });
    }

    @Test
    void startAndEndOfTheExecutionAreNotesOfTheFirstTime() {
        Instant before = LOGGED.minusSeconds(50);

        ReportOutcome outcome = byWrapper(
                aJob().in(JobStatus.RUNNING).startedAt(before).build(), report(1, JobStatus.RUNNING, "Application"));

        assertThat(change(outcome).startExecTime()).isEqualTo(before);
        assertThat(change(outcome).endExecTime()).isNull();
    }

    @Test
    void aReportWithoutAStatusChangesTheTextsOnly() {
        Report texts = new Report(NOW, Optional.empty(), Optional.of("m"), Optional.of("a"), "me");

        ReportOutcome outcome = byOwner(aJob().in(JobStatus.RUNNING).build(), texts);

        assertThat(change(outcome).status()).isEqualTo(JobStatus.RUNNING);
        assertThat(change(outcome).minorStatus()).isEqualTo("m");
        assertThat(change(outcome).applicationStatus()).isEqualTo("a");
        assertThat(change(outcome).heartBeatTime()).isNull();
    }

    @Test
    void aRefusedStatusKeepsItsApplicationStatus() {
        Report refused =
                new Report(NOW, Optional.of(JobStatus.DONE), Optional.of("m"), Optional.of("the truth"), "JobWrapper");

        ReportOutcome outcome = byWrapper(aJob().in(JobStatus.MATCHED).build(), refused);

        assertThat(change(outcome).status()).isEqualTo(JobStatus.MATCHED);
        assertThat(change(outcome).applicationStatus()).isEqualTo("the truth");
    }

    @Test
    void aReportOlderThanTheLogIsLate() {
        ReportOutcome outcome = byOwner(
                aJob().in(JobStatus.RUNNING).build(),
                report(-1, JobStatus.COMPLETING, "too late"),
                report(0, JobStatus.RUNNING, "just in time"));

        assertThat(outcome.late())
                .extracting(late -> late.minorStatus().orElse(""))
                .containsExactly("too late");
        assertThat(change(outcome).minorStatus()).isEqualTo("just in time");
        assertThat(byOwner(aJob().in(JobStatus.RUNNING).build(), report(-1, JobStatus.DONE, "x"))
                        .change())
                .isEmpty();
    }

    @Test
    void theHolderIsLateOnlyAgainstItself() {
        JobRow job = aJob().in(JobStatus.RUNNING)
                .heldBy("p", 1)
                .lastReportedAt(LOGGED.minusSeconds(60))
                .build();

        ReportOutcome inTime = byWrapper(job, report(-59, JobStatus.COMPLETING, "slow clock"));
        ReportOutcome late = byWrapper(job, report(-61, JobStatus.COMPLETING, "overtaken"));

        assertThat(change(inTime).status()).isEqualTo(JobStatus.COMPLETING);
        assertThat(change(inTime).reportedTime()).isEqualTo(LOGGED.minusSeconds(59));
        assertThat(change(inTime).lastLoggedTime())
                .as("the log never goes back")
                .isEqualTo(LOGGED);
        assertThat(late.change()).isEmpty();
    }

    @Test
    void noReportLiesInTheFuture() {
        ReportOutcome outcome =
                byWrapper(aJob().in(JobStatus.MATCHED).build(), report(1_000_000, JobStatus.RUNNING, "x"));

        assertThat(change(outcome).lastLoggedTime()).isEqualTo(NOW);
        assertThat(change(outcome).reportedTime()).isEqualTo(NOW);
    }

    @ParameterizedTest
    @EnumSource(JobStatus.class)
    void anOwnersDeletionKillsWhatCannotBeDeletedYet(JobStatus from) {
        ReportOutcome outcome = byOwner(
                aJob().in(from).heldBy("p", 1).build(), report(-1000, JobStatus.DELETED, "Checking accounting"));

        JobStatus effective = from == JobStatus.STALLED ? JobStatus.RUNNING : from;
        JobStatus expected = effective.allows(JobStatus.DELETED)
                ? JobStatus.DELETED
                : effective.isKillable() ? JobStatus.KILLED : effective;
        assertThat(change(outcome).status()).isEqualTo(expected);
        assertThat(outcome.killsPayload()).isEqualTo(from.isHeldByPilot() && expected == JobStatus.KILLED);
    }

    @Test
    void aWrapperThatReportsItsOwnDeathNeedsNoOrder() {
        ReportOutcome outcome = byWrapper(
                aJob().in(JobStatus.RUNNING).heldBy("p", 1).build(),
                report(1, JobStatus.KILLED, "Received Kill signal"));

        assertThat(change(outcome).status()).isEqualTo(JobStatus.KILLED);
        assertThat(outcome.killsPayload()).isFalse();
    }

    @Test
    void forceLeavesTheTableAside() {
        ReportOutcome outcome = ReportRules.apply(
                aJob().in(JobStatus.DELETED).build(),
                List.of(report(-500, JobStatus.WAITING, "Pilot Agent Submission")),
                false,
                true,
                NOW);

        assertThat(change(outcome).status()).isEqualTo(JobStatus.WAITING);
        assertThat(outcome.records()).extracting(LogRecord::source).containsExactly("JobWrapper");
    }

    /** Statuses with their times, from which subsets are reported; many of their moves are not allowed. */
    @Provide
    Arbitrary<List<Report>> reports() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 90),
                        Arbitraries.of(JobStatus.class).optional(0.8),
                        Arbitraries.of("a", "b", "c").optional(0.6),
                        Arbitraries.of("x", "y").optional(0.3),
                        Arbitraries.of("JobWrapper", "JobAgent", "Unknown"))
                .as((second, status, minor, application, source) ->
                        new Report(LOGGED.plusSeconds(second), status, minor, application, source))
                .list()
                .uniqueElements(Report::time)
                .ofMinSize(1)
                .ofMaxSize(7);
    }

    /** A bulk is a set of timed facts: in what order they are written down decides nothing. */
    @Property
    void theOrderInWhichReportsAreGivenDoesNotMatter(
            @ForAll JobStatus from,
            @ForAll boolean byHolder,
            @ForAll("reports") List<Report> reports,
            @ForAll Random random) {
        JobRow job = aJob().in(from).build();
        List<Report> shuffled = new ArrayList<>(reports);
        Collections.shuffle(shuffled, random);

        assertThat(ReportRules.apply(job, shuffled, byHolder, false, NOW))
                .isEqualTo(ReportRules.apply(job, reports, byHolder, false, NOW));
    }

    /**
     * Whether reports come at once or one by one in their order, the job ends up the same. Stalled is left out: only
     * StalledJobAgent says it, of jobs that report nothing.
     */
    @Property
    void reportsOneByOneComeToTheSameAsTogether(
            @ForAll JobStatus from, @ForAll boolean byHolder, @ForAll("reports") List<Report> reports) {
        Assume.that(reports.stream().noneMatch(report -> report.status().equals(Optional.of(JobStatus.STALLED))));
        List<Report> ordered =
                reports.stream().sorted(Comparator.comparing(Report::time)).toList();
        JobRow job = aJob().in(from).build();
        JobChange together = change(ReportRules.apply(job, reports, byHolder, false, NOW));

        for (Report report : ordered) {
            job = after(job, change(ReportRules.apply(job, List.of(report), byHolder, false, NOW)));
        }

        assertThat(job).isEqualTo(after(aJob().in(from).build(), together));
    }

    /** No order of reports leads a job along a way that the table does not have. */
    @Property
    void everyLoggedMoveIsOneOfTheTable(@ForAll JobStatus from, @ForAll("reports") List<Report> reports) {
        ReportOutcome outcome = ReportRules.apply(aJob().in(from).build(), reports, true, false, NOW);

        JobStatus status = from == JobStatus.STALLED ? JobStatus.RUNNING : from;
        for (LogRecord logged : outcome.records()) {
            assertThat(status.allows(logged.status())).isTrue();
            status = logged.status();
        }
        assertThat(change(outcome).status()).isEqualTo(status);
        assertThat(outcome.records()).extracting(LogRecord::time).isSorted();
    }

    private static JobRow after(JobRow job, JobChange change) {
        return new JobRow(
                job.id(),
                job.vo(),
                job.owner(),
                job.ownerGroup(),
                job.jobGroup(),
                job.jobType(),
                job.site(),
                change.status(),
                change.minorStatus(),
                change.applicationStatus(),
                job.userPriority(),
                job.rescheduleCounter(),
                job.verified(),
                job.taskQueue(),
                job.attempt(),
                job.pilot(),
                change.lastUpdateTime(),
                change.startExecTime(),
                change.heartBeatTime(),
                change.endExecTime(),
                job.leaseUntil(),
                change.reportedTime(),
                change.lastLoggedTime());
    }
}
