/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.configuration;

import org.diracee.cli.CommandGroup;
import picocli.CommandLine.Command;

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
public final class ConfigCommand extends CommandGroup {

    public ConfigCommand() {
        super("A command on the configuration is needed.");
    }
}
