/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Optional;

/**
 * Answer: something that is done with a file at a storage element.
 *
 * @param kind Upload, Replication or Removal
 * @param state Waiting, Running, Cleaning, Done, Failed, Expired or Cancelled
 * @param failure why it failed, or did not go well yet
 * @param next when it goes on, or of an upload when it is too late
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record DataOperationRecord(
        long id,
        String kind,
        String state,
        String lfn,
        String se,
        Optional<String> source,
        long size,
        int attempts,
        Optional<String> failure,
        Instant created,
        Optional<Instant> next,
        Optional<Instant> ended) {}
