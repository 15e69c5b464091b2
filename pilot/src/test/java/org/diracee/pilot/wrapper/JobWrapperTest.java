/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.wrapper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.diracee.client.sandbox.PackedSandbox;
import org.diracee.client.sandbox.SandboxPacker;
import org.diracee.client.sandbox.SandboxUnpacker;
import org.diracee.client.sandbox.UnpackLimits;
import org.diracee.kernel.time.MicrosecondClock;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.pilot.FakeServer;
import org.diracee.pilot.control.Backoff;
import org.diracee.pilot.control.MatchedJob;
import org.diracee.pilot.control.Server;
import org.diracee.pilot.control.Stop;
import org.diracee.pilot.gateway.RestServer;
import org.diracee.pilot.inner.InProcess;
import org.diracee.pilot.inner.InnerCe;
import org.diracee.pilot.log.PilotLog;
import org.diracee.pilot.process.EndedChildren;
import org.diracee.pilot.process.ProcessTable;
import org.diracee.pilot.process.SearchPath;
import org.diracee.pilot.process.Session;
import org.diracee.pilot.slot.CpuPower;
import org.diracee.pilot.slot.Gpus;
import org.diracee.pilot.slot.WorkerNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real wrapper with real processes, against a server in this virtual machine. */
@Timeout(60)
class JobWrapperTest {

    private static final long JOB = 7;
    private static final Backoff QUICK = new Backoff(Duration.ofMillis(20), Duration.ofMillis(100));

    @TempDir
    Path directory;

    private final FakeServer server = new FakeServer();
    private final Stop<StopCause> stop = new Stop<>();
    private Duration heartbeat = Duration.ofMillis(100);
    private Duration maxWallClock = Duration.ofMinutes(1);
    private Duration killGrace = Duration.ofSeconds(2);
    private Duration reportTimeout = Duration.ofSeconds(30);
    private Duration timeLeft = Duration.ofHours(1);
    private OptionalLong slotMemory = OptionalLong.empty();
    private int maxProcesses = 1000;
    private long minDiskBytes = 1;
    private long maxLoad = 1000;
    private Duration cpuSample = Duration.ofMinutes(1);
    private int peekLines = 20;
    private Set<WatchdogCheck> warnOnly = Set.of();
    private final ByteArrayOutputStream pilotLog = new ByteArrayOutputStream();
    private long outputSandboxBytes = 1 << 20;
    private Path workDirectory = Path.of("/");

    @BeforeEach
    void makeWorkDirectory() {
        workDirectory = directory.resolve("work");
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    /** Where payloads run; another class runs all of this in another one. */
    InnerCe innerCe(SearchPath path) {
        return new InProcess();
    }

    private JobOutcome run(String jdl) throws IOException {
        Server rest = RestServer.connect(server.uri(), Optional.empty(), new PilotStamp("stamp"));
        PilotLog log = new PilotLog(MicrosecondClock.utc(), new PrintStream(pilotLog, true, UTF_8), QUICK);
        WatchdogSettings watchdog = new WatchdogSettings(
                Duration.ofMillis(50), maxWallClock, maxProcesses, minDiskBytes, maxLoad, 5, cpuSample, 20, warnOnly);
        WrapperSettings settings = new WrapperSettings(
                heartbeat, peekLines, watchdog, killGrace, reportTimeout, outputSandboxBytes, QUICK);
        SearchPath path = SearchPath.ofThisProcess();
        CpuPower power = new CpuPower(directory, "worker", MicrosecondClock.utc());
        Files.writeString(directory.resolve("dirac-pilot-cpu-power-worker"), "20.0");
        power.find();
        SlotFacts slot = new SlotFacts(
                "stamp",
                "DIRAC.Local.demo",
                "ce",
                "queue",
                "host",
                "a processor",
                "worker",
                1000,
                4,
                new Gpus(List.of("A100", "A100")),
                power);
        JobWrapping wrapping = new JobWrapping(
                rest,
                log,
                settings,
                slot,
                WorkerNode.ofThisMachine(),
                Session.find(path),
                path,
                innerCe(path),
                new EndedChildren(),
                workDirectory);
        MatchedJob job =
                new MatchedJob(new JobId(JOB), 1, jdl, "alice", "demo_user", "demo", "job-token", Duration.ofHours(1));
        JobShare share = new JobShare(JobNeeds.of(jdl).processors(), slotMemory);
        return wrapping.run(job, MicrosecondClock.utc(), () -> "pilot-token", stop, timeLeft, share);
    }

    private CompletableFuture<JobOutcome> start(String jdl) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return run(jdl);
            } catch (IOException failed) {
                throw new IllegalStateException(failed);
            }
        });
    }

    /** A job that runs this script by {@code sh -c}. */
    private static String script(String script, String... more) {
        return "[Executable=\"/bin/sh\"; Arguments=\"-c '"
                + script.replace("\\", "\\\\").replace("\"", "\\\"") + "'\";" + String.join(";", more) + "]";
    }

    private String sandbox(Map<String, String> files) throws IOException {
        Path top = Files.createDirectories(directory.resolve("sandbox"));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(top.resolve(file.getKey()), file.getValue());
        }
        try (Stream<Path> all = Files.list(top)) {
            PackedSandbox packed =
                    new SandboxPacker(SandboxPacker.Links.REFUSE).pack(all.toList(), directory.resolve("in.tar.zst"));
            return server.store(Files.readAllBytes(packed.archive()));
        }
    }

    private Map<String, String> output() throws IOException {
        Path archive =
                Files.write(directory.resolve("out.tar.zst"), server.output(JOB).orElseThrow());
        Path target = directory.resolve("out");
        Map<String, String> contents = new java.util.TreeMap<>();
        for (String name : new SandboxUnpacker(UnpackLimits.STANDARD).unpack(archive, target)) {
            contents.put(name, Files.readString(target.resolve(name)));
        }
        return contents;
    }

    /** Whether any process of this machine was started with these words among its own. */
    private static List<Long> processesWith(String word) {
        return ProcessTable.ofThisMachine().all().stream()
                .filter(process -> process.isAlive()
                        && process.pid() != ProcessHandle.current().pid())
                .filter(process -> {
                    try {
                        return new String(Files.readAllBytes(Path.of("/proc/" + process.pid() + "/cmdline")), UTF_8)
                                .contains(word);
                    } catch (IOException gone) {
                        return false;
                    }
                })
                .map(process -> process.pid())
                .toList();
    }

    @Nested
    class Success {

        @Test
        void walksThroughAllStatesAndBringsTheOutputHome() throws IOException {
            String input = sandbox(Map.of(
                    "run.sh", "#!/bin/sh\ncat parameters.txt\necho \"$1\" >result.txt\n", "parameters.txt", "six\n"));

            JobOutcome outcome = run("[Executable=\"run.sh\"; Arguments=\"'a b'\"; InputSandbox={\"" + input
                    + "\",\"run.sh\"}; OutputSandbox={\"std.out\",\"std.err\",\"*.txt\",\"absent.dat\"}]");

            assertThat(outcome).isEqualTo(new JobOutcome.Done());
            assertThat(server.lines(JOB))
                    .containsExactly(
                            "Running / Job Initialization",
                            "Running / Downloading InputSandbox",
                            "Running / Application",
                            "Completing / Application Finished Successfully",
                            "Completing / Uploading Output Sandbox",
                            "Completing / Output Sandbox Uploaded",
                            "Done / Execution Complete");
            assertThat(server.told(JOB)).allMatch(told -> told.source().equals("JobWrapper"));
            assertThat(output())
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            "std.out", "six\n", "std.err", "", "result.txt", "a b\n", "parameters.txt", "six\n"));
            assertThat(server.parameter(JOB, "OutputSandboxMissingFiles")).isEqualTo("absent.dat");
            assertThat(server.parameter(JOB, "ExitCode")).isEqualTo("0");
            assertThat(server.parameter(JOB, "Pilot_Reference")).isEqualTo("stamp");
            assertThat(server.parameter(JOB, "HostName")).isEqualTo("host");
            assertThat(server.parameter(JOB, "WallClockTime(s)")).isEqualTo("0");
        }

        @Test
        void leavesNoDirectoryBehindEvenIfThePayloadClosedIt() throws IOException {
            run(script("mkdir a; touch a/b; chmod 0 a"));

            assertThat(server.last(JOB).orElseThrow().status()).isEqualTo("Done");
            assertThat(workDirectory).isEmptyDirectory();
        }

        @Test
        void givesThePayloadACleanEnvironment() throws IOException {
            run(script(
                    "env | cut -d= -f1 | sort | tr \"\\n\" \" \"; echo; echo $GREETING; pwd; echo $HOME; ls -ld . | cut -c1-10",
                    "ExecutionEnvironment={\"GREETING=good%20day\"}",
                    "OutputSandbox={\"std.out\"}",
                    "NumberOfProcessors=2"));

            String[] lines = output().getOrDefault("std.out", "").split("\n");
            assertThat(lines[0].split(" "))
                    .contains(
                            "DIRACJOBID",
                            "DIRACSITE",
                            "DIRAC_PROCESSORS",
                            "DIRAC_JOB_PROCESSORS",
                            "DIRAC_WHOLENODE",
                            "TMPDIR")
                    .isSubsetOf(
                            "DIRACJOBID",
                            "DIRACSITE",
                            "DIRAC_PROCESSORS",
                            "DIRAC_JOB_PROCESSORS",
                            "DIRAC_WHOLENODE",
                            "DIRAC_PAYLOAD",
                            "GREETING",
                            "HOME",
                            "LANG",
                            "LOGNAME",
                            "PATH",
                            "PWD",
                            "OLDPWD",
                            "SHLVL",
                            "TMPDIR",
                            "USER",
                            "_");
            assertThat(lines[1]).isEqualTo("good day");
            assertThat(lines[2])
                    .isEqualTo(lines[3])
                    .startsWith(workDirectory.toRealPath().toString());
            assertThat(lines[4]).isEqualTo("drwx------");
        }

        @Test
        void countsTheCpuTimeOfThePayload() throws IOException {
            run(script("i=0; while [ $i -lt 1500000 ]; do i=$((i+1)); done"));

            assertThat(Integer.parseInt(server.parameter(JOB, "TotalCPUTime(s)")))
                    .isBetween(1, 30);
            assertThat(server.parameter(JOB, "CPUNormalizationFactor")).isEqualTo("20.0");
            assertThat(Integer.parseInt(server.parameter(JOB, "NormCPUTime(s)")))
                    .isBetween(10, 600);
            assertThat(server.parameter(JOB, "GPUModelName")).isEqualTo("2 x A100");
        }
    }

    @Nested
    class Failure {

        @Test
        void tellsExitCodeAndLastLinesOfStandardError() throws IOException {
            JobOutcome outcome =
                    run(script("echo before >&2; echo cannot open input >&2; exit 3", "OutputSandbox={\"std.err\"}"));

            assertThat(outcome).isInstanceOf(JobOutcome.Failed.class);
            assertThat(server.lines(JOB))
                    .endsWith(
                            "Running / Application",
                            "Completing / Application Finished With Errors",
                            "Completing / Uploading Output Sandbox",
                            "Completing / Output Sandbox Uploaded",
                            "Failed / Application Finished With Errors");
            assertThat(server.last(JOB).orElseThrow().applicationStatus()).isEqualTo("exit code 3");
            assertThat(server.parameter(JOB, "Error Message")).isEqualTo("before\ncannot open input");
            assertThat(output()).containsEntry("std.err", "before\ncannot open input\n");
        }

        @Test
        void namesTheSignalThatKilledThePayload() throws IOException {
            run(script("kill -SEGV $$"));

            assertThat(server.last(JOB).orElseThrow().applicationStatus()).isEqualTo("exit code 139 (SIGSEGV)");
        }

        @Test
        void saysThatTheExecutableIsNotThere() throws IOException {
            run("[Executable=\"no-such-command\"]");

            FakeServer.Told last = server.last(JOB).orElseThrow();
            assertThat(last.line()).isEqualTo("Failed / Application not found");
            assertThat(last.applicationStatus())
                    .isEqualTo(
                            "Executable 'no-such-command' is neither in the input sandbox nor a command of this worker node");
        }

        @Test
        void reschedulesIfThePayloadAsksForIt() throws IOException {
            JobOutcome outcome = run(script("exit 222"));

            assertThat(outcome).isInstanceOf(JobOutcome.Rescheduled.class);
            assertThat(server.rescheduled()).containsExactly(JOB);
            assertThat(server.last(JOB).orElseThrow().line()).isEqualTo("Running / Going to reschedule job");
        }

        @Test
        void endsFailedIfTheOutputIsTooLargeButKeepsStandardOutput() throws IOException {
            outputSandboxBytes = 20_000;

            run(script("echo done; head -c 100000 /dev/urandom >big.dat", "OutputSandbox={\"std.out\",\"big.dat\"}"));

            FakeServer.Told last = server.last(JOB).orElseThrow();
            assertThat(last.line()).isEqualTo("Failed / Uploading Output Sandbox");
            assertThat(last.applicationStatus()).contains("allowed are 0 MB").contains("'big.dat' (0.1 MB)");
            assertThat(output()).containsExactly(Map.entry("std.out", "done\n"));
        }

        @Test
        void takesNoFileOutsideTheJobsDirectoryIntoTheOutput() throws IOException {
            run(script(
                    "ln -s /etc/passwd stolen.txt; ln -s real.txt link.txt; echo mine >real.txt",
                    "OutputSandbox={\"*.txt\",\"../../../etc/passwd\",\"/etc/passwd\"}"));

            assertThat(output()).containsOnlyKeys("link.txt", "real.txt");
            assertThat(server.parameter(JOB, "OutputSandboxMissingFiles"))
                    .isEqualTo("../../../etc/passwd, /etc/passwd");
        }

        @Test
        void reportsAnErrorOfItsOwnAsExceptionDuringExecution() throws IOException {
            workDirectory = Files.writeString(directory.resolve("a-file"), "").resolve("below");

            JobOutcome outcome = run(script("true"));

            assertThat(outcome).isInstanceOf(JobOutcome.HostFailure.class);
            assertThat(server.last(JOB).orElseThrow().line()).isEqualTo("Failed / Exception During Execution");
        }
    }

    @Nested
    class Limit {

        @Test
        void endsAPayloadThatRunsTooLong() throws IOException {
            maxWallClock = Duration.ofMillis(300);

            run(script("echo begun; sleep 1000.7", "OutputSandbox={\"std.out\"}"));

            assertThat(server.lines(JOB))
                    .endsWith(
                            "Completing / Job has exceeded maximum wall clock time",
                            "Completing / Uploading Output Sandbox",
                            "Completing / Output Sandbox Uploaded",
                            "Failed / Job has exceeded maximum wall clock time");
            assertThat(output()).containsEntry("std.out", "begun\n");
            assertThat(processesWith("1000.7")).isEmpty();
        }

        @Test
        void isAnnouncedByTheSignalThatThePayloadWants() throws IOException {
            timeLeft = Duration.ofSeconds(20);

            run(script(
                    "trap \"echo saved; exit 0\" USR1; while :; do sleep 0.05; done",
                    "OutputSandbox={\"std.out\"}",
                    "StopSigNumber=10; StopSigStartSeconds=19; StopSigRegex=\"sh -c trap\""));

            assertThat(output()).containsEntry("std.out", "saved\n");
            assertThat(server.last(JOB).orElseThrow().line()).isEqualTo("Done / Execution Complete");
        }

        @Test
        void isAnnouncedToTheFirstProcessUnlessOthersAreNamed() throws IOException {
            timeLeft = Duration.ofSeconds(20);

            run(script(
                    "trap \"echo saved; exit 0\" USR1; while :; do sleep 0.05; done",
                    "OutputSandbox={\"std.out\"}",
                    "StopSigNumber=10; StopSigStartSeconds=19"));

            assertThat(output()).containsEntry("std.out", "saved\n");
        }

        @Test
        void endsAPayloadBeforeTheSlotEnds() throws IOException {
            timeLeft = Duration.ofMillis(300);

            run(script("sleep 1000.6"));

            assertThat(server.last(JOB).orElseThrow().line())
                    .isEqualTo("Failed / Job has reached the CPU limit of the queue");
        }

        @Test
        void endsAPayloadWhoseProcessesHoldTooMuchMemoryTogether() throws IOException {
            run(script(
                    // each tail holds about 40 MB, neither alone is over the limit
                    "for i in 1 2; do (head -c 40000000 /dev/zero; sleep 1000.5) | tail -n 1 & done; wait",
                    "Memory=60"));

            FakeServer.Told last = server.last(JOB).orElseThrow();
            assertThat(last.line()).isEqualTo("Failed / Job has exceeded its memory limit");
            assertThat(last.applicationStatus()).matches("used [0-9]+ MB of memory, allowed are 60 MB");
            assertThat(Integer.parseInt(server.parameter(JOB, "MemoryUsed(MB)")))
                    .isGreaterThan(60);
            assertThat(processesWith("1000.5")).isEmpty();
        }

        @Test
        void endsAPayloadThatFillsTheDisk() throws IOException {
            minDiskBytes = Long.MAX_VALUE;

            run(script("sleep 1001.2"));

            assertThat(server.last(JOB).orElseThrow().line())
                    .isEqualTo("Failed / Job has insufficient disk space to continue");
            assertThat(processesWith("1001.2")).isEmpty();
        }

        @Test
        void endsAPayloadThatForksWithoutEnd() throws IOException {
            maxProcesses = 100;
            killGrace = Duration.ofMillis(200);

            // bounded, so that a failure of ours does not become one of the machine
            run(script("trap \"\" TERM; i=0; while [ $i -lt 400 ]; do sleep 1001.4 & i=$((i+1)); done; wait"));

            FakeServer.Told last = server.last(JOB).orElseThrow();
            assertThat(last.line()).isEqualTo("Failed / Job has too many processes");
            assertThat(last.applicationStatus()).matches("has [0-9]+ processes, allowed are 100");
            assertThat(processesWith("1001.4")).isEmpty();
        }

        @Test
        void endsAPayloadThatUsesTooMuchCpu() throws IOException {
            run(script("while :; do :; done", "CPUTime=1"));

            FakeServer.Told last = server.last(JOB).orElseThrow();
            assertThat(last.line()).isEqualTo("Failed / Job has reached the CPU limit of the queue");
            assertThat(last.applicationStatus()).startsWith("used ");
        }
    }

    @Nested
    class IdlePayload {

        /** Several times the sample, and the machine may be busy. */
        private void runsFor(double seconds) {
            await().until(() -> server.heartbeats(JOB).stream()
                    .anyMatch(beat -> beat.path("WallClockTime").asDouble() > seconds));
        }

        private double cpuConsumed() {
            return server.heartbeats(JOB).stream()
                    .mapToDouble(beat -> beat.path("CPUConsumed").asDouble())
                    .max()
                    .orElse(0);
        }

        @Test
        void isEndedAsStalled() throws IOException {
            cpuSample = Duration.ofMillis(600);

            run(script("sleep 1001.1 & sleep 1001.1"));

            FakeServer.Told last = server.last(JOB).orElseThrow();
            assertThat(last.line()).isEqualTo("Failed / Watchdog identified this job as stalled");
            assertThat(last.applicationStatus())
                    .matches("used 0 s of CPU time within [0-9]+ s, at least 5 % are expected");
            assertThat(processesWith("1001.1")).isEmpty();
        }

        @Test
        void isNotOneWhoseChildWorks() throws IOException {
            cpuSample = Duration.ofMillis(600);
            Path enough = directory.resolve("enough");
            CompletableFuture<JobOutcome> outcome =
                    start(script("(until [ -e " + enough + " ]; do :; done) & sleep 0.001; wait"));

            runsFor(2.5);
            Files.createFile(enough);

            assertThat(outcome.join()).isEqualTo(new JobOutcome.Done());
        }

        @Test
        void isNotOneWhoseWorkIsDoneByShortDaemonsThatNobodyWaitsFor() throws IOException {
            cpuSample = Duration.ofMillis(1500);
            Path enough = directory.resolve("enough");
            String daemon = "i=0; while [ $i -lt 60000 ]; do i=$((i+1)); done";
            CompletableFuture<JobOutcome> outcome = start(script("until [ -e " + enough + " ]; do (setsid sh -c \""
                    + daemon.replace("$", "\\$") + "\" &); sleep 0.2; done"));

            await().until(() -> cpuConsumed() > 0.5);
            runsFor(2);
            Files.createFile(enough);

            assertThat(outcome.join()).isEqualTo(new JobOutcome.Done());
            assertThat(Integer.parseInt(server.parameter(JOB, "TotalCPUTime(s)")))
                    .isPositive();
        }

        @Test
        void isLeftAloneIfTheJobWantsNoCpuCheck() throws IOException {
            cpuSample = Duration.ofMillis(300);
            Path enough = directory.resolve("enough");
            CompletableFuture<JobOutcome> outcome = start(
                    script("until [ -e " + enough + " ]; do sleep 0.3; done", "DisableCPUCheck=\"True\"", "CPUTime=1"));

            runsFor(1);
            Files.createFile(enough);

            assertThat(outcome.join()).isEqualTo(new JobOutcome.Done());
        }

        @Test
        void isOnlyToldOfWhereThePilotMayOnlyWarn() throws IOException {
            cpuSample = Duration.ofMillis(300);
            minDiskBytes = Long.MAX_VALUE;
            maxLoad = -1;
            warnOnly = Set.of(WatchdogCheck.CPU_RATIO, WatchdogCheck.DISK_SPACE);
            Path enough = directory.resolve("enough");
            CompletableFuture<JobOutcome> outcome = start(script("until [ -e " + enough + " ]; do sleep 0.3; done"));

            await().until(() -> pilotLog.toString(UTF_8).contains("(--warn-only cpu-ratio)"));
            Files.createFile(enough);

            assertThat(outcome.join()).isEqualTo(new JobOutcome.Done());
            assertThat(pilotLog.toString(UTF_8))
                    .containsOnlyOnce("(--warn-only disk-space)")
                    .containsOnlyOnce("the load average is");
        }
    }

    @Nested
    class Kill {

        @Test
        void obeysTheOrderThatComesWithAHeartbeat() {
            CompletableFuture<JobOutcome> outcome = start(script("echo working; sleep 1000.4"));
            await().until(() -> server.heartbeats(JOB).stream()
                    .anyMatch(beat -> beat.path("StandardOutput").asText().equals("working")));

            server.orderKill(JOB);

            assertThat(outcome.join()).isEqualTo(new JobOutcome.Killed());
            assertThat(server.last(JOB).orElseThrow().line()).isEqualTo("Killed / Received Kill signal");
            assertThat(processesWith("1000.4")).isEmpty();
        }

        @Test
        void isTheOnlyOrderIfNothingIsToBeShown() {
            peekLines = 0;
            CompletableFuture<JobOutcome> outcome = start(script("echo secret; sleep 1001.3"));
            await().until(() -> server.heartbeats(JOB).stream()
                    .anyMatch(beat -> beat.path("WallClockTime").asDouble() > 0.5));

            server.orderKill(JOB);

            assertThat(outcome.join()).isEqualTo(new JobOutcome.Killed());
            assertThat(server.heartbeats(JOB)).noneMatch(beat -> beat.has("StandardOutput"));
        }

        @Test
        void isNotLostWithTheAnswerThatCarriedIt() {
            CompletableFuture<JobOutcome> outcome = start(script("sleep 1000.3"));
            await().until(() -> !server.heartbeats(JOB).isEmpty());

            server.loseAnswerTo("PATCH /api/jobs/heartbeat");
            server.orderKill(JOB);

            assertThat(outcome.join()).isEqualTo(new JobOutcome.Killed());
        }

        @Test
        void killsWhatIgnoresTheSignalToEnd() {
            killGrace = Duration.ofMillis(200);
            CompletableFuture<JobOutcome> outcome =
                    start(script("trap \"\" TERM; echo ready; while :; do sleep 0.19; done"));
            await().until(() -> server.heartbeats(JOB).stream()
                    .anyMatch(beat -> beat.path("StandardOutput").asText().equals("ready")));

            server.orderKill(JOB);

            assertThat(outcome.join()).isEqualTo(new JobOutcome.Killed());
            assertThat(processesWith("sleep 0.19")).isEmpty();
        }

        @Test
        void findsADaemonThatLeftTheSession() throws IOException {
            run(script("(setsid setsid sh -c \"sleep 1000.2\" >/dev/null 2>&1 &) ; sleep 0.3"));

            assertThat(server.last(JOB).orElseThrow().status()).isEqualTo("Done");
            assertThat(processesWith("1000.2")).isEmpty();
        }

        @Test
        void findsADaemonThatAlsoClearedItsEnvironment() {
            CompletableFuture<JobOutcome> outcome =
                    start(script("(env -i /usr/bin/setsid /bin/sh -c \"sleep 1000.1; true\" &); sleep 1000.1"));
            await().until(() -> server.heartbeats(JOB).size() > 3);

            server.orderKill(JOB);

            assertThat(outcome.join()).isEqualTo(new JobOutcome.Killed());
            assertThat(processesWith("1000.1")).isEmpty();
        }
    }

    @Nested
    class ServerAway {

        @Test
        void losesNothing() {
            CompletableFuture<JobOutcome> outcome = start(script("echo on; sleep 1", "OutputSandbox={\"std.out\"}"));
            await().until(() -> server.lines(JOB).contains("Running / Application"));

            server.away(true);
            await().pollDelay(Duration.ofMillis(1500)).until(() -> !outcome.isDone());
            server.away(false);

            assertThat(outcome.join()).isEqualTo(new JobOutcome.Done());
            assertThat(server.lines(JOB))
                    .containsExactly(
                            "Running / Job Initialization",
                            "Running / Application",
                            "Completing / Application Finished Successfully",
                            "Completing / Uploading Output Sandbox",
                            "Completing / Output Sandbox Uploaded",
                            "Done / Execution Complete");
            assertThat(server.told(JOB)).isSortedAccordingTo(java.util.Comparator.comparing(FakeServer.Told::at));
            assertThat(server.output(JOB)).isPresent();
        }

        @Test
        void isNoReasonToDropTheJobWhileItStarts() {
            CompletableFuture<JobOutcome> outcome = start(script("sleep 0.5"));
            await().until(() -> server.lines(JOB).contains("Running / Application"));

            server.starting(true);
            await().until(() -> server.calls().stream()
                            .filter(call -> call.contains("heartbeat"))
                            .count()
                    > 3);
            server.starting(false);

            assertThat(outcome.join()).isEqualTo(new JobOutcome.Done());
        }

        @Test
        void takesALostAnswerForAnAssignedSandboxAsDone() throws IOException {
            server.loseAnswerTo("PATCH /api/jobs/" + JOB + "/sandbox/output");

            JobOutcome outcome = run(script("echo on", "OutputSandbox={\"std.out\"}"));

            assertThat(outcome).isEqualTo(new JobOutcome.Done());
        }

        @Test
        void givesUpAfterTheTimeItWasGiven() throws IOException {
            reportTimeout = Duration.ofMillis(300);
            server.away(true);

            JobOutcome outcome = run(script("true"));

            assertThat(outcome).isEqualTo(new JobOutcome.Done());
            assertThat(server.told(JOB)).isEmpty();
        }
    }

    @Nested
    class Token {

        @Test
        void isReplacedByTheOneThatComesWithAHeartbeat() {
            server.handOut("fresh-token");
            CompletableFuture<JobOutcome> outcome = start(script("sleep 0.5"));

            assertThat(outcome.join()).isEqualTo(new JobOutcome.Done());
            assertThat(server.calls()).contains("PATCH /api/jobs/status Bearer fresh-token");
        }

        @Test
        void ofThePilotStandsInForOneThatExpired() {
            CompletableFuture<JobOutcome> outcome = start(script("sleep 0.5"));
            await().until(() -> server.lines(JOB).contains("Running / Application"));

            server.expire("job-token");

            assertThat(outcome.join()).isEqualTo(new JobOutcome.Done());
            assertThat(server.last(JOB).orElseThrow().line()).isEqualTo("Done / Execution Complete");
            assertThat(server.calls()).contains("PATCH /api/jobs/status Bearer pilot-token");
        }

        @Test
        void ofAnOlderAttemptEndsTheJobWithoutAWord() {
            CompletableFuture<JobOutcome> outcome = start(script("sleep 1000.8"));
            await().until(() -> server.lines(JOB).contains("Running / Application"));

            server.stale();

            assertThat(outcome.join()).isInstanceOf(JobOutcome.Dropped.class);
            assertThat(server.last(JOB).orElseThrow().line()).isEqualTo("Running / Application");
            assertThat(processesWith("1000.8")).isEmpty();
        }
    }

    @Nested
    class SlotTaken {

        @Test
        void givesTheJobBack() {
            CompletableFuture<JobOutcome> outcome = start(script("sleep 1000.9"));
            await().until(() -> server.lines(JOB).contains("Running / Application"));

            stop.request(new StopCause.SlotTaken("the site ended the pilot by a signal"));

            assertThat(outcome.join()).isEqualTo(new JobOutcome.Rescheduled("the site ended the pilot by a signal"));
            assertThat(server.rescheduled()).containsExactly(JOB);
            assertThat(processesWith("1000.9")).isEmpty();
        }
    }

    @Nested
    class InputSandbox {

        @Test
        void thatLeadsOutOfTheDirectoryIsRefused() throws IOException {
            refuses(entry("../escaped.txt", TarConstants.LF_NORMAL, "", 0), "'../escaped.txt'");
            assertThat(directory.resolve("work")).isEmptyDirectory();
        }

        @Test
        void withAnAbsolutePathIsRefused() throws IOException {
            refuses(entry("/tmp/escaped.txt", TarConstants.LF_NORMAL, "", 0), "begins with '/'");
        }

        @Test
        void withALinkIsRefused() throws IOException {
            refuses(entry("link", TarConstants.LF_SYMLINK, "/etc/passwd", 0), "'link' is a symbolic link");
        }

        @Test
        void withADeviceIsRefused() throws IOException {
            refuses(entry("device", TarConstants.LF_CHR, "", 0), "'device' is a device");
        }

        @Test
        void thatIsABombIsRefused() throws IOException {
            refuses(entry("bomb", TarConstants.LF_NORMAL, "", UnpackLimits.STANDARD.bytes() + 1), "than are allowed");
        }

        @Test
        void thatIsNotThereFailsTheJob() throws IOException {
            run(script("true", "InputSandbox={\"SB:SandboxSE|/S3/sandboxes/demo/demo_user/alice/none.tar.zst\"}"));

            FakeServer.Told last = server.last(JOB).orElseThrow();
            assertThat(last.line()).isEqualTo("Failed / Failed Downloading InputSandbox");
            assertThat(last.applicationStatus()).isEqualTo("Sandbox not found");
        }

        @Test
        void thatArrivesDamagedFailsTheJob() throws IOException {
            String input = server.store(entry("run.sh", TarConstants.LF_NORMAL, "", 0));
            server.damage(input, entry("other.sh", TarConstants.LF_NORMAL, "", 0));

            refuses(input, "arrived damaged");
        }

        private void refuses(byte[] archive, String reason) throws IOException {
            refuses(server.store(archive), reason);
        }

        private void refuses(String input, String reason) throws IOException {
            run(script("true", "InputSandbox={\"" + input + "\"}"));

            FakeServer.Told last = server.last(JOB).orElseThrow();
            assertThat(last.line()).isEqualTo("Failed / Failed Downloading InputSandbox");
            assertThat(last.applicationStatus()).contains(reason);
        }

        private byte[] entry(String name, byte type, String link, long size) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new ZstdOutputStream(bytes))) {
                TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
                entry.setLinkName(link);
                entry.setSize(size);
                tar.putArchiveEntry(entry);
                byte[] zeros = new byte[1 << 20];
                for (long left = size; left > 0; left -= zeros.length) {
                    tar.write(zeros, 0, (int) Math.min(left, zeros.length));
                }
                tar.closeArchiveEntry();
            }
            return bytes.toByteArray();
        }
    }
}
