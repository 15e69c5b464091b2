/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What to run, and where.
 *
 * @param command the executable and its arguments
 * @param environment all of it; nothing is inherited from the pilot
 */
public record PayloadCommand(
        List<String> command,
        Path directory,
        Path standardOutput,
        Path standardError,
        Map<String, String> environment) {

    public PayloadCommand {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
