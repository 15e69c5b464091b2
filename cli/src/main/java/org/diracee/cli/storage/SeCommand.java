/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.storage;

import org.diracee.cli.CommandGroup;
import picocli.CommandLine.Command;

/** The group of commands on storage elements. */
@Command(
        name = "se",
        description = "Show storage elements, and test them.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ListSes.class, ShowSe.class, TestSe.class})
public final class SeCommand extends CommandGroup {

    public SeCommand() {
        super("A command on storage elements is needed.");
    }
}
