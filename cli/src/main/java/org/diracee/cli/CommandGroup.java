/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Commands under a common word, which does nothing by itself. */
public abstract class CommandGroup implements Runnable {

    private final String needed;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** @param needed what whoever names no command is told */
    protected CommandGroup(String needed) {
        this.needed = needed;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), needed);
    }
}
