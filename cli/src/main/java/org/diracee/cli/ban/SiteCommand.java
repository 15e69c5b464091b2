/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.ban;

import org.diracee.cli.CommandGroup;
import org.diracee.cli.resource.ListSites;
import org.diracee.cli.resource.ShowSite;
import org.diracee.cli.resource.TestPlace;
import picocli.CommandLine.Command;

/** The group of commands on sites. */
@Command(
        name = "site",
        description = "Show sites, keep new jobs and pilots from them, and let them there again.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ListSites.class,
            ShowSite.class,
            TestPlace.class,
            BanCommand.class,
            AllowCommand.class,
            ListBans.class,
            ShowBanHistory.class
        })
public final class SiteCommand extends CommandGroup {

    public SiteCommand() {
        super("A command on sites is needed.");
    }
}
