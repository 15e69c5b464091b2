/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.data;

import org.diracee.cli.CommandGroup;
import picocli.CommandLine.Command;

/** The group of commands on metadata. */
@Command(
        name = "meta",
        description = "Write on files and directories what they are, and read it.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%n",
        footer =
                "What is written on a directory in a declared field counts for all below it. Only what is declared can be"
                        + " searched for, with dirac-ee data find.",
        subcommands = {
            ShowMetadata.class,
            SetMetadata.class,
            RemoveMetadata.class,
            ListMetadataFields.class,
            DeclareMetadata.class,
            UndeclareMetadata.class
        })
public final class MetadataCommand extends CommandGroup {

    public MetadataCommand() {
        super("A command on metadata is needed.");
    }
}
