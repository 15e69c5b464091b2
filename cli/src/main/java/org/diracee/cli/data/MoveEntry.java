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

/** Moves a file or directory within the catalogue. */
@Command(
        name = "mv",
        description =
                "Give a file or directory another name, in any directory of the VO. Only the catalogue changes: files whose"
                        + " replicas are stored under their LFN, and directories with such files, cannot be moved.")
public final class MoveEntry extends LfnCommand {

    @Parameters(index = "0", paramLabel = "FROM", description = "Its LFN.")
    private String from = "";

    @Parameters(index = "1", paramLabel = "TO", description = "Its new LFN, in full; the directory above must exist.")
    private String to = "";

    public MoveEntry(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public Integer call() {
        return call(List.of(from), lfns -> files().move(Map.of(from, to)), this::tell);
    }

    private void tell(Map<String, String> moved) {
        Map<String, String> outcomes = new LinkedHashMap<>();
        moved.forEach((old, name) -> outcomes.put(old, "is now " + name));
        changed(outcomes);
    }
}
