/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.data;

import java.util.List;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Table;
import org.diracee.client.wire.MetadataFieldRecord;
import picocli.CommandLine.Command;

/** Lists the fields of metadata that the VO has declared. */
@Command(name = "fields", description = "List the fields that the VO has declared.")
public final class ListMetadataFields extends LfnCommand {

    public ListMetadataFields(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public Integer call() {
        List<MetadataFieldRecord> fields = metadata().fields();
        if (json()) {
            JsonOutput.print(surroundings().out(), fields);
            return ExitCode.OK;
        }
        Table table = new Table("NAME", "TYPE", "FOR");
        fields.forEach(field ->
                table.row(field.name(), field.type(), field.target().equals("file") ? "files" : "directories"));
        print(table, "The VO has declared no fields.");
        return ExitCode.OK;
    }
}
