/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.diracee.framework.registry.boundary.ManagedSites;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.value.JobId;
import org.diracee.wms.fixture.HeardEvents;
import org.diracee.wms.fixture.MovableClock;
import org.diracee.wms.fixture.WmsDatabase;
import org.diracee.wms.fixture.WmsServices;
import org.diracee.wms.fixture.WmsServices.FixedConfiguration;
import org.diracee.wms.pilot.control.PilotReading;
import org.diracee.wms.pilot.control.PilotSettings;
import org.diracee.wms.pilot.entity.PilotCleaningRepository;
import org.diracee.wms.pilot.entity.PilotRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** All tests share one table of pilots, so each adds its own, of a VO of its own, and looks at nothing else. */
class PilotCleaningIT {

    private static final Caller.System AGENT = new Caller.System("PilotStatusAgent");
    private static final Duration DAY = Duration.ofDays(1);

    private final WmsDatabase database = WmsDatabase.shared();
    private final String vo = "v" + UUID.randomUUID().toString().substring(0, 8);
    private final MovableClock clock = new MovableClock();
    private final FixedConfiguration configuration = new FixedConfiguration();
    private final List<String> ended = new ArrayList<>();
    private final List<String> accounted = new ArrayList<>();
    private final PilotManager manager = new PilotManager(
            new PilotRepository(database.entities()),
            new PilotReading(new ManagedSites(new Registry() {})),
            new PilotSettings(configuration),
            new Registry() {},
            new HeardEvents<>(news -> ended.add(news.stamp().text())),
            clock);
    private final PilotCleaning cleaning = new PilotCleaning(
            new PilotCleaningRepository(database.entities()),
            manager,
            new HeardEvents<>(news -> accounted.add(news.pilot().stamp() + " " + news.jobs())),
            configuration,
            clock);

    @AfterEach
    void removePilots() {
        for (String table : List.of("pilot_log", "pilot_job")) {
            database.query(
                    "delete from wms.%s where pilot_stamp in (select stamp from wms.pilot where vo = '%s')", table, vo);
        }
        database.query("delete from wms.pilot where vo = '%s'", vo);
    }

    private void accountPilots() {
        configuration.set(Map.of(
                "Systems",
                Map.of(
                        "WorkloadManagement",
                        Map.of("Agents", Map.of("PilotStatusAgent", Map.of("PilotAccountingEnabled", "yes"))))));
    }

    private void add(String stamp, String status, Duration ago) {
        database.query(
                "insert into wms.pilot (stamp, vo, status, submission_time, last_update_time) values ('%s', '%s', '%s',"
                        + " '%s', '%s')",
                stamp, vo, status, clock.instant().minus(ago), clock.instant().minus(ago));
    }

    private String stamps() {
        return database.query("select stamp, status from wms.pilot where vo = '%s' order by stamp", vo)
                .toString();
    }

    @Test
    void givesUpPilotsThatNothingIsHeardOf() {
        add("c1silent", "Running", DAY.multipliedBy(4));
        add("c2lively", "Running", DAY.multipliedBy(2));
        add("c3done", "Done", DAY.multipliedBy(4));

        database.inTransaction(() -> cleaning.giveUp(AGENT));
        assertThat(stamps()).contains("Deleted").contains("Running").contains("Done");
        database.inTransaction(() -> cleaning.giveUp(AGENT));
        assertThat(ended).containsOnlyOnce("c1silent").doesNotContain("c2lively", "c3done");
    }

    @Test
    void givesUpNoPilotWhoseJobBeats() {
        WmsServices wms = new WmsServices();
        JobId job = wms.submitted(wms.alice, "Executable = \"run.sh\";").get(0);
        add("d1quiet", "Running", DAY.multipliedBy(4));
        database.query(
                "update wms.job set status = 'Running', pilot_stamp = 'd1quiet', last_update_time = '%s', heart_beat_time = '%s'"
                        + " where id = %s",
                clock.instant().minus(DAY.multipliedBy(4)), clock.instant(), job);

        database.inTransaction(() -> cleaning.giveUp(AGENT));
        assertThat(stamps()).contains("Running").doesNotContain("Deleted");

        database.query("update wms.job set heart_beat_time = null where id = %s", job);
        database.inTransaction(() -> cleaning.giveUp(AGENT));
        assertThat(stamps()).contains("Deleted");
    }

    @Test
    void accountsEachEndedPilotOnce() {
        accountPilots();
        add("a1done", "Done", DAY);
        add("a2runs", "Running", DAY);
        database.query("insert into wms.pilot_job (pilot_stamp, job_id, attempt, started) values"
                + " ('a1done', 1, 1, now()), ('a1done', 2, 1, now())");

        database.inTransaction(() -> cleaning.account(AGENT));
        database.inTransaction(() -> cleaning.account(AGENT));
        assertThat(accounted).containsOnlyOnce("a1done 2").doesNotContain("a2runs 0");
    }

    @Test
    void clearsNothingBeforeItIsAccounted() {
        accountPilots();
        add("b1old", "Done", DAY.multipliedBy(31));

        database.inTransaction(() -> cleaning.clear(AGENT));
        assertThat(stamps()).contains("b1old");
        database.inTransaction(() -> cleaning.account(AGENT));
        database.inTransaction(() -> cleaning.clear(AGENT));
        assertThat(stamps()).doesNotContain("b1old");
    }

    @Test
    void clearsOldPilotsWithAllThatIsKeptOfThem() {
        add("o1aborted", "Aborted", DAY.multipliedBy(8));
        add("o2done", "Done", DAY.multipliedBy(8));
        add("o3old", "Done", DAY.multipliedBy(31));
        add("o4silent", "Unknown", DAY.multipliedBy(31));
        database.query("insert into wms.pilot_log (pilot_stamp, logged_at, pilot_time, severity, scope, message) values"
                + " ('o3old', now(), now(), 'INFO', 's', 'm'), ('o2done', now(), now(), 'INFO', 's', 'm')");

        database.inTransaction(() -> cleaning.clear(AGENT));

        assertThat(stamps()).contains("o2done", "o4silent").doesNotContain("o1aborted", "o3old");
        assertThat(database.query("select pilot_stamp from wms.pilot_log where pilot_stamp like 'o_%%'")
                        .toString())
                .contains("o2done")
                .doesNotContain("o3old");
    }

    @Test
    void marksNothingAsAccountedUnlessItIsAskedTo() {
        add("n1old", "Failed", DAY);

        assertThat(database.inTransaction(() -> cleaning.account(AGENT))).isZero();
        assertThat(accounted).isEmpty();
    }
}
