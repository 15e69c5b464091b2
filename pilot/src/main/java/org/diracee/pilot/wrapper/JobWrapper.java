/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.wrapper;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.diracee.kernel.value.JobStatus;
import org.diracee.pilot.control.MatchedJob;
import org.diracee.pilot.control.Measurements;
import org.diracee.pilot.control.Server;
import org.diracee.pilot.control.Stop;
import org.diracee.pilot.log.PilotLog;
import org.diracee.pilot.process.Payload;
import org.diracee.pilot.process.PayloadCommand;
import org.diracee.pilot.process.Session;
import org.diracee.pilot.process.Usage;

/**
 * Runs one job from its input sandbox to its final state, and reports every step. Whatever happens, it ends all processes of the
 * payload and removes its directory.
 *
 * @see "WMS reference 13.2"
 */
final class JobWrapper {

    private static final String SCOPE = "JobWrapper";
    private static final int ERROR_LINES = 20;
    /** Early, so that a short payload is seen at all. */
    private static final Duration FIRST_LOOK = Duration.ofMillis(200);

    private static final long KILOBYTE = 1024;
    private static final long MEGABYTE = 1024 * 1024;
    private static final int MAX_SHOWN_STATUS = 200;

    private final MatchedJob job;
    private final JobWrapping wrapping;
    private final Server server;
    private final WrapperSettings settings;
    private final PilotLog log;
    private final Stop<StopCause> stop;
    private final Duration timeLeft;
    private final JobShare share;
    private final JobToken token;
    private final JobReport report;

    private volatile Optional<Running> running = Optional.empty();
    private long peakResident;

    JobWrapper(
            MatchedJob job,
            JobWrapping wrapping,
            Clock clock,
            Supplier<String> pilotToken,
            Stop<StopCause> stop,
            Duration timeLeft,
            JobShare share) {
        this.job = job;
        this.wrapping = wrapping;
        this.server = wrapping.server();
        this.settings = wrapping.settings();
        this.log = wrapping.log();
        this.stop = stop;
        this.timeLeft = timeLeft;
        this.share = share;
        this.token = new JobToken(job, pilotToken);
        this.report = new JobReport(server, token, clock, settings.backoff(), log, stop);
    }

    /** Runs the job and returns when the server knows how it ended, or cannot be told. */
    JobOutcome run() {
        JobOutcome outcome;
        try (WorkDirectory directory =
                        WorkDirectory.create(wrapping.workDirectory(), "job-" + job.id() + "-" + job.attempt());
                Heartbeats heartbeats = new Heartbeats(server, token, settings, log, () -> measure(directory), stop)) {
            outcome = runIn(directory);
        } catch (JobFailure failure) {
            outcome = failed(failure.minorStatus(), failure.reason());
        } catch (IOException | RuntimeException unforeseen) {
            log.error(SCOPE, "job " + job.id() + ": " + unforeseen);
            outcome = new JobOutcome.HostFailure(unforeseen.toString());
            report.status(JobStatus.FAILED, MinorStatus.EXCEPTION, "The job wrapper failed: " + unforeseen);
        }
        if (!report.finish(settings.reportTimeout())) {
            log.error(SCOPE, "job " + job.id() + ": the server did not take all reports");
        }
        return outcome;
    }

    private JobOutcome runIn(WorkDirectory directory) throws IOException {
        wrapping.slot().parameters().forEach(report::parameter);
        report.parameter("JobWrapperPID", ProcessHandle.current().pid());
        report.status(JobStatus.RUNNING, MinorStatus.JOB_INITIALIZATION);
        JobDescription description = JobDescription.parse(job.jdl());
        if (!description.inputSandbox().isEmpty()) {
            report.status(JobStatus.RUNNING, MinorStatus.DOWNLOADING_INPUT_SANDBOX);
            transfer().fetchInput(description.inputSandbox(), directory);
        }
        refuseWhatIsNotDoneYet(description);
        Optional<StopCause> early = stop.reason();
        if (early.isPresent()) {
            return stopped(early.get(), true);
        }
        return execute(description, directory);
    }

    private void refuseWhatIsNotDoneYet(JobDescription description) {
        if (!description.inputData().isEmpty()) {
            throw new JobFailure(
                    MinorStatus.INPUT_DATA_RESOLUTION, "This pilot cannot resolve input data yet; the job names some");
        }
        if (!description.outputData().isEmpty()) {
            log.warn(SCOPE, "job " + job.id() + ": OutputData is not acted on yet, the files stay behind");
        }
    }

    private JobOutcome execute(JobDescription description, WorkDirectory directory) throws IOException {
        PayloadCommand command = new PayloadCommands(wrapping.path(), wrapping.innerCe())
                .command(description, job.id(), directory, wrapping.slot(), share);
        Limits limits = Limits.of(description, share, settings.watchdog(), timeLeft);
        String mark = "job-%s-%d-%s".formatted(job.id(), job.attempt(), UUID.randomUUID());
        report.status(JobStatus.RUNNING, MinorStatus.APPLICATION);
        Session session = wrapping.session();
        try (Payload payload = Payload.start(command, session, mark, settings.killGrace(), wrapping.endedChildren())) {
            report.parameter("PayloadPID", payload.pid());
            running = Optional.of(new Running(payload, command.standardOutput()));
            Ending ending = watch(payload, limits, directory, description.stopSignal());
            Duration wallClock = payload.wallClock();
            Duration cpu = payload.cpuAtEnd();
            payload.end(settings.killGrace());
            reportUse(wallClock, cpu, directory);
            running = Optional.empty();
            return conclude(ending, description, command, directory);
        } finally {
            running = Optional.empty();
        }
    }

    /** Returns when the payload has ended, was told to, or has passed a limit; in the latter cases its processes are ended. */
    private Ending watch(Payload payload, Limits limits, WorkDirectory directory, Optional<StopSignal> wantedSignal) {
        Optional<StopSignal> signal = wantedSignal;
        CompletableFuture<Integer> exit = payload.exitCode();
        CompletableFuture<Object> either = stop.or(exit);
        Watchdog watchdog = new Watchdog(job.id(), settings.watchdog(), limits, log);
        boolean guarded = true;
        Duration interval = settings.watchdog().interval();
        Duration pause = FIRST_LOOK.compareTo(interval) < 0 ? FIRST_LOOK : interval;
        while (true) {
            Stop.await(either, pause);
            pause = interval;
            if (stop.isRequested()) {
                endAll(payload);
                return new Ending.Stopped(stop.reason().orElseThrow());
            }
            if (exit.isDone()) {
                // a last look at what it left running
                look(payload);
                return new Ending.Exited(new ExitCode(exit.join()));
            }
            Usage usage = look(payload);
            Duration left = limits.left(payload.wallClock());
            if (signal.filter(wanted -> wanted.isDue(left)).isPresent()) {
                signal(payload, signal.get(), left);
                signal = Optional.empty();
            }
            Optional<Limits.Breach> breach = watchdog.look(
                    payload.wallClock(),
                    usage,
                    directory.freeBytes(),
                    wrapping.node().loadAverage());
            if (breach.isPresent()) {
                endAll(payload);
                return new Ending.Exceeded(breach.get());
            }
            if (guarded && !payload.isGuarded()) {
                guarded = false;
                log.warn(SCOPE, "job " + job.id() + ": the payload's guard was killed; it would outlive this pilot");
            }
        }
    }

    private void signal(Payload payload, StopSignal signal, Duration left) {
        int told = payload.signal(signal.number(), signal.processes());
        log.info(
                SCOPE,
                "job " + job.id() + ": signal " + signal.number() + " went to " + told + " of its processes, "
                        + left.toSeconds() + " s before its time ends");
    }

    private Usage look(Payload payload) {
        Usage usage = payload.usage();
        peakResident = Math.max(peakResident, usage.residentBytes());
        return usage;
    }

    private void endAll(Payload payload) {
        payload.end(settings.killGrace())
                .forEach(left -> log.error(
                        SCOPE,
                        "job " + job.id() + ": process " + left.pid() + " cannot be ended, state " + left.state()));
    }

    private void reportUse(Duration wallClock, Duration cpu, WorkDirectory directory) {
        report.parameter("WallClockTime(s)", rounded(wallClock));
        report.parameter("TotalCPUTime(s)", rounded(cpu));
        wrapping.slot().normalised(cpu).forEach(report::parameter);
        report.parameter("MemoryUsed(MB)", peakResident / MEGABYTE);
        report.parameter("DiskSpace(MB)", directory.freeBytes() / MEGABYTE);
        report.parameter("LoadAverage", wrapping.node().loadAverage());
    }

    private static long rounded(Duration duration) {
        return Math.round(duration.toMillis() / 1000.0);
    }

    private JobOutcome conclude(
            Ending ending, JobDescription description, PayloadCommand command, WorkDirectory directory)
            throws IOException {
        if (ending instanceof Ending.Stopped stopped) {
            return stopped(stopped.cause(), false);
        }
        if (ending instanceof Ending.Exceeded exceeded) {
            Limits.Breach breach = exceeded.breach();
            reportErrorMessage(command, breach.text());
            report.status(JobStatus.COMPLETING, breach.minorStatus(), breach.text());
            storeOutput(description, directory, Optional.of(breach.text()));
            return failed(breach.minorStatus(), breach.text());
        }
        ExitCode exit = ((Ending.Exited) ending).exitCode();
        report.parameter("ExitCode", exit.value());
        if (exit.asksForRescheduling()) {
            return reschedule("the payload asked for it by " + exit);
        }
        if (exit.isSuccess()) {
            report.status(JobStatus.COMPLETING, MinorStatus.APPLICATION_FINISHED);
            storeOutput(description, directory, Optional.empty());
            Optional<StopCause> late = stop.reason();
            if (late.isPresent() && late.get() instanceof StopCause.KilledByUser) {
                return stopped(late.get(), false);
            }
            report.status(JobStatus.DONE, MinorStatus.EXECUTION_COMPLETE, exit.toString());
            return new JobOutcome.Done();
        }
        reportErrorMessage(command, exit.toString());
        report.status(JobStatus.COMPLETING, MinorStatus.APPLICATION_FAILED, exit.toString());
        storeOutput(description, directory, Optional.of(exit.toString()));
        return failed(MinorStatus.APPLICATION_FAILED, exit.toString());
    }

    /** The last lines of standard error, or of standard output if the former is empty. */
    private void reportErrorMessage(PayloadCommand command, String otherwise) {
        String errors = Texts.tail(command.standardError(), ERROR_LINES);
        String text = errors.isBlank() ? Texts.tail(command.standardOutput(), ERROR_LINES) : errors;
        report.parameter("Error Message", text.isBlank() ? otherwise : text);
    }

    /**
     * Stores what the job leaves behind.
     *
     * @param failure why the job fails anyway: then a sandbox that cannot be stored is only told, and does not replace the reason
     */
    private void storeOutput(JobDescription description, WorkDirectory directory, Optional<String> failure)
            throws IOException {
        if (description.outputSandbox().isEmpty()) {
            return;
        }
        report.status(JobStatus.COMPLETING, MinorStatus.UPLOADING_OUTPUT_SANDBOX);
        OutputFiles outputs = OutputFiles.find(directory.job(), description.outputSandbox());
        if (!outputs.missing().isEmpty()) {
            report.parameter("OutputSandboxMissingFiles", String.join(", ", outputs.missing()));
        }
        if (outputs.found().isEmpty()) {
            return;
        }
        try {
            store(outputs.found(), directory);
        } catch (JobFailure tooMuch) {
            log.warn(SCOPE, "job " + job.id() + ": " + tooMuch.reason());
            report.parameter("OutputSandbox", tooMuch.reason());
            storeStandardFiles(description, outputs.found(), directory);
            if (failure.isEmpty()) {
                throw tooMuch;
            }
        }
    }

    /** Better the job's own words than nothing. */
    private void storeStandardFiles(JobDescription description, Map<String, Path> files, WorkDirectory directory) {
        Map<String, Path> standard = new HashMap<>(files);
        standard.keySet().retainAll(List.of(description.standardOutput(), description.standardError()));
        if (standard.isEmpty() || standard.size() == files.size() || stop.isRequested()) {
            return;
        }
        try {
            transfer().storeOutput(standard, directory);
        } catch (JobFailure alsoTooMuch) {
            log.warn(SCOPE, "job " + job.id() + ": " + alsoTooMuch.reason());
        }
    }

    private void store(Map<String, Path> files, WorkDirectory directory) {
        String pfn = transfer().storeOutput(files, directory);
        report.parameter("OutputSandbox", pfn);
        report.status(JobStatus.COMPLETING, MinorStatus.OUTPUT_SANDBOX_UPLOADED);
    }

    private JobOutcome stopped(StopCause cause, boolean beforePayload) {
        if (cause instanceof StopCause.KilledByUser) {
            report.status(JobStatus.KILLED, MinorStatus.KILLED);
            return new JobOutcome.Killed();
        }
        if (cause instanceof StopCause.Disowned disowned) {
            return new JobOutcome.Dropped(disowned.reason());
        }
        String reason = ((StopCause.SlotTaken) cause).reason();
        return reschedule(beforePayload ? reason + " before the payload began" : reason);
    }

    private JobOutcome reschedule(String reason) {
        report.status(JobStatus.RUNNING, MinorStatus.RESCHEDULING, reason);
        return new Rescheduling(server, token, report, settings, log).ask(reason);
    }

    private JobOutcome failed(MinorStatus minorStatus, String reason) {
        report.status(JobStatus.FAILED, minorStatus, reason);
        return new JobOutcome.Failed(minorStatus + ": " + Texts.shortened(reason, MAX_SHOWN_STATUS));
    }

    private SandboxTransfer transfer() {
        return new SandboxTransfer(server, token, settings, log, stop);
    }

    private Measurements measure(WorkDirectory directory) {
        Optional<Running> now = running;
        Usage usage = now.map(running -> running.payload().usage()).orElse(Usage.NONE);
        return new Measurements(
                wrapping.node().loadAverage(),
                (double) usage.residentBytes() / KILOBYTE,
                (double) usage.virtualBytes() / KILOBYTE,
                (double) directory.freeBytes() / MEGABYTE,
                usage.cpu().toMillis() / 1000.0,
                now.map(running -> running.payload().wallClock().toMillis() / 1000.0)
                        .orElse(0.0),
                now.filter(running -> settings.peekLines() > 0)
                        .map(running -> Texts.tail(running.standardOutput(), settings.peekLines())));
    }

    private record Running(Payload payload, Path standardOutput) {}

    private sealed interface Ending {

        record Exited(ExitCode exitCode) implements Ending {}

        record Stopped(StopCause cause) implements Ending {}

        record Exceeded(Limits.Breach breach) implements Ending {}
    }
}
