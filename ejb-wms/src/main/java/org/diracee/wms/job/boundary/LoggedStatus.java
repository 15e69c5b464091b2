/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import java.time.Instant;

/** One step in the life of a job: its states from that time on, and who said so. */
public record LoggedStatus(
        String status, String minorStatus, String applicationStatus, Instant statusTime, String source) {}
