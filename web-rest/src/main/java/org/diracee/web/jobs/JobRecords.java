/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.jobs;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.diracee.client.wire.BulkAnswer;
import org.diracee.client.wire.JobCommand;
import org.diracee.client.wire.JobHeartbeat;
import org.diracee.client.wire.JobLogEntry;
import org.diracee.client.wire.JobView;
import org.diracee.client.wire.MatchedJobs;
import org.diracee.client.wire.RequestJobs;
import org.diracee.client.wire.RescheduledJob;
import org.diracee.client.wire.SendHeartbeat;
import org.diracee.client.wire.SubmittedJob;
import org.diracee.client.wire.UpdateStatus;
import org.diracee.client.wire.UpdatedStatus;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.Problem;
import org.diracee.kernel.paging.BulkResult;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.SiteName;
import org.diracee.kernel.value.UserName;
import org.diracee.wms.job.boundary.HeartBeat;
import org.diracee.wms.job.boundary.JobDetails;
import org.diracee.wms.job.boundary.LoggedStatus;
import org.diracee.wms.job.boundary.MeasuredBeat;
import org.diracee.wms.job.boundary.StatusReport;
import org.diracee.wms.job.boundary.StatusWritten;
import org.diracee.wms.matching.boundary.MatchedJob;
import org.diracee.wms.taskqueue.boundary.QueueField;
import org.diracee.wms.taskqueue.boundary.ResourceDescription;
import org.diracee.wms.taskqueue.boundary.WantedWork;

/** Translates between the records of the wire and those of workload management. */
final class JobRecords {

    private static final String NOT_FOUND = "Not found";

    private JobRecords() {}

    static SubmittedJob submitted(org.diracee.wms.job.boundary.SubmittedJob job) {
        return new SubmittedJob(
                job.id().number(), job.status(), job.minorStatus(), job.timestamp(), job.clientRef(), job.warnings());
    }

    static <V, W> Map<JobId, W> byJob(Map<Long, V> values, Function<V, W> translation) {
        Map<JobId, W> byJob = new LinkedHashMap<>();
        values.forEach((id, value) -> byJob.put(new JobId(id), translation.apply(value)));
        return byJob;
    }

    static List<JobId> ids(Collection<Long> numbers) {
        return numbers.stream().map(JobId::new).toList();
    }

    static Map<Instant, StatusReport> reports(Map<Instant, UpdateStatus> updates) {
        Map<Instant, StatusReport> reports = new LinkedHashMap<>();
        updates.forEach((time, update) -> reports.put(
                time,
                new StatusReport(
                        update.status(),
                        update.minorStatus(),
                        update.applicationStatus(),
                        update.source().orElse(StatusReport.UNKNOWN_SOURCE))));
        return reports;
    }

    static UpdatedStatus updated(StatusWritten written) {
        return new UpdatedStatus(
                written.status(),
                written.minorStatus(),
                written.applicationStatus(),
                written.heartBeatTime(),
                written.startExecTime(),
                written.endExecTime(),
                written.lastUpdateTime());
    }

    static HeartBeat heartBeat(SendHeartbeat beat) {
        return new HeartBeat(
                number(beat.loadAverage()),
                number(beat.memoryUsed()),
                number(beat.vsize()),
                number(beat.availableDiskSpace()),
                number(beat.cpuConsumed()),
                number(beat.wallClockTime()),
                beat.standardOutput());
    }

    static JobCommand command(org.diracee.wms.job.boundary.JobCommand command) {
        return new JobCommand(command.job().number(), command.command(), command.arguments());
    }

    static RescheduledJob rescheduled(org.diracee.wms.job.boundary.RescheduledJob job) {
        return new RescheduledJob(
                Optional.empty(),
                job.site(),
                job.userPriority(),
                job.rescheduleTime(),
                job.rescheduleCounter(),
                job.status(),
                job.minorStatus(),
                job.applicationStatus(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(job.rescheduleTime()));
    }

    static <V, W> BulkAnswer<W> answer(BulkResult<JobId, V> result, Function<V, W> translation) {
        Map<Long, W> success = new LinkedHashMap<>();
        result.success().forEach((id, value) -> success.put(id.number(), translation.apply(value)));
        Map<Long, BulkAnswer.FailedItem> failed = new LinkedHashMap<>();
        result.failed().forEach((id, problem) -> failed.put(id.number(), failed(problem)));
        return new BulkAnswer<>(success, failed);
    }

    /** Clients of DiracX know an unknown job by exactly these words. */
    private static BulkAnswer.FailedItem failed(Problem problem) {
        String detail = problem.code() == ErrorCode.JOB_NOT_FOUND ? NOT_FOUND : problem.detail();
        return new BulkAnswer.FailedItem(
                detail, problem.code().name(), problem.code().errno());
    }

    static JobView view(JobDetails job) {
        Columns columns = new Columns(job.columns());
        return new JobView(
                job.id().number(),
                columns.text("JobType"),
                columns.text("JobGroup"),
                columns.text("Site"),
                columns.text("JobName"),
                columns.value("ClientRef").map(String.class::cast),
                columns.text("Owner"),
                columns.text("OwnerGroup"),
                columns.text("VO"),
                columns.time("SubmissionTime").orElseThrow(),
                columns.time("RescheduleTime"),
                columns.time("LastUpdateTime"),
                columns.time("StartExecTime"),
                columns.time("HeartBeatTime"),
                columns.time("EndExecTime"),
                JobStatus.parse(columns.text("Status")),
                columns.text("MinorStatus"),
                columns.text("ApplicationStatus"),
                columns.number("UserPriority"),
                columns.number("RescheduleCounter"),
                columns.truth("VerifiedFlag"),
                columns.truth("AccountedFlag"),
                job.attempt(),
                job.pilot().map(PilotStamp::text),
                job.parameters(),
                job.warnings());
    }

    static JobLogEntry logged(LoggedStatus step) {
        return new JobLogEntry(
                step.status(), step.minorStatus(), step.applicationStatus(), step.statusTime(), step.source());
    }

    static JobHeartbeat heartbeat(MeasuredBeat beat) {
        return new JobHeartbeat(
                beat.at(),
                beat.loadAverage(),
                beat.memoryUsed(),
                beat.vsize(),
                beat.availableDiskSpace(),
                beat.cpuConsumed(),
                beat.wallClockTime());
    }

    static ResourceDescription resource(RequestJobs request) {
        return new ResourceDescription(
                new SiteName(request.site()),
                request.platform(),
                request.cpuTime(),
                request.gridCe(),
                request.tags(),
                request.requiredTags(),
                request.numberOfProcessors().orElse(0),
                request.maxRam().orElse(0),
                request.wholeNode().orElse(false),
                request.jobTypes(),
                new WantedWork(
                        request.jobId().map(JobId::new),
                        request.owner().map(UserName::new),
                        request.ownerGroups().stream().map(GroupName::new).toList(),
                        Map.of(
                                QueueField.JOB_TYPE, request.bannedJobTypes(),
                                QueueField.TAG, request.bannedTags(),
                                QueueField.OWNER, request.bannedOwners(),
                                QueueField.OWNER_GROUP, request.bannedOwnerGroups())));
    }

    static MatchedJobs.MatchedJob matched(MatchedJob job) {
        return new MatchedJobs.MatchedJob(
                job.id().number(),
                job.attempt(),
                job.jdl(),
                job.owner().text(),
                job.ownerGroup().text(),
                job.vo().text(),
                job.token(),
                job.expiresIn().toSeconds());
    }

    private static OptionalDouble number(Optional<Double> number) {
        return number.map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
    }

    /** The values of a job's columns, which all jobs have. */
    private record Columns(Map<String, Optional<Object>> values) {

        String text(String name) {
            return (String) value(name).orElseThrow();
        }

        int number(String name) {
            return ((Long) value(name).orElseThrow()).intValue();
        }

        boolean truth(String name) {
            return (Boolean) value(name).orElseThrow();
        }

        Optional<Instant> time(String name) {
            return value(name).map(Instant.class::cast);
        }

        private Optional<Object> value(String name) {
            return values.getOrDefault(name, Optional.empty());
        }
    }
}
