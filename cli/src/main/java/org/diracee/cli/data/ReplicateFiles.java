/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.data;

import java.util.List;
import java.util.Optional;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Copies files to another storage element and registers the replicas. */
@Command(name = "replicate", description = "Copy files to another storage element and register the replicas.")
public final class ReplicateFiles extends OrderedOperations {

    @Parameters(
            arity = "1..*",
            paramLabel = LFN,
            description = "Files; - reads them from the standard input, one a line.")
    private List<String> names = List.of();

    @Option(names = "--se", required = true, paramLabel = "SE", description = "The storage element to copy to.")
    private String se = "";

    @Option(
            names = "--from",
            paramLabel = "SE",
            description = "The storage element to copy from; unless given any good replica.")
    private String source = "";

    @Option(names = "--move", description = "Remove the replica at --from afterwards.")
    private boolean move;

    public ReplicateFiles(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public Integer call() throws InterruptedException {
        if (move && source.isEmpty()) {
            throw CommandFailure.usage("--move needs --from: which replica goes after the copy?");
        }
        Optional<String> from = Optional.of(source).filter(name -> !name.isEmpty());
        return order(names(names), lfns -> data().replicate(lfns, se, from, move), "is at " + se);
    }
}
