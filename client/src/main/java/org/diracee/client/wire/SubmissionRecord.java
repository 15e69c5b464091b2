/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import java.time.Instant;

/**
 * What became of the pilots of a VO that were sent to a queue in an hour.
 *
 * @param hour its beginning
 * @param tried all of them
 * @param undecided those whose answer did not come; they are found again or given up later
 */
public record SubmissionRecord(Instant hour, String vo, long tried, long accepted, long refused, long undecided) {}
