/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.data;

import java.util.List;
import java.util.Map;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Table;
import org.diracee.client.wire.CatalogUsage;
import org.diracee.client.wire.OwnerUsage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows how much there is below directories, or of each owner. */
@Command(
        name = "du",
        description =
                "Show how many files and bytes are below directories or belong to each owner, and where they lie.")
public final class ShowUsage extends LfnCommand {

    @Parameters(arity = "0..*", paramLabel = LFN, description = "Directories; - reads them from the standard input.")
    private List<String> names = List.of();

    @Option(names = "--owners", description = "By owner in the VO instead: your own, with FileCatalogManagement all.")
    private boolean owners;

    @Option(names = "--by-se", description = "With a line for each storage element, which counts replicas.")
    private boolean bySe;

    public ShowUsage(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public Integer call() {
        if (names.isEmpty() == !owners) {
            throw CommandFailure.usage(
                    owners ? "Directories and --owners exclude each other." : "Name directories, or give --owners.");
        }
        return owners ? showOwners() : call(names(names), files()::usage, this::printDirectories);
    }

    private int showOwners() {
        List<OwnerUsage> usage = files().usageOfOwners();
        if (json()) {
            JsonOutput.print(surroundings().out(), usage);
            return ExitCode.OK;
        }
        Table table = new Table("OWNER", "SE", "FILES", "BYTES");
        usage.forEach(owner -> add(table, owner.owner() + ":" + owner.group(), owner.usage()));
        print(table, "Nobody has files.");
        return ExitCode.OK;
    }

    private void printDirectories(Map<String, CatalogUsage> directories) {
        Table table = new Table("DIRECTORY", "SE", "FILES", "BYTES");
        directories.forEach((lfn, usage) -> add(table, lfn, usage));
        table.print(surroundings().out(), surroundings().terminal());
    }

    private void add(Table table, String what, CatalogUsage usage) {
        table.row(what, "all", Long.toString(usage.files()), Long.toString(usage.bytes()));
        if (bySe) {
            usage.storageElements()
                    .forEach((se, amount) ->
                            table.row(what, se, Long.toString(amount.replicas()), Long.toString(amount.bytes())));
        }
    }
}
