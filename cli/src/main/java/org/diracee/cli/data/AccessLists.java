/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.data;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.Table;
import org.diracee.client.wire.CatalogEntry;
import org.diracee.client.wire.ChangeCatalogEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows access lists, or replaces them. */
@Command(
        name = "acl",
        description =
                "Show what others may do with files and directories by their access lists, or give them a new list.")
public final class AccessLists extends EntryChange {

    @Parameters(arity = "1..*", paramLabel = LFN, description = LFNS)
    private List<String> names = List.of();

    @Option(
            names = "--set",
            paramLabel = "ENTRY",
            split = ",",
            description = "The new list, entry by entry: user:demo/bob:r--, group:demo/production:rw-, vo:biomed:r--.")
    private List<String> entries = List.of();

    @Option(names = "--clear", description = "Take the list away.")
    private boolean clear;

    @Option(
            names = "--default",
            description = "The list of a directory that what is made in it begins with, instead of its own.")
    private boolean ofNewEntries;

    public AccessLists(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public Integer call() {
        if (clear && !entries.isEmpty()) {
            throw CommandFailure.usage("--set and --clear exclude each other.");
        }
        if (!clear && entries.isEmpty()) {
            return call(names(names), files()::entries, this::print);
        }
        Optional<List<String>> list = Optional.of(entries);
        return change(
                names,
                new ChangeCatalogEntry(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        ofNewEntries ? Optional.empty() : list,
                        ofNewEntries ? list : Optional.empty()));
    }

    private void print(Map<String, CatalogEntry> found) {
        Table table = new Table("LFN", "ENTRY", "OF");
        found.forEach((lfn, entry) -> {
            if (!ofNewEntries) {
                entry.acl().forEach(allowed -> table.row(lfn, allowed, "itself"));
            }
            entry.defaultAcl().forEach(allowed -> table.row(lfn, allowed, "what is made in it"));
        });
        print(table, "No access lists.");
    }
}
