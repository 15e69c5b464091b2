/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.data;

import java.util.List;
import java.util.Map;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.Table;
import org.diracee.client.wire.MetadataRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows what is written on files and directories. */
@Command(
        name = "get",
        description = "Tell what is written on files and directories, and on those above as far as it counts for them.")
public final class ShowMetadata extends LfnCommand {

    @Parameters(arity = "1..*", paramLabel = LFN, description = LFNS)
    private List<String> names = List.of();

    public ShowMetadata(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public Integer call() {
        return call(names(names), metadata()::of, this::print);
    }

    private void print(Map<String, Map<String, MetadataRecord>> found) {
        Table table = new Table("LFN", "NAME", "VALUE", "TYPE", "WRITTEN ON");
        found.forEach((lfn, items) -> {
            items.forEach((name, item) -> table.row(
                    lfn, name, String.valueOf(item.value()), item.type().orElse("not declared"), item.origin()));
            if (items.isEmpty()) {
                surroundings().say("Nothing is written on " + lfn + ".");
            }
        });
        if (!table.isEmpty()) {
            table.print(surroundings().out(), surroundings().terminal());
        }
    }
}
