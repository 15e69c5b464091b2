/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.process;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What to run, and where.
 *
 * @param command the executable and its arguments
 * @param environment all of it; nothing is inherited from the pilot
 * @param isEnclosed whether the command is that of an inner computing element, which ends with the payload that it runs
 */
public record PayloadCommand(
        List<String> command,
        Path directory,
        Path standardOutput,
        Path standardError,
        Map<String, String> environment,
        boolean isEnclosed) {

    public PayloadCommand {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** Returns the same payload, run by the words of an inner computing element, which starts without the payload's variables. */
    public PayloadCommand enclosed(List<String> words) {
        return enclosed(words, Map.of());
    }

    /**
     * Returns the same payload, run by the words of an inner computing element.
     *
     * @param harmless variables that the job has no say in what they do outside
     */
    public PayloadCommand enclosed(List<String> words, Map<String, String> harmless) {
        Map<String, String> outside = new HashMap<>(harmless);
        outside.put("PATH", SearchPath.ofThisProcess().text());
        return new PayloadCommand(words, directory, standardOutput, standardError, outside, true);
    }
}
