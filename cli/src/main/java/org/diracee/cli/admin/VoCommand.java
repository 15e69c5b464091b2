/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.admin;

import org.diracee.cli.CommandGroup;
import picocli.CommandLine.Command;

/** The group of commands on VOs. */
@Command(
        name = "vo",
        description = "See and add the VOs of the installation.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ListVos.class, AddVo.class})
public final class VoCommand extends CommandGroup {

    public VoCommand() {
        super("A command on VOs is needed.");
    }
}
