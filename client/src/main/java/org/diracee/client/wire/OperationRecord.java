/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Work on many jobs and how it goes.
 *
 * @param owner who began it
 * @param state Waiting, Running, Done, Cancelled or Stopped
 * @param reason why it was stopped
 * @param total jobs that were found at its start; absent as long as that is not known
 * @param done jobs to which it was done
 * @param failed jobs to which it could not be done
 * @param node that worked on it last
 * @param expectedEnd while it runs, if it goes on as fast as so far
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record OperationRecord(
        long id,
        String action,
        Optional<Integer> priority,
        List<SearchCondition> search,
        String owner,
        String group,
        String vo,
        String state,
        Optional<String> reason,
        Optional<Long> total,
        long done,
        long failed,
        Optional<String> node,
        Instant created,
        Optional<Instant> started,
        Optional<Instant> ended,
        @JsonProperty("expected_end") Optional<Instant> expectedEnd) {

    private static final Set<String> OPEN = Set.of("Waiting", "Running");

    public OperationRecord {
        search = List.copyOf(search);
    }

    /** Whether nothing more will happen. */
    public boolean over() {
        return !OPEN.contains(state);
    }
}
