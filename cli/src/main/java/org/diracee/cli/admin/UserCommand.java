/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.admin;

import org.diracee.cli.CommandGroup;
import picocli.CommandLine.Command;

/** The group of commands on users. */
@Command(
        name = "user",
        description = "See, add and remove the users of a VO, and ask what they may.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ListUsers.class, ShowUser.class, AddRegisteredUser.class, RemoveUser.class, UserMay.class})
public final class UserCommand extends CommandGroup {

    public UserCommand() {
        super("A command on users is needed.");
    }
}
