/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.diracee.client.wire.BulkAnswer;
import org.diracee.client.wire.BulkAnswer.FailedItem;
import org.diracee.client.wire.CheckedDescription;
import org.diracee.client.wire.CountFailures;
import org.diracee.client.wire.CountedFailures;
import org.diracee.client.wire.JobChanges;
import org.diracee.client.wire.JobDescription;
import org.diracee.client.wire.JobExplanation;
import org.diracee.client.wire.JobHistory;
import org.diracee.client.wire.JobLimit;
import org.diracee.client.wire.JobLogEntry;
import org.diracee.client.wire.JobView;
import org.diracee.client.wire.RescheduleJobs;
import org.diracee.client.wire.RescheduledJob;
import org.diracee.client.wire.Search;
import org.diracee.client.wire.SearchHistory;
import org.diracee.client.wire.SubmittedJob;
import org.diracee.client.wire.Summarize;
import org.diracee.client.wire.UpdateStatus;
import org.diracee.client.wire.UpdatedStatus;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.value.JobStatus;

/** Jobs: submitting, searching, reading and changing them. */
public final class Jobs {

    /** Jobs that one call changes. */
    private static final int MOST_CHANGED = 10_000;

    private static final Duration ANSWERING = Duration.ofSeconds(30);
    private static final Duration SUBMISSION_TIMEOUT = Duration.ofMinutes(5);

    private final ApiClient client;
    private final Clock clock;

    public Jobs(ApiClient client) {
        this(client, Clock.systemUTC());
    }

    Jobs(ApiClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /**
     * Submits all descriptions or none. With the same key it may be called again when it is unknown whether a call
     * arrived: the jobs are made once.
     *
     * @param idempotencyKey unique to this submission, as a random UUID
     */
    public List<SubmittedJob> submit(List<String> jdls, String idempotencyKey) {
        return submit("/api/jobs/jdl", jdls, idempotencyKey);
    }

    /**
     * The same with the attributes of each description by their names, as {@link Job#toMap} or a reader of YAML or JSON gives them.
     * Other than in JDL, an attribute that the server does not know is refused.
     */
    public List<SubmittedJob> submitDescriptions(List<? extends Map<String, ?>> descriptions, String idempotencyKey) {
        return submit("/api/jobs", descriptions, idempotencyKey);
    }

    private List<SubmittedJob> submit(String route, List<?> descriptions, String idempotencyKey) {
        return client.call(
                ApiRequest.post(route)
                        .json(descriptions)
                        .idempotencyKey(idempotencyKey)
                        .timeout(SUBMISSION_TIMEOUT),
                new TypeReference<>() {});
    }

    /**
     * Searches jobs.
     *
     * @param page counts from 1
     * @param perPage at most {@link FoundRows#MOST_CHANGED}
     */
    public FoundRows search(Search search, int page, int perPage) {
        return FoundRows.search(client, "/api/jobs/search", search, page, perPage);
    }

    /**
     * Searches jobs and passes on all that match, one line each, in the order of their ids.
     *
     * @param mediaType {@code text/csv} or {@code application/x-ndjson}
     */
    public void export(Search search, String mediaType, ApiClient.BodyReader reader) {
        client.stream(
                ApiRequest.post("/api/jobs/search").header("Accept", mediaType).json(search), reader);
    }

    /** Counts jobs by the values of some columns. */
    public List<ObjectNode> summary(Summarize request) {
        return client.call(ApiRequest.post("/api/jobs/summary").json(request).repeatable(), new TypeReference<>() {});
    }

    /** Counts the jobs of a time past. */
    public JobHistory history(SearchHistory request) {
        return client.call(ApiRequest.post("/api/jobs/history").json(request).repeatable(), JobHistory.class);
    }

    /** Returns all that is known of one job but its log and description. */
    public JobView job(long id) {
        return client.call(ApiRequest.get("/api/jobs/" + id), JobView.class);
    }

    /** Returns the changes of a job's status in the order of time. */
    public List<JobLogEntry> log(long id) {
        return client.call(ApiRequest.get("/api/jobs/" + id + "/log"), new TypeReference<>() {});
    }

    /** Returns why a job waits, where it stands, or why it failed. */
    public JobExplanation explain(long id) {
        return client.call(ApiRequest.get("/api/jobs/" + id + "/explain"), JobExplanation.class);
    }

    /**
     * Tells what descriptions would make and match; nothing is submitted.
     *
     * @param descriptions each what {@link #submit} or {@link #submitDescriptions} takes
     */
    public List<CheckedDescription> dryRun(List<?> descriptions) {
        return client.call(
                ApiRequest.post("/api/jobs/dry-run")
                        .json(descriptions)
                        .repeatable()
                        .timeout(SUBMISSION_TIMEOUT),
                new TypeReference<>() {});
    }

    /** Counts why jobs have failed. */
    public CountedFailures failures(CountFailures request) {
        return client.call(ApiRequest.post("/api/jobs/failures").json(request).repeatable(), CountedFailures.class);
    }

    public Map<String, String> parameters(long id) {
        return client.call(ApiRequest.get("/api/jobs/" + id + "/parameters"), new TypeReference<>() {});
    }

    /** @param original as it was submitted, otherwise as the job runs by it */
    public String jdl(long id, boolean original) {
        return client.call(ApiRequest.get("/api/jobs/" + id + "/jdl").query("original", original), JobDescription.class)
                .jdl();
    }

    /**
     * Returns what changed of jobs since a cursor. If nothing has, it waits for a change until the time is up.
     *
     * @param after the {@code next} of an answer, or {@code oldest}; empty: the answer is the cursor of now
     * @param wait at most 30 s
     */
    public JobChanges changes(FollowedJobs jobs, Optional<String> after, Duration wait) {
        ApiRequest request = jobs.in(ApiRequest.get("/api/jobs/changes"))
                .query("wait", wait.toSeconds())
                .timeout(wait.plus(ANSWERING));
        return client.call(after.map(cursor -> request.query("after", cursor)).orElse(request), JobChanges.class);
    }

    /** Marks jobs for killing; the pilot of a running one stops it when it hears of it. A job that has ended fails. */
    public BulkAnswer<UpdatedStatus> kill(Collection<Long> ids, String source) {
        return change(ids, JobStatus.KILLED, "Marked for termination", source);
    }

    /** Marks jobs as deleted. One that cannot be deleted yet is killed instead, and fails. */
    public BulkAnswer<UpdatedStatus> delete(Collection<Long> ids, String source) {
        return change(ids, JobStatus.DELETED, "Checking accounting", source);
    }

    /** To the server a move that the state table forbids is no error: its answer tells where the job stands. */
    private BulkAnswer<UpdatedStatus> change(
            Collection<Long> ids, JobStatus wanted, String minorStatus, String source) {
        Map<Instant, UpdateStatus> update = Map.of(clock.instant(), UpdateStatus.of(wanted, minorStatus, source));
        Map<Long, Map<Instant, UpdateStatus>> changes = new TreeMap<>();
        ids.forEach(id -> changes.put(id, update));
        BulkAnswer<UpdatedStatus> answer = update(changes);
        Map<Long, UpdatedStatus> success = new TreeMap<>(answer.success());
        Map<Long, FailedItem> failed = new TreeMap<>(answer.failed());
        answer.success().forEach((id, written) -> written.status()
                .filter(status -> status != wanted)
                .ifPresent(status -> {
                    success.remove(id);
                    failed.put(id, new FailedItem("It is " + status.text(), ErrorCode.CONFLICT.name(), 0));
                }));
        return new BulkAnswer<>(success, failed);
    }

    /** Reports changes of status with the times at which they came about. */
    public BulkAnswer<UpdatedStatus> update(Map<Long, Map<Instant, UpdateStatus>> changes) {
        return bulk(ApiRequest.patch("/api/jobs/status").json(changes).repeatable(), new TypeReference<>() {});
    }

    /** Puts jobs back to the start, as another attempt. */
    public BulkAnswer<RescheduledJob> reschedule(Collection<Long> ids) {
        return inParts(
                ids,
                part -> bulk(
                        ApiRequest.post("/api/jobs/reschedule").json(new RescheduleJobs(part)),
                        new TypeReference<>() {}));
    }

    /** Gives jobs that wait another priority, 0 to 10. */
    public BulkAnswer<Boolean> prioritise(Collection<Long> ids, int priority) {
        return inParts(ids, part -> {
            Map<Long, Boolean> done = new TreeMap<>();
            Map<Long, Map<String, Integer>> values = new TreeMap<>();
            part.forEach(id -> {
                done.put(id, true);
                values.put(id, Map.of("UserPriority", priority));
            });
            try {
                client.exchange(
                        ApiRequest.patch("/api/jobs/metadata").json(values).repeatable());
                return new BulkAnswer<>(done, Map.of());
            } catch (ApiError error) {
                return answer(error, new TypeReference<>() {});
            }
        });
    }

    /** What one may submit, and how much of it is used. */
    public List<JobLimit> limits() {
        return client.call(ApiRequest.get("/api/limits"), new TypeReference<>() {});
    }

    /** As many calls as it takes, one after the other, since one takes {@value #MOST_CHANGED} jobs at most. */
    private static <V> BulkAnswer<V> inParts(Collection<Long> ids, Function<List<Long>, BulkAnswer<V>> call) {
        List<Long> all = List.copyOf(ids);
        Map<Long, V> success = new TreeMap<>();
        Map<Long, BulkAnswer.FailedItem> failed = new TreeMap<>();
        for (int from = 0; from < all.size(); from += MOST_CHANGED) {
            BulkAnswer<V> answer = call.apply(all.subList(from, Math.min(all.size(), from + MOST_CHANGED)));
            success.putAll(answer.success());
            failed.putAll(answer.failed());
        }
        return new BulkAnswer<>(success, failed);
    }

    /** A bulk call of which nothing succeeded comes as an error whose detail is the answer. */
    private <V> BulkAnswer<V> bulk(ApiRequest request, TypeReference<BulkAnswer<V>> type) {
        try {
            return client.call(request, type);
        } catch (ApiError error) {
            return answer(error, type);
        }
    }

    private static <V> BulkAnswer<V> answer(ApiError error, TypeReference<BulkAnswer<V>> type) {
        if (!error.detailNode().path("failed").isObject()) {
            throw error;
        }
        try {
            return ClientJson.MAPPER.treeToValue(error.detailNode(), ClientJson.MAPPER.constructType(type.getType()));
        } catch (JsonProcessingException other) {
            error.addSuppressed(other);
            throw error;
        }
    }
}
