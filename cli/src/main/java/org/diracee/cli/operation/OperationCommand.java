/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.operation;

import org.diracee.cli.CommandGroup;
import picocli.CommandLine.Command;

/** The group of commands on operations. */
@Command(
        name = "operation",
        description = "Follow and stop work on many jobs that goes on at the server.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ListOperations.class, ShowOperation.class, CancelOperation.class})
public final class OperationCommand extends CommandGroup {

    public OperationCommand() {
        super("A command on operations is needed.");
    }
}
