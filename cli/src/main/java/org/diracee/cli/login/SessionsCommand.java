/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.login;

import org.diracee.cli.CommandGroup;
import picocli.CommandLine.Command;

/** The commands on sessions. */
@Command(
        name = "sessions",
        description = "See where you are logged in, and end it.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ListSessions.class, RevokeSessions.class})
public final class SessionsCommand extends CommandGroup {

    public SessionsCommand() {
        super("A command on sessions is needed.");
    }
}
