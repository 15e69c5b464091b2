/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.job;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.Surroundings;
import org.diracee.client.FoundRows;
import org.diracee.client.Jobs;
import org.diracee.client.wire.BulkAnswer;
import org.diracee.client.wire.BulkAnswer.FailedItem;
import org.diracee.client.wire.Search;
import org.diracee.client.wire.SearchCondition;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.value.JobStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Gives jobs another priority among those of their owner's that ask for the same. */
@Command(
        name = "priority",
        description =
                "Give jobs that wait another priority; they go before yours of lower priority that need the same.")
public final class PrioritiseJobs extends JobChange {

    private static final int HIGHEST = 10;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "N",
            description = "The priority, 0 to 10; the highest first.")
    private int priority;

    public PrioritiseJobs(Surroundings surroundings) {
        super(surroundings, "set-priority", "given the priority");
    }

    @Override
    public Integer call() throws InterruptedException {
        if (priority < 0 || priority > HIGHEST) {
            throw CommandFailure.usage("--to " + priority + ": a priority is 0 to " + HIGHEST + ".");
        }
        return super.call();
    }

    @Override
    Optional<Integer> priority() {
        return Optional.of(priority);
    }

    /** The server keeps the number of a job that waits no more, but nothing would ever act on it. */
    @Override
    BulkAnswer<?> change(Jobs jobs, List<Long> jobIds, String source) {
        Map<Long, FailedItem> late = new TreeMap<>();
        for (int from = 0; from < jobIds.size(); from += FoundRows.MAX_PAGE) {
            List<Long> part = jobIds.subList(from, Math.min(jobIds.size(), from + FoundRows.MAX_PAGE));
            Search search = new Search(
                    Optional.of(List.of("JobID", "Status")),
                    List.of(SearchCondition.anyOf("JobID", part)),
                    List.of(),
                    Optional.empty());
            jobs.search(search, 1, FoundRows.MAX_PAGE).rows().forEach(row -> {
                JobStatus status = JobStatus.parse(row.path("Status").asText());
                if (!status.isBeforeMatching()) {
                    late.put(
                            row.path("JobID").asLong(),
                            new FailedItem("It is " + status.text(), ErrorCode.CONFLICT.name(), 0));
                }
            });
        }
        List<Long> waiting =
                jobIds.stream().filter(job -> !late.containsKey(job)).toList();
        BulkAnswer<Boolean> answer = jobs.prioritise(waiting, priority);
        late.putAll(answer.failed());
        return new BulkAnswer<>(answer.success(), late);
    }
}
