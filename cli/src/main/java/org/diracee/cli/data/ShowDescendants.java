/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.data;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.Table;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what was made of files. */
@Command(name = "descendants", description = "Tell which files were made of these.")
public final class ShowDescendants extends LfnCommand {

    @Parameters(arity = "1..*", paramLabel = LFN, description = LFNS)
    private List<String> names = List.of();

    @Option(names = "--depth", paramLabel = "N", description = "At most so many steps away; all unless given.")
    private @Nullable Integer depth;

    public ShowDescendants(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public Integer call() {
        return call(names(names), lfns -> files().descendants(lfns, depth()), this::print);
    }

    private OptionalInt depth() {
        return depth == null ? OptionalInt.empty() : OptionalInt.of(depth);
    }

    private void print(Map<String, Map<String, Integer>> found) {
        Table table = new Table("LFN", "DESCENDANT", "STEPS");
        found.forEach((lfn, relatives) -> {
            relatives.forEach((relative, steps) -> table.row(lfn, relative, Integer.toString(steps)));
            if (relatives.isEmpty()) {
                surroundings().say(lfn + ": no descendants.");
            }
        });
        if (!table.isEmpty()) {
            table.print(surroundings().out(), surroundings().terminal());
        }
    }
}
