/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Optional;

/**
 * A step of the test of a queue.
 *
 * @param state {@code done}, {@code current}, {@code pending} or {@code failed}
 * @param at when it was done, if that is known
 * @param detail what there is to say of it, or why it failed
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record QueueTestStepRecord(String step, String state, Optional<Instant> at, Optional<String> detail) {

    public static final String DONE = "done";
    public static final String CURRENT = "current";
    public static final String FAILED = "failed";
}
