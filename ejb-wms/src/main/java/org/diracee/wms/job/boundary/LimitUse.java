/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * How much of something is used, and how much is allowed.
 *
 * @param name what is counted: MaxWaitingJobs, MaxRunningJobs or SubmissionsPerMinute
 * @param scope {@code vo}, {@code group} or {@code user}
 * @param of whose
 * @param allowed empty: not limited
 * @param option where the limit is written
 */
public record LimitUse(
        String name, String scope, String of, long used, OptionalLong allowed, Optional<String> option) {}
