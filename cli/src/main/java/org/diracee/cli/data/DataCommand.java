/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.data;

import org.diracee.cli.CommandGroup;
import picocli.CommandLine.Command;

/** The group of commands on files and directories of the catalogue. */
@Command(
        name = "data",
        description = "Find files in the catalogue, change what it knows of them, and move them.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%n",
        footer = "Files and directories are named by their LFN, an absolute path that begins with the VO:"
                + " /demo/user/a/alice/hist.root. Where several may be named, - reads them from the standard input, one a"
                + " line. What fails is told by name and leaves the rest alone; the exit code is 1 then.",
        subcommands = {
            ListDirectory.class,
            ShowEntries.class,
            ShowReplicas.class,
            MakeDirectories.class,
            RemoveDirectories.class,
            MoveEntry.class,
            ChangeMode.class,
            ChangeOwner.class,
            AccessLists.class,
            ShowUsage.class,
            QuotaCommand.class,
            RegisterEntry.class,
            Unregister.class,
            ShowAncestors.class,
            ShowDescendants.class,
            PutFiles.class,
            GetFiles.class,
            RemoveFiles.class,
            RemoveReplica.class,
            ReplicateFiles.class,
            CheckReplicas.class,
            ListOperations.class,
            CancelOperation.class,
            FindFiles.class,
            MetadataCommand.class
        })
public final class DataCommand extends CommandGroup {

    public DataCommand() {
        super("A command on files is needed.");
    }
}
