/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.operation;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The group of commands on operations. */
@Command(
        name = "operation",
        description = "Follow and stop work on many jobs that goes on at the server.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ListOperations.class, ShowOperation.class, CancelOperation.class})
public final class OperationCommand implements Runnable {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command on operations is needed.");
    }
}
