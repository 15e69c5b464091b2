/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.agent;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.diracee.kernel.value.InvalidValue;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.SiteName;
import org.diracee.kernel.value.VoName;
import org.diracee.pilot.inner.Bind;
import org.diracee.pilot.inner.InnerCeWish;
import org.diracee.pilot.wrapper.WatchdogCheck;

/** The command line of the pilot, checked. */
record PilotArguments(
        Optional<URI> server,
        Optional<Path> parcel,
        Optional<Path> caFile,
        PilotStamp stamp,
        VoName vo,
        SiteName site,
        String ce,
        String queue,
        Path workDirectory,
        Optional<Path> secretFile,
        Optional<String> platform,
        List<String> tags,
        List<String> requiredTags,
        OptionalInt processors,
        OptionalLong maxRamMegabytes,
        OptionalInt maxJobs,
        Duration cpuTime,
        Duration idleTimeout,
        Duration serverTimeout,
        Duration heartbeat,
        Duration watch,
        int peekLines,
        Duration maxWallClock,
        Optional<Duration> timeLeftLimit,
        long cpuMarginPercent,
        long minCpuPercent,
        Duration cpuSample,
        int maxProcesses,
        long minDiskMegabytes,
        long maxLoad,
        Set<WatchdogCheck> warnOnly,
        Duration killGrace,
        Duration stopGrace,
        Duration reportTimeout,
        Duration retryPause,
        long outputSandboxMegabytes,
        InnerCeWish innerCe,
        boolean anyOwner) {

    static final String USAGE = """
            Usage: dirac-pilot --server URL --stamp STAMP --vo VO --site SITE --ce CE --queue QUEUE
                               --work-dir DIR --secret-file FILE [options]
                   dirac-pilot --offline PARCEL --stamp STAMP --vo VO --site SITE --ce CE --queue QUEUE
                               --work-dir DIR [options]

            Runs jobs on this machine until there are none left for it.

              --server URL              address of the DIRAC EE server, https://host[:port]
              --ca-file FILE            PEM certificates to trust instead of Java's own
              --stamp STAMP             stamp of this pilot, 1 to 32 letters, digits or hyphens
              --vo VO                   virtual organisation whose jobs to run
              --site SITE, --ce CE, --queue QUEUE
                                        where this machine belongs
              --work-dir DIR            directory for the jobs' directories
              --secret-file FILE        holds the one-time secret; only its owner may read it; deleted at once
              --offline PARCEL          runs what this directory holds, and leaves the results there; without a server

              --platform PLATFORM       instead of the detected one, as x86_64-linux
              --tag TAG                 a tag to offer, may be repeated
              --required-tag TAG        one of them without which no job is taken, may be repeated
              --processors N            processors to offer instead of the detected ones
              --max-ram MB              memory of the slot; a job that holds more is ended
              --inner-ce NAME           how jobs are kept apart: bubblewrap, Apptainer, InProcess (not at all), or auto,
                                        which takes what there is; auto unless given
              --bind SOURCE[:TARGET[:rw]]
                                        what jobs see of this machine besides its system, may be repeated
              --container-root IMAGE    image for Apptainer
              --container-option WORD   a word more for apptainer exec, may be repeated
              --owners one|any          whether jobs of several owners may run InProcess, one unless given

              --cpu-time S              time that the slot lasts, 259200 s unless given
              --max-jobs N              ends after so many jobs
              --idle-timeout S          ends after so long without a job, 60 s unless given
              --server-timeout S        ends if the server is away so long while no job runs, 600 s unless given

              --heartbeat S             between heartbeats, 60 s unless given
              --watch S                 between looks at a payload's limits, 5 s unless given; at most a quarter of
                                        --cpu-sample-time
              --peek-lines N            last lines of standard output that go with a heartbeat, 20 unless given

              --max-wall-clock S        longest run of a payload, 259200 s unless given
              --time-left-limit S       a payload is ended when the slot has so much left, a twentieth of --cpu-time,
                                        at most 300 s, unless given; at most half of what the batch system leaves
              --cpu-limit-margin PERCENT
                                        by which a job may use more CPU time than it asked for, 20 unless given
              --min-cpu-ratio PERCENT, --cpu-sample-time S
                                        a payload that used less of the last S seconds as CPU time is ended as stalled,
                                        5 and 1800 s unless given
              --max-processes N         a payload with more is ended, 5000 unless given
              --min-disk-space MB       that must stay free, 10 MB unless given
              --max-load N              a load average above is told in the log, 1000 unless given
              --warn-only CHECK         ends no payload for this, only tells it in the log; may be repeated: wall-clock,
                                        time-left, cpu-limit, cpu-ratio, memory, processes, disk-space

              --kill-grace S            between asking a payload to end and killing it, 10 s unless given
              --stop-grace S            to leave in order after SIGTERM, 25 s unless given
              --report-timeout S        how long the last reports of a job are tried, 3600 s unless given
              --retry-pause S           first pause before a call is repeated, 1 s unless given
              --output-sandbox-limit MB largest packed output sandbox, 100 MB unless given

            Exit codes: 0 ended in order, 1 the server could not be reached or refused, 2 wrong usage, 143 ended by SIGTERM.
            """;

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Duration THREE_DAYS = Duration.ofDays(3);
    private static final Duration USUAL_WATCH = Duration.ofSeconds(5);
    private static final int LOOKS_OF_SAMPLE = 4;
    private static final int MAX_NAME = 128;
    private static final int MAX_PROCESSORS = 1024;
    private static final long MAX_MEGABYTES = 1L << 30;
    private static final int MAX_PEEK_LINES = 1000;
    private static final int MAX_MARGIN = 10_000;

    PilotArguments {
        tags = List.copyOf(tags);
        requiredTags = List.copyOf(requiredTags);
        warnOnly = Set.copyOf(warnOnly);
    }

    /** @throws UsageError naming the option that is wrong or missing */
    static PilotArguments parse(List<String> words) {
        Options options = Options.of(
                words,
                Set.of(
                        "server",
                        "offline",
                        "ca-file",
                        "stamp",
                        "vo",
                        "site",
                        "ce",
                        "queue",
                        "work-dir",
                        "secret-file",
                        "platform",
                        "processors",
                        "max-ram",
                        "cpu-time",
                        "max-jobs",
                        "idle-timeout",
                        "server-timeout",
                        "heartbeat",
                        "watch",
                        "peek-lines",
                        "max-wall-clock",
                        "time-left-limit",
                        "cpu-limit-margin",
                        "min-cpu-ratio",
                        "cpu-sample-time",
                        "max-processes",
                        "min-disk-space",
                        "max-load",
                        "kill-grace",
                        "stop-grace",
                        "report-timeout",
                        "retry-pause",
                        "output-sandbox-limit",
                        "inner-ce",
                        "container-root",
                        "owners"),
                Set.of("tag", "required-tag", "warn-only", "bind", "container-option"));
        try {
            return new PilotArguments(
                    server(options),
                    options.optional("offline").map(Path::of).map(Path::toAbsolutePath),
                    options.optional("ca-file").map(Path::of),
                    new PilotStamp(options.required("stamp")),
                    new VoName(options.required("vo")),
                    new SiteName(options.required("site")),
                    name("ce", options.required("ce")),
                    name("queue", options.required("queue")),
                    Path.of(options.required("work-dir")).toAbsolutePath(),
                    secretFile(options),
                    options.optional("platform").map(platform -> name("platform", platform)),
                    options.all("tag"),
                    options.all("required-tag"),
                    options.integer("processors", 1, MAX_PROCESSORS),
                    options.whole("max-ram", 1, MAX_MEGABYTES),
                    options.integer("max-jobs", 1, Integer.MAX_VALUE),
                    options.seconds("cpu-time", THREE_DAYS),
                    options.seconds("idle-timeout", Duration.ofSeconds(60)),
                    options.seconds("server-timeout", Duration.ofMinutes(10)),
                    options.seconds("heartbeat", Duration.ofSeconds(60)),
                    watch(options),
                    options.integer("peek-lines", 0, MAX_PEEK_LINES).orElse(20),
                    options.seconds("max-wall-clock", THREE_DAYS),
                    timeLeftLimit(options),
                    options.whole("cpu-limit-margin", 0, MAX_MARGIN).orElse(20),
                    options.whole("min-cpu-ratio", 0, 100).orElse(5),
                    cpuSample(options),
                    options.integer("max-processes", 1, Integer.MAX_VALUE).orElse(5000),
                    options.whole("min-disk-space", 0, MAX_MEGABYTES).orElse(10),
                    options.whole("max-load", 1, Integer.MAX_VALUE).orElse(1000),
                    options.all("warn-only").stream().map(PilotArguments::check).collect(Collectors.toSet()),
                    options.seconds("kill-grace", Duration.ofSeconds(10)),
                    options.seconds("stop-grace", Duration.ofSeconds(25)),
                    options.seconds("report-timeout", Duration.ofHours(1)),
                    options.seconds("retry-pause", Duration.ofSeconds(1)),
                    options.whole("output-sandbox-limit", 1, MAX_MEGABYTES).orElse(100),
                    innerCe(options),
                    anyOwner(options.optional("owners").orElse("one")));
        } catch (InvalidValue wrong) {
            throw new UsageError(wrong.detail());
        }
    }

    private static Duration cpuSample(Options options) {
        return options.seconds("cpu-sample-time", Duration.ofMinutes(30));
    }

    /** A sample is of looks, hence needs some. */
    private static Duration watch(Options options) {
        Duration most = cpuSample(options).dividedBy(LOOKS_OF_SAMPLE);
        Duration watch = options.seconds("watch", most.compareTo(USUAL_WATCH) < 0 ? most : USUAL_WATCH);
        if (watch.compareTo(most) > 0) {
            throw new UsageError("--watch '" + options.required("watch")
                    + "': at most a quarter of --cpu-sample-time is expected, which is "
                    + cpuSample(options).toSeconds()
                    + " s");
        }
        return watch;
    }

    private static Optional<Duration> timeLeftLimit(Options options) {
        Optional<String> given = options.optional("time-left-limit");
        if (given.isEmpty()) {
            return Optional.empty();
        }
        Duration limit = options.seconds("time-left-limit", THREE_DAYS);
        Duration cpuTime = options.seconds("cpu-time", THREE_DAYS);
        if (limit.plus(Pilot.LEAST_CPU_TIME).compareTo(cpuTime) > 0) {
            throw new UsageError("--time-left-limit '" + given.get() + "': at least "
                    + Pilot.LEAST_CPU_TIME.toSeconds() + " s less than --cpu-time are expected, which is "
                    + cpuTime.toSeconds() + " s");
        }
        return Optional.of(limit);
    }

    private static InnerCeWish innerCe(Options options) {
        String name = options.optional("inner-ce").orElse("auto");
        return new InnerCeWish(
                InnerCeWish.Kind.of(name)
                        .orElseThrow(() -> new UsageError("--inner-ce '" + name
                                + "': one of auto, bubblewrap, Apptainer, InProcess is expected")),
                options.all("bind").stream().map(PilotArguments::bind).toList(),
                options.optional("container-root"),
                options.all("container-option"));
    }

    private static Bind bind(String text) {
        try {
            return Bind.parse(text);
        } catch (IllegalArgumentException wrong) {
            throw new UsageError("--bind " + wrong.getMessage());
        }
    }

    private static boolean anyOwner(String text) {
        if (!text.equals("one") && !text.equals("any")) {
            throw new UsageError("--owners '" + text + "': one or any is expected");
        }
        return text.equals("any");
    }

    private static Optional<URI> server(Options options) {
        return isOffline(options) ? Optional.empty() : Optional.of(server(options.required("server")));
    }

    private static Optional<Path> secretFile(Options options) {
        return isOffline(options) ? Optional.empty() : Optional.of(Path.of(options.required("secret-file")));
    }

    private static boolean isOffline(Options options) {
        boolean offline = options.optional("offline").isPresent();
        if (offline
                && (options.optional("server").isPresent()
                        || options.optional("secret-file").isPresent())) {
            throw new UsageError("--offline goes with neither --server nor --secret-file: it talks to no server");
        }
        return offline;
    }

    private static URI server(String text) {
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException noAddress) {
            throw new UsageError("--server '" + text + "' is no address: https://host[:port] is expected");
        }
        boolean plain = "http".equals(uri.getScheme()) && uri.getHost() != null && LOOPBACK.contains(uri.getHost());
        if (uri.getHost() == null || !("https".equals(uri.getScheme()) || plain)) {
            throw new UsageError("--server '" + text
                    + "' is not allowed: https://host[:port] is expected (http only for this very machine)");
        }
        return uri;
    }

    private static WatchdogCheck check(String name) {
        List<WatchdogCheck> checks = List.of(WatchdogCheck.values());
        return checks.stream()
                .filter(check -> check.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new UsageError("--warn-only '" + name + "': one of "
                        + checks.stream().map(WatchdogCheck::toString).collect(Collectors.joining(", "))
                        + " is expected"));
    }

    private static String name(String option, String text) {
        if (text.isBlank() || text.length() > MAX_NAME || text.chars().anyMatch(c -> c <= ' ')) {
            throw new UsageError("--" + option + " '" + text + "' is no name: 1 to " + MAX_NAME
                    + " characters without blanks are expected");
        }
        return text;
    }
}
