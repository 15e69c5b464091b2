/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The drivers, run by the machine's sh with doubles of the batch commands; see double.sh beside them. */
class DriverScriptTest {

    private static final String STAMP = "0123456789abcdef";
    private static final String SECRET = "a $(secret) of 'one' time";
    private static final long LONG_AGO = 1_700_000_000L;

    @TempDir
    private Path temporary;

    private Path shared = Path.of("");
    private Path queue = Path.of("");
    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void prepare() throws IOException {
        shared = temporary.resolve("shared");
        queue = Files.createDirectories(temporary.resolve("queue"));
        Files.createDirectories(shared.resolve("driver"));
        for (BatchSystem system : BatchSystem.values()) {
            Files.writeString(driver(system), system.driver());
        }
        pilot("exit 0");
    }

    @AfterEach
    void leaveNothingRunning() throws IOException {
        started.forEach(process -> process.descendants().forEach(ProcessHandle::destroyForcibly));
        Path pid = directory().resolve("pid");
        if (Files.exists(pid)) {
            ProcessHandle.of(Long.parseLong(Files.readString(pid).strip().split(" ", 2)[1]))
                    .ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SLURM,  '--partition=long --account=physics --cpus-per-task=4 --time=90 --mem=2000M --qos=low'",
        "TORQUE, '-l nodes=1:ppn=4 -q long -A physics -l walltime=5400 -l mem=2000mb -W x=y'",
        "GE,     '-q long -A physics -l h_rt=5400 -l h_vmem=2000M -pe smp 4'",
        "LSF,    '-q long -P physics -n 4 -R span[hosts=1] -W 90 -M 2000MB -app dirac'",
        "CONDOR, 'accounting_group = physics request_cpus = 4 request_memory = 2000 periodic_remove = JobStatus == 2"
                + " && time() - EnteredCurrentStatus > 5400 requirements = true queue'"
    })
    void submitsWhatTheQueueOffers(BatchSystem system, String options) throws IOException {
        DriverReply reply = ask(
                system,
                "submit",
                "queue long",
                "account physics",
                "processors 4",
                "minutes 90",
                "memory 2000",
                switch (system) {
                    case SLURM -> "option --qos=low";
                    case TORQUE -> "option -W\noption x=y";
                    case GE -> "option -pe\noption smp\noption 4";
                    case LSF -> "option -app\noption dirac";
                    case CONDOR -> "option requirements = true";
                    case HOST -> "";
                },
                pilotLines());

        assertThat(reply.lines()).singleElement().satisfies(line -> {
            assertThat(line.word()).isEqualTo("accepted");
            assertThat(line.argument()).isEqualTo(id(system));
            assertThat(SshReference.isId(line.argument())).isTrue();
        });
        String submitted = Files.readString(queue.resolve("options")).replace('\n', ' ');
        assertThat(submitted).endsWith(options + " ").doesNotContain("secret");
        assertThat(Files.readString(queue.resolve("101.script"))).doesNotContain("secret");
        assertThat(Files.readString(directory().resolve("secret"))).isEqualTo(SECRET + "\n");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(directory().resolve("secret"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory())))
                .isEqualTo("rwx------");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HOST")
    void runsAPilotOnceAndTellsItsExitCode(BatchSystem system) throws IOException {
        pilot("printf '%s\\n' \"$@\"; cat secret; echo last words >&2; exit 3");
        submit(system);

        assertThat(runJob()).isEqualTo(3);
        assertThat(runJob()).isEqualTo(125);

        // the batch system does not know the job any more, which does not matter
        Files.delete(queue.resolve("101.job"));
        assertThat(status(system)).satisfies(line -> {
            assertThat(line.word()).isEqualTo("ended");
            assertThat(line.argument()).isEqualTo("3");
            assertThat(line.text()).isEqualTo("last words\n");
        });
        List<DriverReply.Line> output =
                ask(system, "output", pilotLine(system), "do it").lines();
        assertThat(output.get(0).text().lines())
                .containsSubsequence("--name", "a b*c", "--secret-file")
                .contains(SECRET);
        assertThat(output.get(1).text()).isEqualTo("last words\n");
    }

    @ParameterizedTest
    @CsvSource({
        "SLURM, PENDING, waiting",
        "SLURM, CONFIGURING, waiting",
        "SLURM, REQUEUED, waiting",
        "SLURM, RUNNING, running",
        "SLURM, COMPLETING, running",
        "SLURM, SUSPENDED, running",
        "SLURM, REQUEUE_HOLD, vanished",
        "SLURM, SPECIAL_EXIT, vanished",
        "SLURM, COMPLETED, vanished",
        "SLURM, CANCELLED, vanished",
        "SLURM, TIMEOUT, vanished",
        "SLURM, NODE_FAIL, vanished",
        "SLURM, OUT_OF_MEMORY, vanished",
        "SLURM, PREEMPTED, vanished",
        "SLURM, NEWLY_INVENTED, unknown",
        "TORQUE, Q, waiting",
        "TORQUE, H, waiting",
        "TORQUE, W, waiting",
        "TORQUE, T, waiting",
        "TORQUE, R, running",
        "TORQUE, E, running",
        "TORQUE, S, running",
        "TORQUE, C, vanished",
        "TORQUE, F, vanished",
        "TORQUE, ?, unknown",
        "GE, qw, waiting",
        "GE, hqw, waiting",
        "GE, r, running",
        "GE, t, running",
        "GE, s, running",
        "GE, Eqw, vanished",
        "GE, dr, running",
        "GE, ?, unknown",
        "LSF, PEND, waiting",
        "LSF, PSUSP, waiting",
        "LSF, RUN, running",
        "LSF, USUSP, running",
        "LSF, SSUSP, running",
        "LSF, DONE, vanished",
        "LSF, EXIT, vanished",
        "LSF, UNKWN, unknown",
        "LSF, ZOMBI, unknown",
        "CONDOR, 1, waiting",
        "CONDOR, 2, running",
        "CONDOR, 6, running",
        "CONDOR, 7, running",
        "CONDOR, 3, vanished",
        "CONDOR, 4, vanished",
        "CONDOR, 5, vanished",
        "CONDOR, 9, unknown"
    })
    void tellsEachState(BatchSystem system, String state, String word) throws IOException {
        job(101, state, "default", name(system));
        Path missed = Files.createDirectories(directory()).resolve("missed");
        Files.writeString(missed, LONG_AGO + "\n");

        assertThat(status(system).word()).isEqualTo(word);
        assertThat(missed).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HOST")
    void waitsForTheExitCodeOfAJobThatIsGone(BatchSystem system) throws IOException {
        submit(system);
        Files.delete(queue.resolve("101.job"));

        assertThat(status(system).word()).isEqualTo("unknown");
        Files.writeString(directory().resolve("missed"), LONG_AGO + "\n");
        assertThat(status(system).word()).isEqualTo("vanished");
    }

    @Test
    void takesAHeldJobOutOfTheQueue() throws IOException {
        submit(BatchSystem.CONDOR);
        job(101, "5", "-", "dirac-" + STAMP);

        assertThat(status(BatchSystem.CONDOR).argument()).contains("Failed to open the output");
        assertThat(queue.resolve("101.job")).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HOST")
    void findsAJobWhoseIdWasNotNoted(BatchSystem system) throws IOException {
        submit(system);
        Files.delete(directory().resolve("id"));

        DriverReply.Line found = only(ask(system, "find", "pilot " + STAMP, "do it"));

        assertThat(found.word()).isEqualTo("found");
        assertThat(found.argument()).isEqualTo(id(system));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HOST")
    void letsAJobThatWasNotFoundNeverRun(BatchSystem system) throws IOException {
        pilot("touch " + temporary.resolve("ran"));
        submit(system);
        Files.delete(directory().resolve("id"));
        Files.delete(queue.resolve("101.job"));

        assertThat(only(ask(system, "find", "pilot " + STAMP, "do it")).word()).isEqualTo("none");

        assertThat(runJob()).isNotZero();
        assertThat(temporary.resolve("ran")).doesNotExist();
        assertThat(only(ask(system, "submit", pilotLines())).word()).isEqualTo("refused");
        assertThat(queue.resolve("102.job")).doesNotExist();
        assertThat(only(ask(system, "find", "pilot " + STAMP, "do it")).word()).isEqualTo("none");
    }

    @Test
    void doesNotTakeSomethingElseForAnId() throws IOException {
        Files.writeString(queue.resolve("greeting"), "Welcome to the cluster\n");

        assertThat(only(ask(BatchSystem.SLURM, "submit", pilotLines()))).satisfies(line -> {
            assertThat(line.word()).isEqualTo("undecided");
            assertThat(line.argument()).isEqualTo("the batch system calls it Welcome to the cluster 101");
        });
        assertThat(only(ask(BatchSystem.SLURM, "find", "pilot " + STAMP, "do it"))
                        .argument())
                .isEqualTo("101");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HOST")
    void killsAJobAndTakesOneThatIsGoneForNoFailure(BatchSystem system) throws IOException {
        submit(system);

        assertThat(ask(system, "kill", pilotLine(system), "do it").lines()).isEmpty();
        assertThat(queue.resolve("101.job")).doesNotExist();
        assertThat(ask(system, "kill", pilotLine(system), "do it").lines()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HOST")
    void cleansAwayWhatIsKeptOfAPilot(BatchSystem system) throws IOException {
        submit(system);
        Path closed = Files.createDirectories(directory().resolve("work/closed"));
        Files.createFile(closed.resolve("file"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));

        assertThat(only(ask(system, "clean", pilotLine(system), "do it")).word())
                .isEqualTo("cleaned");
        assertThat(directory()).doesNotExist();
        assertThat(only(ask(system, "clean", pilotLine(system), "do it")).word())
                .isEqualTo("cleaned");
    }

    @ParameterizedTest
    @CsvSource({
        "SLURM, PENDING, RUNNING, long, 2, 1",
        "TORQUE, Q, R, long, 2, 1",
        // tell no queue of jobs that wait
        "GE, qw, r, long, 3, 1",
        "LSF, PEND, RUN, long, 2, 1",
        // has no queues
        "CONDOR, 1, 2, -, 3, 2"
    })
    void countsThePilotsOfAQueue(
            BatchSystem system, String waits, String runs, String queueName, int waiting, int running)
            throws IOException {
        job(1, waits, queueName, "dirac-1");
        job(2, waits, queueName, "dirac-2");
        job(3, runs, queueName, "dirac-3");
        job(4, runs, queueName, "another's");
        job(5, waits, queueName.equals("-") ? "-" : "short", "dirac-5");
        job(6, runs, queueName.equals("-") ? "-" : "short", "dirac-6");

        DriverReply.Line line = only(ask(system, "occupancy", "queue " + (queueName.equals("-") ? "" : queueName)));

        assertThat(line.word()).isEqualTo("occupied");
        assertThat(line.stamp() + " " + line.argument()).isEqualTo(waiting + " " + running);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HOST")
    void takesABatchSystemThatDoesNotAnswerForAFailure(BatchSystem system) throws IOException {
        submit(system);
        Files.delete(directory().resolve("id"));
        Files.writeString(queue.resolve("broken"), "cannot connect to the server");

        DriverReply.Line alive = only(ask(system, "kill", pilotLine(system), "do it"));
        assertThat(alive.word()).isEqualTo("alive");
        assertThat(alive.argument()).contains("cannot connect to the server");
        for (String verb : List.of("status", "find")) {
            assertThat(ask(system, verb, pilotLine(system), "do it").failure().orElse(verb))
                    .contains("cannot connect to the server");
        }
        assertThat(ask(system, "occupancy").failure().orElse("")).contains("cannot connect to the server");
        assertThat(directory()).exists();
        DriverReply refused = ask(system, "submit", "image i", "pilot another", "secret s", "word w", "do it");
        assertThat(only(refused).word()).isEqualTo("refused");
        assertThat(only(refused).argument()).contains("cannot connect to the server");
        assertThat(shared.resolve("pilots/another")).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource
    void startsNothingWithoutTheImageNorTwiceNorOnHalfARequest(BatchSystem system) throws IOException {
        assertThat(only(ask(system, "submit", "image other", pilotLines())).word())
                .isEqualTo("lacking");
        assertThat(run(system, "submit", "image i\npilot " + STAMP + "\nsecret s\n"))
                .isEqualTo("dirac\nfailed the request was cut off\nend\n");
        assertThat(directory()).doesNotExist();

        Files.createDirectories(directory());
        assertThat(only(ask(system, "submit", pilotLines())).word()).isEqualTo("refused");
        assertThat(ask(system, "submit", "image i", "pilot ../x").failure()).isPresent();
        assertThat(ask(system, "submit", "image i", "work /tmp/a;b").failure()).isPresent();
    }

    @Test
    void onAHostStartsAPilotInASessionOfItsOwnAndEndsItWithAllThatIgnoresTheRequest() throws IOException {
        pilot("trap '' TERM; sleep 600.625 & echo ready; wait; sleep 600.5");
        DriverReply.Line accepted = only(ask(BatchSystem.HOST, "submit", pilotLines()));
        assertThat(accepted.word()).isEqualTo("accepted");
        Path output = directory().resolve("stdout");
        await().until(() -> Files.exists(output) && Files.readString(output).contains("ready"));
        String line = "pilot " + STAMP + " " + accepted.argument();
        assertThat(only(ask(BatchSystem.HOST, "status", line, "do it")).word()).isEqualTo("running");
        assertThat(only(ask(BatchSystem.HOST, "find", "pilot " + STAMP, "do it"))
                        .argument())
                .isEqualTo(accepted.argument());
        assertThat(only(ask(BatchSystem.HOST, "occupancy")).word()).isEqualTo("uncounted");

        assertThat(ask(BatchSystem.HOST, "kill", line, "do it").failure()).isEmpty();
        assertThat(only(ask(BatchSystem.HOST, "status", line, "do it")).word()).isEqualTo("running");
        Files.writeString(directory().resolve("kill-asked"), LONG_AGO + "\n");
        assertThat(ask(BatchSystem.HOST, "kill", line, "do it").failure()).isEmpty();

        await().until(() ->
                only(ask(BatchSystem.HOST, "status", line, "do it")).word().equals("vanished"));
        await().until(() -> ProcessHandle.allProcesses()
                .noneMatch(process -> process.info().commandLine().orElse("").contains("sleep 600.625")));
        assertThat(only(ask(BatchSystem.HOST, "clean", line, "do it")).word()).isEqualTo("cleaned");
    }

    @Test
    void unpacksAnImageWholeOrNotAtAll() throws IOException {
        Path image = Files.createDirectories(temporary.resolve("source"));
        Files.createDirectories(image.resolve("bin"));
        Files.writeString(image.resolve("bin/dirac-pilot"), "#!/bin/sh\n");
        executable(image.resolve("bin/dirac-pilot"));
        Path archive = temporary.resolve("image.tgz");
        try (var target = Files.newOutputStream(archive)) {
            PilotImage.of(image, Optional.empty()).writeTo(target);
        }
        byte[] packed = Files.readAllBytes(archive);
        Path half = temporary.resolve("half.tgz");
        Files.write(half, Arrays.copyOf(packed, packed.length / 2));

        assertThat(wait(process(half, driver(BatchSystem.SLURM).toString(), "unpack", "d1")))
                .isNotZero();
        assertThat(wait(process(archive, driver(BatchSystem.SLURM).toString(), "unpack", "d2")))
                .isZero();
        Files.delete(shared.resolve("image/d2/bin/dirac-pilot"));
        assertThat(wait(process(archive, driver(BatchSystem.SLURM).toString(), "unpack", "d2")))
                .isZero();
        // once more, as two rounds may bring it at the same time
        assertThat(wait(process(archive, driver(BatchSystem.SLURM).toString(), "unpack", "d2")))
                .isZero();

        try (Stream<Path> images = Files.list(shared.resolve("image"))) {
            assertThat(images.map(found -> found.getFileName().toString())).containsExactlyInAnyOrder("i", "d2");
        }
        assertThat(shared.resolve("image/d2/bin/dirac-pilot")).isExecutable();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HOST")
    void takesAParcelAlongAndGivesItsResultsBack(BatchSystem system) throws IOException {
        pilot("printf '%s\\n' \"$@\"; mkdir parcel/results; cp parcel/jobs.json parcel/results/spool.jsonl;"
                + " ln -s /etc/passwd parcel/results/link");
        Path contents = Files.writeString(temporary.resolve("contents"), "the job");
        String lines = pilotLines().replace("secret " + SECRET, "parcel " + STAMP);
        assertThat(only(ask(system, "submit", lines)).argument()).isEqualTo("its parcel is not there");
        assertThat(directory()).doesNotExist();

        assertThat(wait(process(contents, driver(system).toString(), "lay", STAMP, "jobs.json")))
                .isZero();
        assertThat(wait(process(contents, driver(system).toString(), "lay", STAMP, "../jobs.json")))
                .isEqualTo(1);
        assertThat(only(ask(system, "submit", lines)).word()).isEqualTo("accepted");
        assertThat(fetch(system, "spool.jsonl", 7)).isEqualTo(3);
        assertThat(runJob()).isZero();

        assertThat(Files.readString(directory().resolve("stdout")))
                .contains("--offline\n" + directory().resolve("parcel") + "\n")
                .doesNotContain("--secret-file");
        assertThat(fetch(system, "spool.jsonl", 7)).isZero();
        assertThat(Files.readString(temporary.resolve("answer"))).isEqualTo("the job");
        assertThat(fetch(system, "spool.jsonl", 6)).isEqualTo(3);
        assertThat(fetch(system, "link", 100_000)).isEqualTo(3);
        assertThat(fetch(system, "../jobs.json", 100)).isEqualTo(1);
    }

    private int fetch(BatchSystem system, String name, int most) throws IOException {
        return wait(
                process(Path.of("/dev/null"), driver(system).toString(), "fetch", STAMP, name, Integer.toString(most)));
    }

    private void pilot(String script) throws IOException {
        Path program = shared.resolve("image/i/bin/dirac-pilot");
        Files.createDirectories(Objects.requireNonNull(program.getParent()));
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        executable(program);
    }

    private static void executable(Path program) throws IOException {
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void submit(BatchSystem system) throws IOException {
        assertThat(only(ask(system, "submit", pilotLines())).word()).isEqualTo("accepted");
    }

    private static String pilotLines() {
        return "image i\npilot " + STAMP + "\nsecret " + SECRET + "\nword --name\nword a b*c\ndo it";
    }

    private static String pilotLine(BatchSystem system) {
        return "pilot " + STAMP + " " + id(system);
    }

    /** What the double calls the first job. */
    private static String id(BatchSystem system) {
        return switch (system) {
            case TORQUE -> "101.server.test";
            case CONDOR -> "101.0";
            case SLURM, GE, LSF, HOST -> "101";
        };
    }

    private static String name(BatchSystem system) {
        return "dirac-" + (system == BatchSystem.TORQUE ? STAMP.substring(0, 9) : STAMP);
    }

    private void job(int id, String state, String queueName, String name) throws IOException {
        Files.writeString(queue.resolve(id + ".job"), state + " " + queueName + " " + name + "\n");
    }

    private DriverReply.Line status(BatchSystem system) throws IOException {
        return only(ask(system, "status", pilotLine(system), "do it"));
    }

    /** Runs the job that the double took, as a worker node would. */
    private int runJob() throws IOException {
        return wait(process(Path.of("/dev/null"), queue.resolve("101.script").toString()));
    }

    private static DriverReply.Line only(DriverReply reply) {
        assertThat(reply.lines()).as(reply.toString()).hasSize(1);
        return reply.lines().get(0);
    }

    private DriverReply ask(BatchSystem system, String verb, String... lines) throws IOException {
        DriverReply reply = DriverReply.parse(
                run(system, verb, String.join("\n", lines) + (lines.length == 0 ? "" : "\n") + "end\n"));
        assertThat(reply.isWhole()).isTrue();
        return reply;
    }

    private String run(BatchSystem system, String verb, String request) throws IOException {
        Path input = temporary.resolve("request");
        Files.writeString(input, request);
        Process process = process(input, driver(system).toString(), verb);
        wait(process);
        return Files.readString(temporary.resolve("answer"));
    }

    private Process process(Path input, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("/bin/sh"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(input.toFile())
                .redirectOutput(temporary.resolve("answer").toFile())
                .redirectError(temporary.resolve("errors").toFile());
        builder.environment().put("PATH", doubles(arguments[0]) + "/usr/bin:/bin");
        builder.environment().put("BATCH_QUEUE", queue.toString());
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private static int wait(Process process) {
        try {
            assertThat(process.waitFor(Duration.ofMinutes(1).toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private Path driver(BatchSystem system) {
        return shared.resolve("driver").resolve(system.driverName());
    }

    private Path directory() {
        return shared.resolve("pilots").resolve(STAMP);
    }

    /** Where the batch commands are that this driver calls. */
    private static String doubles(String driver) {
        for (BatchSystem system : BatchSystem.values()) {
            if (driver.endsWith(system.driverName()) && system != BatchSystem.HOST) {
                try {
                    Path directory = Path.of(
                            Objects.requireNonNull(DriverScriptTest.class.getResource("doubles/" + system.word()))
                                    .toURI());
                    try (Stream<Path> commands = Files.list(directory)) {
                        for (Path command : commands.toList()) {
                            executable(command);
                        }
                    }
                    return directory + ":";
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                } catch (URISyntaxException impossible) {
                    throw new IllegalStateException(impossible);
                }
            }
        }
        return "";
    }
}
