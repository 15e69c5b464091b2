/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.feed.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.wms.feed.control.ChangeWindow;
import org.diracee.wms.feed.entity.ChangeRepository;
import org.diracee.wms.feed.entity.FeedCursor;
import org.diracee.wms.fixture.WmsServices;
import org.diracee.wms.job.boundary.JobMonitoring;
import org.diracee.wms.job.control.CountCache;
import org.diracee.wms.job.entity.JobDetailsRepository;
import org.diracee.wms.job.entity.JobSearchRepository;
import org.diracee.wms.pilot.boundary.PilotStatus;
import org.junit.jupiter.api.Test;

class ChangeFeedIT {

    private static final String JOB = "Executable = \"/bin/true\";";
    private static final int MANY = 10_000;
    private static final WantedPilots ALL_PILOTS =
            new WantedPilots(Set.of(), Set.of(), Set.of(), Set.of(), Optional.empty());

    private final WmsServices wms = new WmsServices();
    private final WmsServices otherVo = new WmsServices();
    private final ChangeWindow window = new ChangeWindow();
    private final ChangeFeed feed = feed(wms);

    private ChangeFeed feed(WmsServices services) {
        return new ChangeFeed(
                new ChangeRepository(services.database.entities()),
                window,
                new JobMonitoring(
                        new JobSearchRepository(services.database.entities()),
                        new JobDetailsRepository(services.database.entities()),
                        new CountCache(services.clock),
                        services.snapshots(),
                        services.managed,
                        services.configuration),
                services.pilotMonitoring());
    }

    @Test
    void tellsWhatFollowsACursorOnceAndInOrder() {
        String begin = now();
        JobId job = wms.submitted(wms.alice, JOB).get(0);
        ChangePage<StatusChange> first = read(wms.alice, begin, 1);
        ChangePage<StatusChange> rest = read(wms.alice, first.next(), MANY);

        assertThat(first.changes()).singleElement().satisfies(change -> {
            assertThat(change.job()).isEqualTo(job);
            assertThat(change.status()).isEqualTo(JobStatus.RECEIVED);
            assertThat(change.cursor()).isEqualTo(first.next());
        });
        assertThat(first.hasMore()).isTrue();
        assertThat(rest.changes()).extracting(StatusChange::status).containsExactly(JobStatus.WAITING);
        assertThat(rest.hasMore()).isFalse();
        assertThat(read(wms.alice, rest.next(), MANY).changes()).isEmpty();
    }

    @Test
    void withoutACursorThereIsNothingButTheCursorOfNow() {
        wms.submitted(wms.alice, JOB);

        assertThat(wms.in(services -> feed.read(wms.alice, all(), Optional.empty(), MANY))
                        .changes())
                .isEmpty();
    }

    @Test
    void readsFromTheOldestThatIsKept() {
        JobId job = wms.submitted(wms.alice, JOB).get(0);

        assertThat(drained(wms.alice, ChangeFeed.OLDEST))
                .extracting(StatusChange::job)
                .contains(job);
    }

    /** The number of a transaction is given before it commits: whoever began first may end last, and must not be missed. */
    @Test
    void whatCommitsLateIsToldAndWhatCommittedMeanwhileWaitsForIt() throws SQLException {
        JobId early = wms.submitted(wms.alice, JOB).get(0);
        JobId late = wms.submitted(wms.alice, JOB).get(0);
        String begin = now();
        try (Connection slow = wms.database.connection();
                Connection quick = wms.database.connection()) {
            slow.setAutoCommit(false);
            log(slow, early, "Running");
            log(quick, late, "Matched");

            ChangePage<StatusChange> meanwhile = read(wms.alice, begin, MANY);
            assertThat(meanwhile.changes()).isEmpty();
            slow.commit();

            assertThat(read(wms.alice, meanwhile.next(), MANY).changes())
                    .extracting(StatusChange::job)
                    .containsExactly(early, late);
        }
    }

    @Test
    void nothingIsMissedOrToldTwiceWhileManyCommitInAnyOrder() {
        JobId job = wms.submitted(wms.alice, JOB).get(0);
        String begin = now();
        AtomicBoolean writing = new AtomicBoolean(true);
        List<String> told = new ArrayList<>();
        CompletableFuture<Void> reader = CompletableFuture.runAsync(() -> {
            String place = begin;
            boolean last = false;
            while (!last) {
                last = !writing.get();
                ChangePage<StatusChange> page;
                do {
                    page = read(wms.alice, place, 7);
                    place = page.next();
                    page.changes().forEach(change -> told.add(change.minorStatus()));
                } while (page.hasMore());
            }
        });

        CompletableFuture.allOf(IntStream.range(0, 8)
                        .mapToObj(writer -> CompletableFuture.runAsync(() -> write(job, writer)))
                        .toArray(CompletableFuture[]::new))
                .join();
        writing.set(false);
        reader.join();

        assertThat(told).hasSize(8 * 60).doesNotHaveDuplicates();
    }

    private void write(JobId job, int writer) {
        try (Connection connection = wms.database.connection()) {
            connection.setAutoCommit(false);
            for (int number = 0; number < 20; number++) {
                for (int row = 0; row < 3; row++) {
                    log(connection, job, "Running", writer + "/" + number + "/" + row);
                    if (ThreadLocalRandom.current().nextBoolean()) {
                        Thread.yield();
                    }
                }
                connection.commit();
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Test
    void whatWasRolledBackNeverHappened() throws SQLException {
        JobId job = wms.submitted(wms.alice, JOB).get(0);
        String begin = now();
        try (Connection connection = wms.database.connection()) {
            connection.setAutoCommit(false);
            log(connection, job, "Running");
            connection.rollback();
        }

        assertThat(drained(wms.alice, begin)).isEmpty();
    }

    @Test
    void tellsNothingOfAnotherVo() {
        String begin = now();
        otherVo.submitted(otherVo.alice, JOB);

        assertThat(drained(wms.alice, begin)).isEmpty();
        assertThat(drained(wms.user("chief", Property.NORMAL_USER, Property.SERVICE_ADMINISTRATOR), begin))
                .isNotEmpty();
    }

    @Test
    void tellsOnlyOfOwnJobsWhereTheVoKeepsThemApart() {
        wms.configuration.set(Map.of(
                "Operations",
                Map.of(wms.vo.text(), Map.of("Services", Map.of("JobMonitoring", Map.of("GlobalJobsInfo", "no"))))));
        String begin = now();
        wms.submitted(wms.bob, JOB);

        assertThat(drained(wms.alice, begin)).isEmpty();
        assertThat(drained(wms.bob, begin)).isNotEmpty();
        assertThat(drained(wms.admin, begin)).isNotEmpty();
    }

    @Test
    void isOnlyForWhomSearchesAreFor() {
        assertThatThrownBy(() -> read(wms.pilot(), now(), 1)).isInstanceOf(Forbidden.class);
    }

    @Test
    void tellsWhatIsWanted() {
        String begin = now();
        JobId wanted = wms.submitted(wms.alice, JOB + "JobGroup = \"wanted\";").get(0);
        JobId other = wms.submitted(wms.bob, JOB).get(0);

        assertThat(told(begin, new WantedChanges(Set.of(wanted), Set.of(), Set.of(), Optional.empty())))
                .containsOnly(wanted);
        assertThat(told(begin, new WantedChanges(Set.of(), Set.of("wanted"), Set.of(), Optional.empty())))
                .containsOnly(wanted);
        assertThat(told(begin, new WantedChanges(Set.of(), Set.of(), Set.of(), Optional.of(wms.bob.username()))))
                .containsOnly(other);
        assertThat(told(begin, new WantedChanges(Set.of(), Set.of(), Set.of(JobStatus.DONE), Optional.empty())))
                .isEmpty();
        assertThat(told(begin, new WantedChanges(Set.of(), Set.of(), Set.of(JobStatus.WAITING), Optional.empty())))
                .containsExactlyInAnyOrder(wanted, other);
    }

    @Test
    void aCursorOfWhatIsNotKeptAnyMoreIsGone() {
        String old = new FeedCursor(1, 1, Instant.parse("2020-01-01T00:00:00Z")).text();

        assertThatThrownBy(() -> read(wms.alice, old, 1))
                .isInstanceOf(CursorGone.class)
                .hasMessageContaining("2020-01-01T00:00:00Z")
                .hasMessageContaining("after=oldest");
    }

    @Test
    void aCursorFromBeforeTheDatabaseWasRestoredIsGone() {
        String ahead = new FeedCursor(1_000_000_000_000L, 1, Instant.parse("2100-01-01T00:00:00Z")).text();

        assertThatThrownBy(() -> read(wms.alice, ahead, 1)).isInstanceOf(CursorGone.class);
    }

    @Test
    void aTextThatIsNoCursorIsRefused() {
        for (String text : List.of("", "1", "1-2", "a-b-c-d", "1-2-3'--", "-1-2-3", "9999999999999-1-1")) {
            assertThatThrownBy(() -> read(wms.alice, text, 1)).as(text).isInstanceOf(InvalidRequest.class);
        }
    }

    @Test
    void theWindowTellsTheSameAsTheDatabase() {
        wms.in(services -> feed.refresh());
        String begin = now();
        wms.submitted(wms.alice, JOB, JOB);
        wms.submitted(otherVo.alice, JOB);
        boolean any = wms.in(services -> feed.refresh());

        ChangePage<StatusChange> kept = wms.in(services -> feed.news(wms.alice, all(), begin, MANY));

        assertThat(any).isTrue();
        assertThat(kept.changes()).isEqualTo(drained(wms.alice, begin)).hasSize(4);
        assertThat(wms.in(services -> feed.news(wms.alice, all(), begin, 3)).changes())
                .isEqualTo(kept.changes().subList(0, 3));
    }

    @Test
    void tellsWhatChangedOfPilotsToWhomMaySeeThem() {
        String begin = now();
        addPilot(wms, "Waiting");
        addPilot(otherVo, "Waiting");
        wms.database.query("update wms.pilot set last_update_time = now() where vo = '%s'", wms.vo);
        wms.database.query("update wms.pilot set status = 'Running' where vo = '%s'", wms.vo);

        ChangePage<PilotStatusChange> first = pilots(wms.alice, ALL_PILOTS, begin, 1);
        ChangePage<PilotStatusChange> rest = pilots(wms.alice, ALL_PILOTS, first.next(), MANY);
        assertThat(first.changes()).extracting(PilotStatusChange::status).containsExactly(PilotStatus.WAITING);
        assertThat(first.hasMore()).isTrue();
        assertThat(rest.changes()).singleElement().satisfies(change -> {
            assertThat(change.status()).isEqualTo(PilotStatus.RUNNING);
            assertThat(change.vo()).isEqualTo(wms.vo);
            assertThat(change.site()).isEqualTo("LCG.A.b");
        });
        assertThat(pilots(wms.alice, ALL_PILOTS, rest.next(), MANY).changes()).isEmpty();

        Caller chief = wms.user("chief", Property.SERVICE_ADMINISTRATOR);
        WantedPilots others =
                new WantedPilots(Set.of(), Set.of("LCG.A.b"), Set.of(), Set.of(), Optional.of(otherVo.vo));
        assertThat(pilots(chief, others, begin, MANY).changes()).hasSize(1);
        assertThat(pilots(wms.alice, others, begin, MANY).changes()).isEmpty();
        WantedPilots running =
                new WantedPilots(Set.of(), Set.of(), Set.of(), Set.of(PilotStatus.RUNNING), Optional.empty());
        assertThat(pilots(wms.alice, running, begin, MANY).changes()).hasSize(1);
    }

    @Test
    void looksAtSoManyChangesOfPilotsAtOnce() {
        String begin = now();
        wms.database.query(
                "insert into wms.pilot_change (pilot_stamp, vo, grid_site, destination_site, status, status_reason)"
                        + " select 'x', '%s', 'LCG.A.b', '', 'Waiting', '' from generate_series(1, %d)",
                otherVo.vo, MANY);
        addPilot(wms, "Waiting");

        ChangePage<PilotStatusChange> cut = pilots(wms.alice, ALL_PILOTS, begin, 1);
        assertThat(cut.changes()).isEmpty();
        assertThat(cut.hasMore()).isTrue();
        ChangePage<PilotStatusChange> rest = pilots(wms.alice, ALL_PILOTS, cut.next(), MANY);
        assertThat(rest.changes()).hasSize(1);
        assertThat(rest.hasMore()).isFalse();
    }

    @Test
    void asksTheDatabaseForPilotsOnlyIfThereIsSomethingNew() {
        wms.in(services -> feed.refresh());
        String begin = now();
        wms.in(services -> feed.refresh());
        addPilot(wms, "Waiting");
        assertThat(wms.in(services -> feed.pilotNews(wms.alice, ALL_PILOTS, begin, MANY))
                        .changes())
                .as("not known yet")
                .isEmpty();

        boolean any = wms.in(services -> feed.refresh());
        assertThat(any).isTrue();
        assertThat(wms.in(services -> feed.pilotNews(wms.alice, ALL_PILOTS, begin, MANY))
                        .changes())
                .hasSize(1);
    }

    private void addPilot(WmsServices services, String status) {
        wms.database.query(
                "insert into wms.pilot (stamp, vo, grid_site, status, submission_time, last_update_time)"
                        + " values (md5(random()::text), '%s', 'LCG.A.b', '%s', now(), now())",
                services.vo, status);
    }

    private ChangePage<PilotStatusChange> pilots(Caller caller, WantedPilots wanted, String after, int limit) {
        return wms.in(services -> feed.pilots(caller, wanted, Optional.of(after), limit));
    }

    private Set<JobId> told(String begin, WantedChanges wanted) {
        Set<JobId> jobs = new HashSet<>();
        wms.in(services -> feed.read(wms.alice, wanted, Optional.of(begin), MANY))
                .changes()
                .forEach(change -> jobs.add(change.job()));
        return jobs;
    }

    private List<StatusChange> drained(Caller caller, String after) {
        List<StatusChange> changes = new ArrayList<>();
        ChangePage<StatusChange> page = read(caller, after, MANY);
        changes.addAll(page.changes());
        while (page.hasMore()) {
            page = read(caller, page.next(), MANY);
            changes.addAll(page.changes());
        }
        return changes;
    }

    private ChangePage<StatusChange> read(Caller caller, String after, int limit) {
        return wms.in(services -> feed.read(caller, all(), Optional.of(after), limit));
    }

    private String now() {
        return wms.in(services -> feed.read(wms.alice, all(), Optional.empty(), 1))
                .next();
    }

    private static WantedChanges all() {
        return new WantedChanges(Set.of(), Set.of(), Set.of(), Optional.empty());
    }

    private static void log(Connection connection, JobId job, String status) throws SQLException {
        log(connection, job, status, "Test");
    }

    private static void log(Connection connection, JobId job, String status, String minor) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("insert into wms.job_log (job_id, status_time, status, minor_status, application_status,"
                    + " source) values (%s, now(), '%s', '%s', 'Unknown', 'Test')".formatted(job, status, minor));
        }
    }
}
