/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.control;

import java.util.List;
import java.util.Optional;

/**
 * What the server says to a heartbeat.
 *
 * @param commands orders for the job, as {@code Kill}
 * @param freshToken replaces the job's token
 */
public record HeartbeatAnswer(List<String> commands, Optional<String> freshToken) {

    public HeartbeatAnswer {
        commands = List.copyOf(commands);
    }

    public boolean ordersKill() {
        return commands.contains("Kill");
    }

    /** Shows no token. */
    @Override
    public String toString() {
        return "HeartbeatAnswer" + commands;
    }
}
