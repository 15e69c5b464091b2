/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diracee.cli.Surroundings;
import org.diracee.client.wire.ChangeCatalogEntry;
import picocli.CommandLine.Option;

/** A command that changes whose files and directories are, or what others may do with them. */
abstract class EntryChange extends LfnCommand {

    @Option(
            names = {"-r", "-R", "--recursive"},
            description = "Also all that is below and that you may change.")
    private boolean recursive;

    EntryChange(Surroundings surroundings) {
        super(surroundings);
    }

    final int change(List<String> names, ChangeCatalogEntry change) {
        return call(names(names), lfns -> files().change(of(lfns, change), recursive), this::tell);
    }

    private static Map<String, ChangeCatalogEntry> of(List<String> lfns, ChangeCatalogEntry change) {
        Map<String, ChangeCatalogEntry> changes = new LinkedHashMap<>();
        lfns.forEach(lfn -> changes.put(lfn, change));
        return changes;
    }

    private void tell(Map<String, Integer> counts) {
        Map<String, String> outcomes = new LinkedHashMap<>();
        counts.forEach((lfn, count) ->
                outcomes.put(lfn, recursive ? "is changed, " + count + " with all below" : "is changed"));
        changed(outcomes);
    }
}
