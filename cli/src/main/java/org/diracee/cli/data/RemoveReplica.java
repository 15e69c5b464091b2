/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.data;

import java.util.List;
import org.diracee.cli.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Removes the replicas of files at one storage element. */
@Command(
        name = "rm-replica",
        description = "Remove the replicas of files at one storage element; the only good replica of a file stays.")
public final class RemoveReplica extends OrderedOperations {

    @Parameters(
            arity = "1..*",
            paramLabel = LFN,
            description = "Files; - reads them from the standard input, one a line.")
    private List<String> names = List.of();

    @Option(names = "--se", required = true, paramLabel = "SE", description = "The storage element.")
    private String se = "";

    public RemoveReplica(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public Integer call() throws InterruptedException {
        return order(names(names), lfns -> data().removeReplicas(lfns, se), "is removed at " + se);
    }
}
