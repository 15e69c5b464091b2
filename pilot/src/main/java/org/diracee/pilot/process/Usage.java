/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.process;

import java.time.Duration;

/** What the processes of a payload use together at one moment. */
public record Usage(int processes, Duration cpu, long residentBytes, long virtualBytes) {

    public static final Usage NONE = new Usage(0, Duration.ZERO, 0, 0);
}
