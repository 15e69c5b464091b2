/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.admin;

import org.diracee.cli.CommandGroup;
import picocli.CommandLine.Command;

/** The group of commands on registered clients. */
@Command(
        name = "client",
        description =
                "See, add, let in and shut out the registered clients of your VO: programs with an identity of their own.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ListClients.class,
            ShowClient.class,
            AddClient.class,
            ApproveClient.class,
            RevokeClient.class,
            DeleteClient.class
        })
public final class ClientCommand extends CommandGroup {

    public ClientCommand() {
        super("A command on registered clients is needed.");
    }
}
