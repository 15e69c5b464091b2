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

/** Takes metadata off files or directories. */
@Command(name = "remove", description = "Take values off a file or directory.")
public final class RemoveMetadata extends LfnCommand {

    @Parameters(
            index = "0",
            paramLabel = LFN,
            description = "A file or directory; - reads several from the standard input.")
    private String name = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "NAME", description = "What to take off.")
    private List<String> fields = List.of();

    public RemoveMetadata(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public Integer call() {
        return call(
                names(List.of(name)),
                lfns -> {
                    Map<String, List<String>> each = new LinkedHashMap<>();
                    lfns.forEach(lfn -> each.put(lfn, fields));
                    return metadata().remove(each);
                },
                done -> {
                    Map<String, String> outcomes = new LinkedHashMap<>();
                    done.forEach((lfn, count) -> outcomes.put(lfn, "had " + count + " of them."));
                    changed(outcomes);
                });
    }
}
