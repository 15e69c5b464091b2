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

/** Makes directories. */
@Command(name = "mkdir", description = "Make directories, with all that are missing above them.")
public final class MakeDirectories extends LfnCommand {

    @Parameters(arity = "1..*", paramLabel = LFN, description = LFNS)
    private List<String> names = List.of();

    public MakeDirectories(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public Integer call() {
        return call(names(names), files()::makeDirectories, made -> changed(outcomes(made)));
    }

    private static Map<String, String> outcomes(Map<String, Boolean> made) {
        Map<String, String> outcomes = new LinkedHashMap<>();
        made.forEach((lfn, anew) -> outcomes.put(lfn, anew ? "is made" : "was there already"));
        return outcomes;
    }
}
