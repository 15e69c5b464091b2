/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.admin;

import org.diracee.cli.CommandGroup;
import picocli.CommandLine.Command;

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
public final class AdminCommand extends CommandGroup {

    public AdminCommand() {
        super("A command of administration is needed.");
    }
}
