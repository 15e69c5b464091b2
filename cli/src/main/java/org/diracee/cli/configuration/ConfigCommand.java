/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.configuration;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The group of commands on the configuration. */
@Command(
        name = "config",
        description = "Read and change the configuration of the installation.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ShowConfiguration.class,
            GetOption.class,
            SetOptions.class,
            UnsetEntries.class,
            SetComment.class,
            ExportConfiguration.class,
            CommitDocument.class,
            ImportDocument.class,
            ShowDifference.class,
            ShowHistory.class,
            RollBack.class,
            ShowBlame.class
        })
public final class ConfigCommand implements Runnable {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command on the configuration is needed.");
    }
}
