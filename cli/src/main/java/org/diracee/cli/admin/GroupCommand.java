/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.admin;

import org.diracee.cli.CommandGroup;
import picocli.CommandLine.Command;

/** The group of commands on groups. */
@Command(
        name = "group",
        description = "See the groups of a VO and change who is in them.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ListGroups.class, ShowGroup.class, AddMember.class, RemoveMember.class})
public final class GroupCommand extends CommandGroup {

    public GroupCommand() {
        super("A command on groups is needed.");
    }
}
