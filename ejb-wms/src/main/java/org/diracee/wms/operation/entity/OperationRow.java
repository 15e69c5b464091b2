/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.operation.entity;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An operation as stored.
 *
 * @param properties with which it was begun
 * @param total what was found at the start; null if that was not known
 * @param afterJob jobs up to this id have been dealt with
 * @param lastJob jobs beyond it were submitted later
 * @param span how many ids the next portion is searched among; null for all
 * @param tries failures of the portion that is next, in a row
 */
public record OperationRow(
        long id,
        String vo,
        String owner,
        String ownerGroup,
        String subject,
        List<String> properties,
        String action,
        @Nullable Long priority,
        String state,
        @Nullable String reason,
        @Nullable Long total,
        long done,
        long failed,
        long afterJob,
        long lastJob,
        @Nullable Long span,
        int tries,
        @Nullable String node,
        Instant created,
        @Nullable Instant started,
        @Nullable Instant ended) {

    public OperationRow {
        properties = List.copyOf(properties);
    }

    /** One of its conditions; {@code value} or {@code listed} is null. */
    public record Condition(
            String parameter,
            String operator,
            @Nullable String value,
            @Nullable List<String> listed) {}
}
