/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.ban;

import org.diracee.cli.resource.ListCes;
import org.diracee.cli.resource.ShowCe;
import org.diracee.cli.resource.TestPlace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The group of commands on computing elements. */
@Command(
        name = "ce",
        description = "Show computing elements, keep new jobs and pilots from them, and let them there again.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ListCes.class,
            ShowCe.class,
            TestPlace.class,
            BanCommand.class,
            AllowCommand.class,
            ListBans.class,
            ShowBanHistory.class
        })
public final class CeCommand implements Runnable {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command on computing elements is needed.");
    }
}
