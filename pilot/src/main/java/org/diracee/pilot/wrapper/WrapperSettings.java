/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.wrapper;

import java.time.Duration;
import java.util.OptionalLong;
import org.diracee.pilot.control.Backoff;

/**
 * What the pilot's command line says about how jobs are run.
 *
 * @param heartbeat between two heartbeats
 * @param watch between two looks at the limits
 * @param maxWallClock the longest that a payload may run
 * @param killGrace between asking a payload to end and killing it
 * @param reportTimeout how long the last reports of a job are tried
 * @param outputSandboxBytes the largest archive of outputs
 * @param slotMemoryBytes what all processes of a job may hold, if the slot is limited
 * @param minDiskBytes that must stay free
 */
public record WrapperSettings(
        Duration heartbeat,
        Duration watch,
        Duration maxWallClock,
        Duration killGrace,
        Duration reportTimeout,
        long outputSandboxBytes,
        OptionalLong slotMemoryBytes,
        long minDiskBytes,
        Backoff backoff) {}
