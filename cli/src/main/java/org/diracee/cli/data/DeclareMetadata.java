/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.data;

import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.client.wire.DeclareMetadataField;
import org.diracee.client.wire.MetadataFieldRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Declares a field of metadata. */
@Command(
        name = "declare",
        description =
                "Declare a field, so that what is written in it can be searched for; takes FileCatalogManagement.")
public final class DeclareMetadata extends LfnCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "Its name.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "TYPE", description = "int, float, string, date or metaset.")
    private String type = "";

    @Option(
            names = {"-f", "--files"},
            description = "For files; otherwise it is for directories, and counts for all below.")
    private boolean files;

    public DeclareMetadata(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public Integer call() {
        MetadataFieldRecord field =
                metadata().declare(new DeclareMetadataField(name, files ? "file" : "directory", type));
        if (json()) {
            JsonOutput.print(surroundings().out(), field);
        } else {
            surroundings()
                    .say(field.name() + " is declared for "
                            + (field.target().equals("file") ? "files" : "directories") + ", as " + field.type()
                            + ".");
        }
        return ExitCode.OK;
    }
}
