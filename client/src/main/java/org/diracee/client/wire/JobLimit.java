/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * How much of something is used, and how much is allowed.
 *
 * @param limit what is counted: MaxWaitingJobs, MaxRunningJobs, SubmissionsPerMinute or SandboxBytes
 * @param scope {@code vo}, {@code group} or {@code user}
 * @param name whose
 * @param allowed absent: not limited at submission
 * @param option where the limit is written
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record JobLimit(
        String limit, String scope, String name, long used, Optional<Long> allowed, Optional<String> option) {}
