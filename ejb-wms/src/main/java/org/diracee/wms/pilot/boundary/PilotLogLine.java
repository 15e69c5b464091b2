/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.boundary;

import java.time.Instant;

/**
 * One line of a pilot's log.
 *
 * @param timestamp by the pilot's own clock
 * @param scope the part of the pilot that speaks
 */
public record PilotLogLine(Instant timestamp, String severity, String scope, String message) {}
