/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diracee.cli.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Removes empty directories. */
@Command(name = "rmdir", description = "Remove directories that are empty.")
public final class RemoveDirectories extends LfnCommand {

    @Parameters(arity = "1..*", paramLabel = LFN, description = LFNS)
    private List<String> names = List.of();

    public RemoveDirectories(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public Integer call() {
        return call(names(names), files()::removeDirectories, removed -> changed(outcomes(removed)));
    }

    private static Map<String, String> outcomes(Map<String, Boolean> removed) {
        Map<String, String> outcomes = new LinkedHashMap<>();
        removed.forEach((lfn, now) -> outcomes.put(lfn, now ? "is removed" : "was not there"));
        return outcomes;
    }
}
