/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.control;

import java.time.Instant;

/** One line of the pilot's log. */
public record LogLine(Instant timestamp, String severity, String scope, String message) {}
