/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.history.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.value.GroupName;
import org.diracee.wms.fixture.WmsServices;
import org.diracee.wms.job.boundary.HistoryQuery;
import org.diracee.wms.job.boundary.JobMonitoring;
import org.diracee.wms.job.boundary.JobQuery;
import org.diracee.wms.job.control.CountCache;
import org.diracee.wms.job.control.InvalidSearch;
import org.diracee.wms.job.entity.JobDetailsRepository;
import org.diracee.wms.job.entity.JobSearchRepository;
import org.diracee.wms.pilot.boundary.PilotHistoryQuery;
import org.diracee.wms.pilot.boundary.PilotMonitoring;
import org.diracee.wms.pilot.boundary.PilotQuery;
import org.diracee.wms.pilot.control.InvalidPilotSearch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The history of jobs from the counters to the answer. All tests share one table of snapshots, so each clears it. */
class JobSnapshotsIT {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final WmsServices wms = new WmsServices();
    private final WmsServices otherVo = new WmsServices();
    private final JobSnapshots snapshots = wms.snapshots();
    private final JobMonitoring monitoring = new JobMonitoring(
            new JobSearchRepository(wms.database.entities()),
            new JobDetailsRepository(wms.database.entities()),
            new CountCache(wms.clock),
            snapshots,
            wms.managed,
            wms.configuration);

    private final PilotMonitoring pilotMonitoring = wms.pilotMonitoring();

    private Instant start = Instant.EPOCH;

    @BeforeEach
    void beginAnHourAnew() {
        wms.database.query("delete from wms.job_snapshot");
        wms.database.query("delete from wms.job_history");
        wms.database.query("delete from wms.pilot_history");
        Instant now = wms.clock.instant();
        start = now.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
        wms.clock.advance(Duration.between(now, start).plusSeconds(5));
    }

    private void take() {
        wms.in(services -> snapshots.take(wms.agent));
    }

    private History history(Caller caller, Duration step, List<String> grouping, JobQuery.Filter... filters) {
        return wms.in(services -> monitoring.history(
                caller,
                new HistoryQuery(
                        start, start.plus(1, ChronoUnit.HOURS), Optional.of(step), grouping, List.of(filters))));
    }

    private static JobQuery.Filter equal(String parameter, String value) {
        return new JobQuery.Filter(parameter, "eq", Optional.of(value), Optional.empty());
    }

    private static History.Series series(String column, String value, Double... jobs) {
        return new History.Series(Map.of(column, Optional.of(value)), List.of(jobs));
    }

    /** Two minutes with three waiting jobs, one at which nobody looked, one with a matched job. */
    private void passFourMinutes() {
        wms.submitted(wms.alice, "Executable = \"x\"; Parameters = 3;");
        otherVo.submitted(otherVo.alice, "Executable = \"x\"; Parameters = 7;");
        take();
        wms.clock.advance(MINUTE);
        take();
        wms.clock.advance(MINUTE.multipliedBy(2));
        wms.matched(wms.pilot(), 1);
        take();
    }

    @Test
    void tellsHowManyJobsThereWereEveryMinute() {
        passFourMinutes();

        History history = history(wms.bob, MINUTE, List.of("Status"));

        assertThat(history.times()).containsExactly(start, start.plus(MINUTE), start.plus(MINUTE.multipliedBy(3)));
        assertThat(history.series())
                .containsExactlyInAnyOrder(
                        series("Status", "Waiting", 3.0, 3.0, 2.0), series("Status", "Matched", 0.0, 0.0, 1.0));
    }

    @Test
    void averagesOverLongerSteps() {
        passFourMinutes();
        History history = history(wms.bob, Duration.ofMinutes(30), List.of("Status"), equal("Status", "Waiting"));
        assertThat(history.times()).containsExactly(start);
        assertThat(history.series()).containsExactly(series("Status", "Waiting", 8 / 3.0));
    }

    @Test
    void addsEverythingUpWithoutAGrouping() {
        passFourMinutes();
        assertThat(history(wms.bob, MINUTE, List.of()).series())
                .containsExactly(new History.Series(Map.of(), List.of(3.0, 3.0, 3.0)));
    }

    @Test
    void countsAMinuteOnce() {
        wms.submitted(wms.alice, "Executable = \"x\";");
        take();
        take();
        assertThat(history(wms.bob, MINUTE, List.of()).series())
                .containsExactly(new History.Series(Map.of(), List.of(1.0)));
    }

    @Test
    void showsOnlyOnesVoAndOnlyOnesOwnJobsWhereTheVoSaysSo() {
        passFourMinutes();
        Caller.User chief = wms.user("chief", Property.SERVICE_ADMINISTRATOR);
        assertThat(history(wms.bob, MINUTE, List.of("VO"), equal("VO", otherVo.vo.text()))
                        .series())
                .isEmpty();
        assertThat(history(chief, MINUTE, List.of("VO"), equal("VO", otherVo.vo.text()))
                        .series())
                .containsExactly(series("VO", otherVo.vo.text(), 7.0, 7.0, 7.0));

        wms.configuration.set(Map.of(
                "Operations",
                Map.of("Defaults", Map.of("Services", Map.of("JobMonitoring", Map.of("GlobalJobsInfo", "no"))))));
        assertThat(history(wms.bob, MINUTE, List.of()).series()).isEmpty();
        assertThat(history(wms.alice, MINUTE, List.of()).series()).hasSize(1);
    }

    @Test
    void makesHoursOfOldMinutesAndKeepsTheAverage() {
        passFourMinutes();
        wms.clock.advance(Duration.ofDays(3));

        boolean first = wms.in(services -> snapshots.coarsen(wms.agent));
        boolean second = wms.in(services -> snapshots.coarsen(wms.agent));

        assertThat(first).isTrue();
        assertThat(second).isFalse();
        History history = history(wms.bob, MINUTE, List.of("Status"));
        assertThat(history.times()).containsExactly(start);
        assertThat(history.series())
                .containsExactlyInAnyOrder(series("Status", "Waiting", 8 / 3.0), series("Status", "Matched", 1 / 3.0));
    }

    private History pilots(Caller caller, List<String> grouping, PilotQuery.Filter... filters) {
        return wms.in(services -> pilotMonitoring.history(
                caller,
                new PilotHistoryQuery(
                        start, start.plus(1, ChronoUnit.HOURS), Optional.of(MINUTE), grouping, List.of(filters))));
    }

    private void addPilots(WmsServices services, String status, int number) {
        wms.database.query(
                "insert into wms.pilot (stamp, vo, grid_site, status, submission_time, last_update_time)"
                        + " select md5(random()::text), '%s', 'LCG.A.b', '%s', now(), now() from generate_series(1, %d)",
                services.vo, status, number);
    }

    @Test
    void tellsHowManyPilotsThereWereAndKeepsTheAverage() {
        addPilots(wms, "Running", 3);
        addPilots(wms, "Waiting", 1);
        addPilots(otherVo, "Running", 5);
        take();
        wms.clock.advance(MINUTE);
        wms.database.query("update wms.pilot set status = 'Done' where vo = '%s' and status = 'Waiting'", wms.vo);
        take();
        take();

        PilotQuery.Filter running = new PilotQuery.Filter("Status", "eq", Optional.of("Running"), Optional.empty());
        assertThat(pilots(wms.bob, List.of("Status")).times()).containsExactly(start, start.plus(MINUTE));
        assertThat(pilots(wms.bob, List.of("Status")).series())
                .containsExactlyInAnyOrder(
                        series("Status", "Running", 3.0, 3.0),
                        series("Status", "Waiting", 1.0, 0.0),
                        series("Status", "Done", 0.0, 1.0));
        assertThat(pilots(wms.bob, List.of(), running).series())
                .containsExactly(new History.Series(Map.of(), List.of(3.0, 3.0)));
        assertThat(pilots(otherVo.bob, List.of("GridSite")).series())
                .containsExactly(series("GridSite", "LCG.A.b", 5.0, 5.0));

        wms.clock.advance(Duration.ofDays(3));
        wms.in(services -> snapshots.coarsen(wms.agent));
        assertThat(pilots(wms.bob, List.of("Status")).series())
                .containsExactlyInAnyOrder(
                        series("Status", "Running", 3.0),
                        series("Status", "Waiting", 0.5),
                        series("Status", "Done", 0.5));
    }

    @Test
    void refusesWhatTheHistoryOfPilotsDoesNotKnow() {
        assertThatThrownBy(() -> pilots(wms.bob, List.of("Status", "Queue")))
                .isInstanceOf(InvalidPilotSearch.class)
                .hasMessageContaining("grouping[1]: 'Queue' is not in the history of pilots; known are GridSite, VO,");
        assertThatThrownBy(() -> pilots(
                        wms.bob, List.of(), new PilotQuery.Filter("JobID", "eq", Optional.of("7"), Optional.empty())))
                .isInstanceOf(InvalidPilotSearch.class)
                .hasMessageContaining("search[0].parameter: 'JobID'");
    }

    @Test
    void keepsMinutesThatAreNotOldEnough() {
        passFourMinutes();
        wms.clock.advance(Duration.ofDays(1));
        boolean coarsened = wms.in(services -> snapshots.coarsen(wms.agent));
        assertThat(coarsened).isFalse();
    }

    @Test
    void averagesWhatRanByGroupAndInAGroupByOwner() {
        wms.database.query(
                "insert into wms.job_counter select '%s', o, g, 'g', 's', 't', 'Running', 'm', n "
                        + "from (values ('ann', 'analysis', 6), ('ben', 'analysis', 2), ('paul', 'production', 4)) v (o, g, n)",
                wms.vo);
        take();
        wms.database.query("delete from wms.job_counter where vo = '%s' and owner = 'ben'", wms.vo);
        wms.clock.advance(MINUTE);
        take();

        Map<String, Double> groups = running(Optional.empty());
        Map<String, Double> owners = running(Optional.of(new GroupName("analysis")));
        assertThat(groups).isEqualTo(Map.of("analysis", 7.0, "production", 4.0));
        assertThat(owners).isEqualTo(Map.of("ann", 6.0, "ben", 1.0));
    }

    private Map<String, Double> running(Optional<GroupName> group) {
        return wms.in(services -> snapshots.averageRunning(wms.vo, group, Duration.ofHours(1)));
    }

    @Test
    void refusesWhatTheHistoryDoesNotKnow() {
        assertThatThrownBy(() -> history(wms.bob, MINUTE, List.of("Status", "JobName")))
                .isInstanceOf(InvalidSearch.class)
                .hasMessageContaining("grouping[1]: 'JobName' is not in the history of jobs; known are JobType,");
        assertThatThrownBy(() -> history(wms.bob, MINUTE, List.of(), equal("JobID", "7")))
                .isInstanceOf(InvalidSearch.class)
                .hasMessageContaining("search[0].parameter: 'JobID'");
    }
}
