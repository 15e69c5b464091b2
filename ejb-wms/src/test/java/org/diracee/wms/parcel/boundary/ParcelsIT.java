/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.parcel.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.error.Unavailable;
import org.diracee.kernel.paging.BulkResult;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.UserName;
import org.diracee.wms.fixture.HeardEvents;
import org.diracee.wms.fixture.WmsServices;
import org.diracee.wms.job.boundary.HeartBeat;
import org.diracee.wms.job.boundary.JobChanges;
import org.diracee.wms.job.boundary.JobCommand;
import org.diracee.wms.job.boundary.JobStateUpdate;
import org.diracee.wms.job.boundary.PushedJobs;
import org.diracee.wms.job.boundary.StatusReport;
import org.diracee.wms.job.boundary.StatusWritten;
import org.diracee.wms.job.entity.CounterRepository;
import org.diracee.wms.job.entity.HeartBeatRepository;
import org.diracee.wms.job.entity.JobLogRepository;
import org.diracee.wms.parcel.control.SpoolEntry;
import org.diracee.wms.parcel.entity.ParcelRepository;
import org.diracee.wms.parcel.entity.ParcelRow;
import org.diracee.wms.pilot.boundary.PilotLogging;
import org.diracee.wms.pilot.boundary.PilotManager;
import org.diracee.wms.pilot.control.PilotReading;
import org.diracee.wms.pilot.control.PilotSettings;
import org.diracee.wms.pilot.entity.PilotLogRepository;
import org.diracee.wms.pilot.entity.PilotRepository;
import org.diracee.wms.pilot.entity.PilotSearchRepository;
import org.diracee.wms.sandbox.boundary.JobSandboxes;
import org.diracee.wms.sandbox.boundary.SandboxAnnouncement;
import org.diracee.wms.sandbox.boundary.SandboxCourier;
import org.diracee.wms.sandbox.boundary.SandboxFormat;
import org.diracee.wms.sandbox.boundary.SandboxPfn;
import org.diracee.wms.sandbox.boundary.SandboxStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ParcelsIT {

    private static final String DONE = """
            {"call":"pilot","status":"Running","reason":"on wn1"}
            {"call":"status","job":JOB,"changes":{"2026-01-01T00:00:01Z":{"status":"Running","minorStatus":"Application"}}}
            {"call":"parameters","job":JOB,"values":{"ExitCode":"0"}}
            {"call":"heartbeat","job":JOB,"cpuConsumed":1}
            {"call":"heartbeat","job":JOB,"cpuConsumed":7}
            {"call":"status","job":JOB,"changes":{"2026-01-01T00:00:02Z":{"status":"Completing","minorStatus":"Uploading Output Sandbox"}}}
            {"call":"output","job":JOB,"pfn":"PFN"}
            {"call":"status","job":JOB,"changes":{"2026-01-01T00:00:03Z":{"status":"Done","minorStatus":"Execution Complete"}}}
            {"call":"pilot","status":"Done","reason":"ran as many jobs as it was told to"}
            {"call":"log","first":0,"lines":[{"timestamp":"2026-01-01T00:00:04Z","severity":"INFO","scope":"Pilot","message":"ends"}]}
            """;

    private final WmsServices wms = new WmsServices();
    private final Caller.System director = new Caller.System("SiteDirector");
    private final Sandboxes sandboxes = new Sandboxes();
    private final Map<String, byte[]> left = new LinkedHashMap<>();
    private final Courier courier = new Courier();
    private final Parcels parcels = parcels();
    private Caller.Pilot pilot = new Caller.Pilot(new PilotStamp("none"), wms.vo);
    private JobId job = new JobId(1);
    private String packed = "";
    private boolean breaksAtClose;

    @BeforeEach
    void send() {
        job = wms.submitted(wms.alice, "Executable = \"/bin/true\"; OutputSandbox = {\"out\"};")
                .get(0);
        pilot = wms.pilot();
        assertThat(parcels.send(director, pilot, WmsServices.resource(), parcel -> packed = contents(parcel)))
                .isTrue();
    }

    @Test
    void packsTheJobThatAPilotWouldHaveGotWithoutAnyToken() {
        assertThat(packed)
                .contains("\"jobId\":" + job, "\"attempt\":1", "/bin/true", "\"owner\":\"alice\"")
                .doesNotContain("token");
        assertThat(wms.column(job, "status")).isEqualTo("Matched");
        assertThat(wms.column(job, "minor_status")).isEqualTo(PushedJobs.WAITS);
        assertThat(wms.column(job, "lease_until > now() + interval '40 hours'")).isEqualTo("t");
        assertThat(parcels.send(director, wms.pilot(), WmsServices.resource(), parcel -> {}))
                .isFalse();
    }

    @Test
    void takesInWhatThePilotLeftInItsOrderAndOnce() {
        follow(true);
        assertThat(wms.column(job, "status")).isEqualTo("Running");
        assertThat(wms.column(job, "minor_status")).isEqualTo(PushedJobs.RUNS);
        leave(DONE);

        open("Ended with exit code 0");
        open("Ended with exit code 0");

        assertThat(wms.column(job, "status")).isEqualTo("Done");
        assertThat(wms.log(job).stream().filter(line -> line.endsWith("JobWrapper")))
                .containsExactly(
                        "Running/Application/JobWrapper",
                        "Completing/Uploading Output Sandbox/JobWrapper",
                        "Done/Execution Complete/JobWrapper");
        assertThat(sandboxes.outputs).containsExactly(pfn().toString());
        assertThat(wms.database.value(
                        "select count(*) || ' ' || max(cpu_consumed) from wms.job_heartbeat where job_id = %s", job))
                .isEqualTo("1 7");
        assertThat(pilotIs()).isEqualTo("Done ran as many jobs as it was told to");
        assertThat(wms.database.value("select count(*) from wms.pilot_log where pilot_stamp = '%s'", pilot.stamp()))
                .isEqualTo("1");
    }

    @Test
    void goesOnWhereItBrokeOff() {
        leave(DONE);
        courier.isAway = true;
        assertThatThrownBy(() -> open("Ended with exit code 0")).isInstanceOf(Unavailable.class);
        assertThat(wms.column(job, "status")).isEqualTo("Matched");
        courier.isAway = false;

        open("Ended with exit code 0");

        assertThat(wms.column(job, "status")).isEqualTo("Done");
        assertThat(wms.log(job).stream().filter(line -> line.startsWith("Running/Application")))
                .hasSize(1);
    }

    @Test
    void aJobWhoseResultsAreFetchedLateIsDoneAllTheSame() {
        Instant begun = wms.clock.instant();
        String spool = DONE;
        for (int second = 1; second <= 4; second++) {
            spool = spool.replace(
                    "2026-01-01T00:00:0" + second + "Z",
                    begun.plusSeconds(second).toString());
        }
        leave(spool);
        wms.clock.advance(Duration.ofHours(1));

        open("Ended with exit code 0");

        assertThat(wms.column(job, "status || ' ' || minor_status")).isEqualTo("Done Execution Complete");
    }

    @Test
    void whatNobodyCanStoreKeepsTheRestFromNothing() {
        leave("""
                {"call":"parameters","job":JOB,"values":{"NormCPUTime(s)":"1e500000000"}}
                {"call":"parameters","job":JOB,"values":{"HeartBeatTime":"+999999999-12-31T00:00:00Z"}}
                {"call":"status","job":JOB,"changes":{"+999999999-12-31T00:00:00Z":{"status":"Failed","minorStatus":"never"}}}
                """ + DONE);

        open("Ended with exit code 0");

        assertThat(wms.column(job, "status")).isEqualTo("Done");
    }

    @Test
    void storesNoMoreOutputsThanAJobHas() {
        String output = "{\"call\":\"output\",\"job\":JOB,\"pfn\":\"PFN\"}\n";
        leave(output.repeat(9) + DONE);

        open("Ended with exit code 0");

        assertThat(sandboxes.outputs).hasSize(3);
        assertThat(wms.column(job, "status")).isEqualTo("Done");
    }

    @Test
    void noStateCountsTwiceThoughTheEndCouldNotBeNoted() {
        leave(DONE);
        breaksAtClose = true;
        assertThatThrownBy(() -> open("Ended with exit code 0")).isInstanceOf(IllegalStateException.class);
        assertThat(wms.column(job, "status")).isEqualTo("Done");
        List<String> log = wms.log(job);

        open("Ended with exit code 0");

        assertThat(wms.log(job)).isEqualTo(log);
        assertThat(sandboxes.outputs).hasSize(1);
    }

    @Test
    void twoNodesThatReadTheSameLetItCountOnce() {
        leave(DONE);
        boolean[] isFirst = {true};
        ParcelResults slow = (name, most, target) -> {
            if (!name.equals("spool.jsonl") && isFirst[0]) {
                isFirst[0] = false;
                open("Ended with exit code 0");
            }
            return results(name, most, target);
        };

        assertThatThrownBy(() -> parcels.open(director, pilot.stamp(), slow, "Ended with exit code 0"))
                .isInstanceOf(Unavailable.class);

        assertThat(wms.log(job).stream().filter(line -> line.endsWith("JobWrapper")))
                .hasSize(3);
        assertThat(wms.column(job, "status")).isEqualTo("Done");
    }

    @Test
    void aJobWhoseParcelCannotBeLaidWaitsForLater() {
        JobId next = wms.submitted(wms.alice, "Executable = \"/bin/true\";").get(0);

        assertThatThrownBy(() -> parcels.send(director, wms.pilot(), WmsServices.resource(), parcel -> {
                    throw new Unavailable("no room");
                }))
                .hasMessageContaining("no room");

        assertThat(wms.column(next, "reschedule_counter")).isEqualTo("1");
        assertThat(wms.column(next, "status")).isIn("Waiting", "Checking");
    }

    @Test
    void aJobWhoseOutputDidNotComeBackIsNotDone() {
        leave(DONE);
        left.remove(pfn().sha256() + ".tar.zst");

        open("Ended with exit code 0");

        assertThat(wms.column(job, "status || ' ' || minor_status || ' ' || application_status"))
                .isEqualTo("Failed Uploading Output Sandbox The output sandbox did not come back from the site: it is"
                        + " missing there or too large");
    }

    @Test
    void aPilotThatLeftNothingCostsAJobThatRan() {
        follow(true);

        open("Ended with exit code 137: no java");

        assertThat(wms.column(job, "status || ' ' || minor_status || ' ' || application_status"))
                .isEqualTo("Failed No results came back from the site Ended with exit code 137: no java");
    }

    @Test
    void aJobThatNeverRanWaitsAgainAsOftenAsItMay() {
        open("CANCELLED");

        assertThat(wms.column(job, "status")).isEqualTo("Waiting");
        assertThat(wms.column(job, "reschedule_counter")).isEqualTo("1");
    }

    @Test
    void aSpoolThatBreaksOffLeavesTheJobWithoutAnEnd() {
        leave(DONE.substring(0, DONE.indexOf("{\"call\":\"output\"") + 20));

        open("The process is gone");

        assertThat(wms.column(job, "status || ' ' || minor_status")).isEqualTo("Failed Pilot ended before its job did");
    }

    @Test
    void speaksOfNoOtherJobAndOfNoOthersSandbox() {
        JobId other = wms.submitted(wms.bob, "Executable = \"/bin/true\";").get(0);
        leave(DONE.replace("\"job\":JOB", "\"job\":" + other));

        open("Ended with exit code 0");

        assertThat(wms.column(other, "status")).isEqualTo("Waiting");
        assertThat(wms.column(job, "reschedule_counter")).isEqualTo("1"); // nothing was heard of it

        assertThat(sandboxes.outputs).isEmpty();
    }

    @Test
    void aLostAttemptChangesNothingAndItsPilotIsNotWanted() {
        wms.in(services -> services.manager.reschedule(wms.alice, List.of(job), false));
        wms.matched(wms.pilot(), 1);
        leave(DONE);

        assertThat(follow(true)).containsExactly(pilot.stamp());
        open("Ended with exit code 0");

        assertThat(wms.column(job, "status")).isEqualTo("Matched");
        assertThat(sandboxes.outputs).isEmpty();
        assertThat(pilotIs()).startsWith("Done");
    }

    @Test
    void aKilledJobStaysKilledWhateverItsPilotSays() {
        wms.in(services -> services.stateUpdate.status(
                wms.alice,
                Map.of(job, Map.of(wms.clock.instant(), StatusReport.of(JobStatus.KILLED, "by its owner", "test"))),
                false));
        assertThat(follow(false)).containsExactly(pilot.stamp());
        leave("{\"call\":\"reschedule\",\"job\":JOB}\n" + DONE);

        open("Ended with exit code 143");

        assertThat(wms.column(job, "status")).isEqualTo("Killed");
    }

    private Collection<PilotStamp> follow(boolean running) {
        return parcels.follow(director, Map.of(pilot.stamp(), running));
    }

    private void leave(String spool) {
        left.put(
                "spool.jsonl",
                spool.replace("JOB", job.toString())
                        .replace("PFN", pfn().reference())
                        .getBytes(StandardCharsets.UTF_8));
        left.put(pfn().sha256() + ".tar.zst", "output".getBytes(StandardCharsets.UTF_8));
    }

    private void open(String end) {
        parcels.open(director, pilot.stamp(), this::results, end);
    }

    private boolean results(String name, long most, OutputStream target) throws IOException {
        byte[] file = left.get(name);
        if (file == null || file.length > most) {
            return false;
        }
        target.write(file);
        return true;
    }

    private SandboxPfn pfn() {
        return new SandboxPfn(
                wms.vo,
                new GroupName("users"),
                new UserName("alice"),
                "0123456789abcdef".repeat(4),
                SandboxFormat.TAR_ZST);
    }

    private String pilotIs() {
        return wms.database.value(
                "select status || ' ' || status_reason from wms.pilot where stamp = '%s'", pilot.stamp());
    }

    private static String contents(Parcel parcel) {
        StringBuilder all = new StringBuilder();
        for (Path file : parcel.files()) {
            try {
                all.append(Files.readString(file));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        return all.toString();
    }

    private Parcels parcels() {
        JobChanges changes = new JobChanges(
                wms.jobs,
                new JobLogRepository(wms.database.entities()),
                new CounterRepository(wms.database.entities()),
                new HeartBeatRepository(wms.database.entities()),
                wms.queues);
        PilotRepository pilots = new PilotRepository(wms.database.entities());
        PilotReading reading = new PilotReading(wms.managed);
        PilotSettings settings = new PilotSettings(wms.configuration);
        return new Parcels(
                new Records(
                        new ParcelRepository(wms.database.entities()),
                        new PushedJobs(wms.jobs, changes, wms.clock),
                        new PilotManager(
                                pilots,
                                reading,
                                settings,
                                new Registry(wms.configuration),
                                new HeardEvents<>(news -> {}),
                                wms.clock),
                        new PilotLogging(
                                pilots,
                                reading,
                                new PilotLogRepository(wms.database.entities()),
                                new PilotSearchRepository(wms.database.entities()),
                                settings,
                                wms.clock)),
                wms.matcher,
                new Updates(),
                sandboxes,
                courier,
                wms.clock);
    }

    /** Gives each call the transaction that the container would. */
    private final class Updates extends JobStateUpdate {
        @Override
        public BulkResult<JobId, StatusWritten> status(
                Caller caller, Map<JobId, Map<Instant, StatusReport>> reports, boolean force) {
            return wms.in(services -> services.stateUpdate.status(caller, reports, force));
        }

        @Override
        public BulkResult<JobId, List<JobCommand>> heartbeat(Caller caller, Map<JobId, HeartBeat> beats) {
            return wms.in(services -> services.stateUpdate.heartbeat(caller, beats));
        }

        @Override
        public BulkResult<JobId, Boolean> metadata(Caller caller, Map<JobId, Map<String, String>> values) {
            return wms.in(services -> services.stateUpdate.metadata(caller, values));
        }
    }

    /** Gives each call the transaction that the container would. */
    private final class Records extends ParcelRecords {

        Records(ParcelRepository rows, PushedJobs pushed, PilotManager pilots, PilotLogging logging) {
            super(rows, pushed, wms.attempts, wms.stateUpdate, wms.manager, pilots, logging, sandboxes, wms.clock);
        }

        private void in(Runnable work) {
            wms.database.transact(work);
        }

        private <T> T get(Supplier<T> work) {
            return wms.database.inTransaction(work);
        }

        @Override
        public void book(Caller caller, Caller.Job taken, Duration lease) {
            in(() -> super.book(caller, taken, lease));
        }

        @Override
        public void waits(Caller caller, Caller.Job taken, Duration lease) {
            in(() -> super.waits(caller, taken, lease));
        }

        @Override
        public void runs(Caller caller, Caller.Job taken) {
            in(() -> super.runs(caller, taken));
        }

        @Override
        public List<ParcelRow> of(Caller caller, Collection<PilotStamp> stamps) {
            return get(() -> super.of(caller, stamps));
        }

        @Override
        public void apply(Caller caller, Caller.Job taken, long known, long line, List<SpoolEntry> entries) {
            in(() -> super.apply(caller, taken, known, line, entries));
        }

        @Override
        public void giveBack(Caller caller, Caller.Job taken) {
            in(() -> super.giveBack(caller, taken));
        }

        @Override
        public void close(Caller caller, Caller.Job taken, Optional<SpoolEntry.News> end) {
            if (breaksAtClose) {
                breaksAtClose = false;
                throw new IllegalStateException("the node dies");
            }
            in(() -> super.close(caller, taken, end));
        }
    }

    private static final class Sandboxes extends SandboxStore {

        private final List<String> outputs = new ArrayList<>();

        @Override
        public long maxBytes() {
            return 1000;
        }

        @Override
        public JobSandboxes list(Caller caller, JobId id) {
            return new JobSandboxes(List.of(), List.of());
        }

        @Override
        public void assignOutput(Caller caller, JobId id, SandboxPfn pfn) {
            outputs.add(pfn.toString());
        }
    }

    private static final class Courier extends SandboxCourier {

        private boolean isAway;

        @Override
        public SandboxPfn store(Caller caller, SandboxAnnouncement announced, Path archive) {
            if (isAway) {
                throw new Unavailable("away");
            }
            Caller.Job job = (Caller.Job) caller;
            if (announced.size() != 6) {
                throw new InvalidRequest("other bytes");
            }
            return new SandboxPfn(job.vo(), job.ownerGroup(), job.owner(), announced.sha256(), announced.format());
        }
    }
}
