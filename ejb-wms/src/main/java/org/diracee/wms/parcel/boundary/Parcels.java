/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.parcel.boundary;

import static org.diracee.wms.log.boundary.WmsLog.LOG;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.Unavailable;
import org.diracee.kernel.value.JobStatus;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.wms.job.boundary.JobStateUpdate;
import org.diracee.wms.job.boundary.StatusReport;
import org.diracee.wms.matching.boundary.MatchedJob;
import org.diracee.wms.matching.boundary.Matcher;
import org.diracee.wms.parcel.control.Spool;
import org.diracee.wms.parcel.control.SpoolEntry;
import org.diracee.wms.parcel.entity.ParcelRow;
import org.diracee.wms.sandbox.boundary.SandboxAnnouncement;
import org.diracee.wms.sandbox.boundary.SandboxCourier;
import org.diracee.wms.sandbox.boundary.SandboxPfn;
import org.diracee.wms.sandbox.boundary.SandboxStore;
import org.diracee.wms.taskqueue.boundary.ResourceDescription;

/**
 * Packs jobs for pilots that cannot reach the server, keeps the jobs alive on their way, and takes in what comes back. Outside any
 * transaction; what it writes is committed in short ones, so that another node goes on where this one died.
 */
@ApplicationScoped
public class Parcels {

    /** Minor status of a job whose pilot left nothing to tell how it ended. */
    public static final String NO_RESULTS = "No results came back from the site";

    /** Minor status of a job whose pilot left only a part of that. */
    public static final String NO_END = "Pilot ended before its job did";

    private static final String UPLOADING = "Uploading Output Sandbox";
    private static final String SOURCE = "SiteDirector";
    private static final String JOBS = "jobs.json";
    private static final String SPOOL = "spool.jsonl";
    private static final long LONGEST_SPOOL = 64L * 1024 * 1024;
    private static final int STATUS_LENGTH = 255;
    private static final int MOST_CHANGES = 500;

    /** Of what counts line by line; far more than a pilot says, and little enough to be done in a round. */
    private static final int MOST_LINES = 20_000;

    /** A job has one; a repeated upload repeats it. */
    private static final int MOST_OUTPUTS = 3;

    /** The pilot's own end decides; this only bounds what a lost database row could do. */
    private static final Duration LEASE = Duration.ofDays(2);

    /** What the computing element says of a running job counts as a heartbeat so often. */
    private static final Duration HEARTBEAT = Duration.ofMinutes(5);

    private static final ObjectMapper JSON = new ObjectMapper();

    private ParcelRecords records;
    private Matcher matcher;
    private JobStateUpdate jobs;
    private SandboxStore sandboxes;
    private SandboxCourier courier;
    private Clock clock;

    protected Parcels() {} // for the container's proxy

    @Inject
    public Parcels(
            ParcelRecords records,
            Matcher matcher,
            JobStateUpdate jobs,
            SandboxStore sandboxes,
            SandboxCourier courier,
            Clock clock) {
        this.records = records;
        this.matcher = matcher;
        this.jobs = jobs;
        this.sandboxes = sandboxes;
        this.courier = courier;
        this.clock = clock;
    }

    /**
     * Takes a job for a pilot that is about to be sent, as the pilot itself would by offering the resource, and packs it.
     *
     * @param way on which the parcel goes; its files are gone when this returns
     * @return whether there was a job
     */
    @Requires(callers = CallerKind.SYSTEM)
    public boolean send(Caller caller, Caller.Pilot pilot, ResourceDescription resource, Consumer<Parcel> way) {
        Optional<MatchedJob> matched =
                matcher.match(pilot, resource, 1).stream().findFirst();
        matched.ifPresent(job -> {
            Caller.Job attempt =
                    new Caller.Job(job.id(), job.attempt(), pilot.stamp(), job.owner(), job.ownerGroup(), job.vo());
            try {
                records.book(caller, attempt, LEASE);
                inDirectory(directory -> way.accept(pack(attempt, job, directory)));
            } catch (DiracException notSent) {
                giveBack(caller, attempt);
                throw notSent;
            }
        });
        return matched.isPresent();
    }

    /** For later and not for ever, lest a job that cannot be packed is the first again each time. */
    private void giveBack(Caller caller, Caller.Job attempt) {
        try {
            records.giveBack(caller, attempt);
        } catch (DiracException lost) {
            LOG.debugf("job %s went another way: %s", attempt.id(), lost.detail());
        }
    }

    private Parcel pack(Caller.Job attempt, MatchedJob job, Path directory) throws IOException {
        ObjectNode contents = JSON.createObjectNode();
        contents.putArray("jobs")
                .addObject()
                .put("jobId", job.id().number())
                .put("attempt", job.attempt())
                .put("jdl", job.jdl())
                .put("owner", job.owner().text())
                .put("ownerGroup", job.ownerGroup().text())
                .put("vo", job.vo().text());
        ObjectNode refused = contents.putObject("refused");
        List<Path> files = new ArrayList<>();
        for (SandboxPfn pfn : sandboxes.list(attempt, job.id()).input()) {
            Path file = directory.resolve(fileName(pfn));
            try {
                courier.fetch(attempt, pfn, file);
                files.add(file);
            } catch (Unavailable passing) {
                throw passing;
            } catch (DiracException never) {
                // the pilot tells it as the job's failure
                refused.put(pfn.reference(), never.detail());
            }
        }
        Path description = directory.resolve(JOBS);
        Files.write(description, JSON.writeValueAsBytes(contents));
        files.add(description);
        return new Parcel(files);
    }

    /**
     * Notes what the computing element says of pilots that may have parcels: the jobs live.
     *
     * @param running whether it has a worker node, of each that has not ended
     * @return those whose job is theirs no more, so that they go on in vain
     */
    @Requires(callers = CallerKind.SYSTEM)
    public Set<PilotStamp> follow(Caller caller, Map<PilotStamp, Boolean> running) {
        Set<PilotStamp> vain = new HashSet<>();
        if (running.isEmpty()) {
            return vain;
        }
        Instant now = clock.instant();
        for (ParcelRow parcel : records.of(caller, running.keySet())) {
            if (!parcel.isWanted()) {
                vain.add(parcel.pilot());
            } else if (running.getOrDefault(parcel.pilot(), false)) {
                if (parcel.status() == JobStatus.MATCHED
                        || parcel.status() == JobStatus.STALLED
                        || isBefore(parcel.heartBeat(), now.minus(HEARTBEAT))) {
                    records.runs(caller, parcel.job());
                }
            } else if (isBefore(parcel.leaseUntil(), now.plus(LEASE.dividedBy(2)))) {
                records.waits(caller, parcel.job(), LEASE);
            }
        }
        return vain;
    }

    /** Whether the pilot has a parcel whose job still waits for what comes back. */
    @Requires(callers = CallerKind.SYSTEM)
    public boolean isAwaited(Caller caller, PilotStamp pilot) {
        return records.of(caller, List.of(pilot)).stream().anyMatch(parcel -> !parcel.isOpened() && parcel.isWanted());
    }

    private static boolean isBefore(Optional<Instant> moment, Instant limit) {
        return moment.isEmpty() || moment.get().isBefore(limit);
    }

    /**
     * Takes in what an ended pilot left, if it had a parcel: each state of its job once. What is missing or damaged is told.
     *
     * @param end how the computing element says the pilot ended
     * @throws DiracException if its results cannot be had for now; nothing is lost by a repeat
     */
    @Requires(callers = CallerKind.SYSTEM)
    public void open(Caller caller, PilotStamp pilot, ParcelResults results, String end) {
        records.of(caller, List.of(pilot)).stream()
                .filter(parcel -> !parcel.isOpened())
                .forEach(parcel -> inDirectory(directory -> open(caller, parcel, results, end, directory)));
    }

    private void open(Caller caller, ParcelRow parcel, ParcelResults results, String end, Path directory)
            throws IOException {
        Path spool = directory.resolve(SPOOL);
        Reading reading = new Reading(caller, parcel, results, directory);
        boolean isThere = fetched(results, SPOOL, LONGEST_SPOOL, spool);
        if (isThere) {
            reading.read(spool);
        }
        conclude(caller, parcel, isThere ? NO_END : NO_RESULTS, end);
        try {
            records.close(caller, parcel.job(), reading.end);
        } catch (DiracException over) {
            records.close(caller, parcel.job(), Optional.empty());
        }
        LOG.parcelOpened(parcel.pilot(), parcel.job().id(), reading.lines, reading.unread);
    }

    private static boolean fetched(ParcelResults results, String name, long most, Path target) throws IOException {
        try (OutputStream file = Files.newOutputStream(target)) {
            return results.fetch(name, most, file);
        }
    }

    /** A job that was not said to have ended has not been seen to its end. */
    private void conclude(Caller caller, ParcelRow before, String minorStatus, String end) {
        Optional<ParcelRow> now = records.of(caller, List.of(before.pilot())).stream()
                .filter(ParcelRow::isWanted)
                .findFirst();
        if (now.isEmpty()) {
            return;
        }
        Caller.Job job = before.job();
        boolean hasBegun = now.get().status() != JobStatus.MATCHED;
        StatusReport report = new StatusReport(
                hasBegun ? Optional.of(JobStatus.FAILED) : Optional.empty(),
                Optional.of(minorStatus),
                Optional.of(shortened(end)),
                SOURCE);
        try {
            jobs.metadata(job, Map.of(job.id(), Map.of("Error Message", end)));
            jobs.status(job, Map.of(job.id(), Map.of(clock.instant(), report)), false);
            if (!hasBegun) {
                records.giveBack(caller, job);
            }
        } catch (DiracException lost) {
            LOG.debugf("job %s went another way: %s", job.id(), lost.detail());
        }
    }

    /**
     * One pass through a spool. States wait for what else was said, and count together: so their order in the job's log is theirs, and a
     * repeat before they count finds nothing that harms when it is done again.
     */
    private final class Reading {

        private final Caller caller;
        private final ParcelRow parcel;
        private final ParcelResults results;
        private final Path directory;
        private final Map<Instant, StatusReport> changes = new LinkedHashMap<>();
        private final List<SpoolEntry> last = new ArrayList<>();
        private Optional<SpoolEntry.News> end = Optional.empty();
        private Optional<String> lost = Optional.empty();
        private long known;
        private int alone;
        private int outputs;
        private long lines;
        private long unread;

        Reading(Caller caller, ParcelRow parcel, ParcelResults results, Path directory) {
            this.caller = caller;
            this.parcel = parcel;
            this.known = parcel.lines();
            this.results = results;
            this.directory = directory;
        }

        void read(Path file) throws IOException {
            try (InputStream bytes = Files.newInputStream(file)) {
                Spool spool = new Spool(bytes, parcel.job().id());
                for (Optional<Spool.Line> line = spool.next(); line.isPresent(); line = spool.next()) {
                    lines++;
                    take(line.get());
                }
            }
            count();
        }

        private void take(Spool.Line line) throws IOException {
            if (line.entry().isEmpty()) {
                unread++;
                return;
            }
            SpoolEntry entry = line.entry().get();
            if (entry instanceof SpoolEntry.News news && news.isEnd()) {
                end = Optional.of(news); // counts when its job has ended, too
            } else if (line.number() > parcel.lines()) {
                if (entry instanceof SpoolEntry.Status status) {
                    changes.putAll(status.changes());
                    if (changes.size() > MOST_CHANGES) {
                        count();
                    }
                } else if (entry instanceof SpoolEntry.Beat) {
                    last.removeIf(SpoolEntry.Beat.class::isInstance); // the last tells all
                    last.add(0, entry);
                } else if (entry instanceof SpoolEntry.Reschedule) {
                    last.add(entry);
                } else if (entry instanceof SpoolEntry.Output output && outputs < MOST_OUTPUTS) {
                    outputs++;
                    store(output);
                } else if (!(entry instanceof SpoolEntry.Output) && alone < MOST_LINES) {
                    alone++;
                    apply(known, List.of(entry));
                } else {
                    unread++;
                }
            }
        }

        /** Lets all states so far count, and what follows from them. */
        private void count() {
            List<SpoolEntry> entries = new ArrayList<>();
            if (!changes.isEmpty()) {
                lost.ifPresent(reason -> changes.replaceAll((at, report) -> withoutOutput(report, reason)));
                entries.add(new SpoolEntry.Status(changes));
            }
            entries.addAll(last);
            apply(Math.max(known, lines), entries);
            changes.clear();
            last.clear();
        }

        private void apply(long line, List<SpoolEntry> entries) {
            try {
                records.apply(caller, parcel.job(), known, line, entries);
            } catch (Unavailable passing) {
                throw passing;
            } catch (DiracException refused) {
                LOG.debugf("what pilot %s says up to line %d: %s", parcel.pilot(), lines, refused.detail());
                unread += entries.size();
                records.apply(caller, parcel.job(), known, line, List.of());
            }
            known = line;
        }

        private void store(SpoolEntry.Output output) throws IOException {
            Path archive = directory.resolve("output");
            try {
                SandboxPfn pfn = output.pfn();
                if (!fetched(results, fileName(pfn), sandboxes.maxBytes(), archive)) {
                    lose("The output sandbox did not come back from the site: it is missing there or too large");
                    return;
                }
                SandboxPfn stored = courier.store(
                        parcel.job(),
                        new SandboxAnnouncement(pfn.sha256(), Files.size(archive), pfn.format()),
                        archive);
                records.apply(caller, parcel.job(), known, known, List.of(new SpoolEntry.Output(stored)));
            } catch (Unavailable passing) {
                throw passing;
            } catch (DiracException refused) {
                if (refused.code() == ErrorCode.UPSTREAM_ERROR) {
                    throw refused; // the computing element, which will answer later
                }
                lose("The output sandbox could not be stored: " + refused.detail());
            }
        }

        private void lose(String reason) {
            LOG.outputLost(parcel.pilot(), parcel.job().id(), reason);
            lost = Optional.of(shortened(reason));
            apply(known, List.of(new SpoolEntry.Parameters(Map.of("OutputSandbox", reason))));
        }
    }

    /** A job whose output is lost is not done, whatever it thought when it left it there. */
    private static StatusReport withoutOutput(StatusReport report, String reason) {
        return report.status().equals(Optional.of(JobStatus.DONE))
                ? new StatusReport(Optional.of(JobStatus.FAILED), Optional.of(UPLOADING), Optional.of(reason), SOURCE)
                : report;
    }

    private static String shortened(String text) {
        return text.length() <= STATUS_LENGTH ? text : text.substring(0, STATUS_LENGTH);
    }

    private static String fileName(SandboxPfn pfn) {
        return pfn.sha256() + "." + pfn.format().wireName();
    }

    /** Work with files of this node, which are gone afterwards. */
    private interface WithFiles {
        void run(Path directory) throws IOException;
    }

    private static void inDirectory(WithFiles work) {
        try {
            Path directory = Files.createTempDirectory("parcel");
            try {
                work.run(directory);
            } finally {
                try (Stream<Path> files = Files.list(directory)) {
                    for (Path file : files.toList()) {
                        Files.deleteIfExists(file);
                    }
                }
                Files.deleteIfExists(directory);
            }
        } catch (IOException full) {
            throw new Unavailable("The server cannot keep the files of a parcel for a while", full);
        }
    }
}
