/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.data;

import java.util.List;
import org.diracee.cli.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Removes files with all their replicas. */
@Command(
        name = "rm",
        description =
                "Remove files at all storage elements and from the catalogue. They are hidden at once; what is ordered is"
                        + " carried out even if a storage element is away for now.")
public final class RemoveFiles extends OrderedOperations {

    @Parameters(
            arity = "1..*",
            paramLabel = LFN,
            description = "Files; - reads them from the standard input, one a line.")
    private List<String> names = List.of();

    public RemoveFiles(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public Integer call() throws InterruptedException {
        return order(names(names), data()::remove, "is removed");
    }
}
