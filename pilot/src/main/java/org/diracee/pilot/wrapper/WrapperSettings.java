/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.wrapper;

import java.time.Duration;
import org.diracee.pilot.control.Backoff;

/**
 * What the pilot's command line says about how jobs are run.
 *
 * @param heartbeat between two heartbeats
 * @param peekLines of the standard output that go with a heartbeat
 * @param watchdog what payloads are ended for
 * @param killGrace between asking a payload to end and killing it
 * @param reportTimeout how long the last reports of a job are tried
 * @param outputSandboxBytes the largest archive of outputs
 */
public record WrapperSettings(
        Duration heartbeat,
        int peekLines,
        WatchdogSettings watchdog,
        Duration killGrace,
        Duration reportTimeout,
        long outputSandboxBytes,
        Backoff backoff) {}
