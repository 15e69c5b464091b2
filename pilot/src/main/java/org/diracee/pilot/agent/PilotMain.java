/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ProxySelector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.diracee.client.ApiClient;
import org.diracee.kernel.time.MicrosecondClock;
import org.diracee.pilot.control.Backoff;
import org.diracee.pilot.control.PilotNews;
import org.diracee.pilot.control.Server;
import org.diracee.pilot.control.ServerAway;
import org.diracee.pilot.control.ServerRefusal;
import org.diracee.pilot.control.Stop;
import org.diracee.pilot.gateway.EnvironmentProxies;
import org.diracee.pilot.gateway.OfflineServer;
import org.diracee.pilot.gateway.RestServer;
import org.diracee.pilot.inner.BindRefused;
import org.diracee.pilot.inner.InnerCe;
import org.diracee.pilot.inner.InnerCeSurroundings;
import org.diracee.pilot.inner.InnerCeUnusable;
import org.diracee.pilot.inner.InnerCeWish;
import org.diracee.pilot.log.PilotLog;
import org.diracee.pilot.process.EndedChildren;
import org.diracee.pilot.process.SearchPath;
import org.diracee.pilot.process.Session;
import org.diracee.pilot.slot.BatchTime;
import org.diracee.pilot.slot.CpuPower;
import org.diracee.pilot.slot.Gpus;
import org.diracee.pilot.slot.TimeLeft;
import org.diracee.pilot.slot.WorkerNode;
import org.diracee.pilot.wrapper.JobWrapping;
import org.diracee.pilot.wrapper.SlotFacts;
import org.diracee.pilot.wrapper.WatchdogSettings;
import org.diracee.pilot.wrapper.WrapperSettings;

/** The program {@code dirac-pilot}. */
public final class PilotMain {

    private static final int ENDED_IN_ORDER = 0;
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;
    private static final long MEGABYTE = 1024 * 1024;
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);
    private static final Duration LOG_END = Duration.ofSeconds(5);
    private static final String SCOPE = "Pilot";
    private static final String ACCOUNT = System.getProperty("user.name", "unknown");

    private final PilotArguments arguments;
    private final PilotLog log;
    private final Backoff backoff;
    private final Stop<String> stop = new Stop<>();
    private final TimeLeft timeLeft;
    private final WorkerNode node = WorkerNode.ofThisMachine();
    private final SearchPath path = SearchPath.ofThisProcess();
    private final CpuPower cpuPower;
    private final Gpus gpus;
    private final CountDownLatch ended = new CountDownLatch(1);

    private PilotMain(PilotArguments arguments, PrintStream out) {
        this.arguments = arguments;
        this.backoff = new Backoff(arguments.retryPause(), LONGEST_RETRY);
        this.log = new PilotLog(MicrosecondClock.utc(), out, backoff);
        this.timeLeft = new TimeLeft(slotTime(), arguments.timeLeftLimit(), System::nanoTime);
        this.cpuPower =
                new CpuPower(Path.of(System.getProperty("java.io.tmpdir", "/tmp")), ACCOUNT, MicrosecondClock.utc());
        this.gpus = Gpus.find(path, Optional.ofNullable(System.getenv("CUDA_VISIBLE_DEVICES")));
    }

    public static void main(String[] words) {
        ProxySelector.setDefault(new EnvironmentProxies(System.getenv()));
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8);
        if (List.of(words).contains("--help")) {
            out.print(PilotArguments.USAGE);
            out.flush();
            return;
        }
        int code;
        try {
            PilotArguments arguments = PilotArguments.parse(List.of(words));
            String secret = arguments.secretFile().map(PilotSecret::take).orElse("");
            code = new PilotMain(arguments, out).run(secret);
        } catch (UsageError wrong) {
            err.println("dirac-pilot: " + wrong.getMessage());
            err.println("dirac-pilot --help tells all options.");
            code = WRONG_USAGE;
        }
        System.exit(code);
    }

    /** What the command line says, or less if the batch system leaves less. */
    private Duration slotTime() {
        Duration told = arguments.cpuTime();
        BatchTime batch = new BatchTime(System.getenv(), path, processors(), MicrosecondClock.utc());
        Optional<Duration> answer = batch.left();
        if (answer.isEmpty() && batch.isBatchJob()) {
            log.warn(SCOPE, "the batch system does not tell how much time it leaves; --cpu-time counts");
        }
        Duration left = answer.filter(time -> time.compareTo(told) < 0).orElse(told);
        if (!left.equals(told)) {
            log.info(SCOPE, "the batch system leaves " + left.toSeconds() + " s");
        }
        return left;
    }

    /** What the site or the batch system says; detected ones may belong to others as well. */
    private OptionalInt toldProcessors() {
        return arguments.processors().isPresent()
                ? arguments.processors()
                : WorkerNode.processorsOfBatchJob(System.getenv());
    }

    private int processors() {
        return toldProcessors().orElseGet(WorkerNode::processors);
    }

    private Room room() {
        return new Room(
                processors(),
                memoryMegabytes(),
                arguments.maxRamMegabytes().isPresent(),
                toldProcessors().isPresent());
    }

    private int run(String secret) {
        log.info(
                SCOPE,
                "DIRAC EE pilot %s, stamp %s, for %s at %s, %s, %s"
                        .formatted(
                                ApiClient.VERSION,
                                arguments.stamp(),
                                arguments.vo(),
                                arguments.site(),
                                arguments.ce(),
                                arguments.queue()));
        Server server;
        try {
            Files.createDirectories(arguments.workDirectory());
            server = server();
        } catch (IOException unusable) {
            throw new UsageError(String.valueOf(unusable.getMessage()));
        }
        try (PilotSession session = PilotSession.open(server, secret, backoff, log, arguments.serverTimeout(), stop)) {
            log.connect((first, lines) -> server.log(session.token(), first, lines));
            return run(server, session);
        } catch (ServerAway | ServerRefusal noEntry) {
            log.error(SCOPE, "cannot log in: " + noEntry.getMessage());
            return FAILED;
        }
    }

    private Server server() throws IOException {
        return arguments.parcel().isPresent()
                ? OfflineServer.open(arguments.parcel().get())
                : RestServer.connect(arguments.server().orElseThrow(), arguments.caFile(), arguments.stamp());
    }

    private int run(Server server, PilotSession session) {
        InnerCe innerCe;
        try {
            innerCe = innerCe();
        } catch (InnerCeUnusable unusable) {
            String reason = String.valueOf(unusable.getMessage());
            log.error(SCOPE, "ends: " + reason);
            Pilot.tell(server, session, log, PilotNews.ended(false, reason));
            log.close(LOG_END);
            return unusable instanceof BindRefused ? WRONG_USAGE : FAILED;
        }
        Duration ahead = server.clockAhead();
        if (!ahead.isZero()) {
            log.warn(SCOPE, "this host's clock differs from the server's by " + ahead.toSeconds() + " s; corrected");
        }
        Clock clock = Clock.offset(MicrosecondClock.utc(), ahead);
        Pilot pilot = new Pilot(arguments, session, wrapping(server, innerCe), room(), clock, stop, timeLeft);
        Thread hook = new Thread(() -> leave(pilot), "leave");
        Runtime.getRuntime().addShutdownHook(hook);
        PilotEnd end = pilot.run();
        log.close(LOG_END);
        ended.countDown();
        return end.isOrderly() ? ENDED_IN_ORDER : FAILED;
    }

    /** Runs when the virtual machine is told to end, and holds that up until the job has been brought to an end. */
    private void leave(Pilot pilot) {
        if (ended.getCount() == 0) {
            return;
        }
        log.warn(SCOPE, "got a signal to end, has " + arguments.stopGrace().toSeconds() + " s to do so");
        pilot.slotTaken("a signal ended the pilot: its site did so, or an operator had it killed");
        try {
            if (!ended.await(arguments.stopGrace().toMillis(), TimeUnit.MILLISECONDS)) {
                log.error(SCOPE, "was not ready in time");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private InnerCe innerCe() throws InnerCeUnusable {
        InnerCeSurroundings surroundings = new InnerCeSurroundings(
                arguments.workDirectory(), memoryMegabytes() * MEGABYTE, InnerCeSurroundings.graphicsDevices());
        InnerCeWish.Found found = arguments.innerCe().find(path, surroundings);
        found.missed().ifPresent(reason -> log.warn(SCOPE, reason));
        if (found.innerCe().isIsolated()) {
            log.info(SCOPE, "jobs are isolated by " + found.innerCe());
        } else if (arguments.anyOwner()) {
            log.warn(SCOPE, "jobs run InProcess, of any owner: one can read and change what another has");
        } else {
            log.info(SCOPE, "jobs run InProcess, hence of one owner alone");
        }
        return found.innerCe();
    }

    private long memoryMegabytes() {
        return arguments.maxRamMegabytes().orElseGet(node::memoryMegabytes);
    }

    private JobWrapping wrapping(Server server, InnerCe innerCe) {
        cpuPower.find();
        Session session = Session.find(path);
        if (!session.isOwn()) {
            log.warn(SCOPE, "there is no setsid here: payloads run in the pilot's own session");
        }
        SlotFacts slot = new SlotFacts(
                arguments.stamp().text(),
                arguments.site().toString(),
                arguments.ce(),
                arguments.queue(),
                node.hostName(),
                node.processorModel(),
                ACCOUNT,
                memoryMegabytes(),
                processors(),
                gpus,
                cpuPower);
        return new JobWrapping(
                server,
                log,
                settings(),
                slot,
                node,
                session,
                path,
                innerCe,
                new EndedChildren(),
                arguments.workDirectory());
    }

    private WrapperSettings settings() {
        WatchdogSettings watchdog = new WatchdogSettings(
                arguments.watch(),
                arguments.maxWallClock(),
                arguments.maxProcesses(),
                arguments.minDiskMegabytes() * MEGABYTE,
                arguments.maxLoad(),
                arguments.minCpuPercent(),
                arguments.cpuSample(),
                arguments.cpuMarginPercent(),
                arguments.warnOnly());
        return new WrapperSettings(
                arguments.heartbeat(),
                arguments.peekLines(),
                watchdog,
                arguments.killGrace(),
                arguments.reportTimeout(),
                arguments.outputSandboxMegabytes() * MEGABYTE,
                backoff);
    }
}
