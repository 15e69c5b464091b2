/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.ban;

import org.diracee.cli.CommandGroup;
import org.diracee.cli.resource.ListCes;
import org.diracee.cli.resource.ShowCe;
import org.diracee.cli.resource.TestPlace;
import picocli.CommandLine.Command;

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
public final class CeCommand extends CommandGroup {

    public CeCommand() {
        super("A command on computing elements is needed.");
    }
}
