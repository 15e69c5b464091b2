/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.admin;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The group of commands of those who run an installation. */
@Command(
        name = "admin",
        description = "Run an installation.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            VoCommand.class,
            UserCommand.class,
            GroupCommand.class,
            ClientCommand.class,
            ShowAudit.class,
            SuspendCommand.class,
            Resume.class,
            Trace.class
        })
public final class AdminCommand implements Runnable {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command of administration is needed.");
    }
}
