/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diracee.cli.Surroundings;
import org.diracee.client.wire.LfnAnswer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes files, or replicas of them, out of the catalogue. */
@Command(
        name = "unregister",
        description =
                "Take files with all their replicas out of the catalogue, or only some replicas. What lies at storage elements"
                        + " stays there.")
public final class Unregister extends LfnCommand {

    @Parameters(arity = "1..*", paramLabel = LFN, description = LFNS)
    private List<String> names = List.of();

    @Option(
            names = "--se",
            paramLabel = "SE",
            split = ",",
            description = "Only the replicas at these storage elements; the files stay.")
    private List<String> storageElements = List.of();

    public Unregister(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public Integer call() {
        List<String> lfns = names(names);
        return storageElements.isEmpty()
                ? call(lfns, files()::unregister, this::tellFiles)
                : call(lfns, this::removeReplicas, this::tellReplicas);
    }

    private LfnAnswer<Integer> removeReplicas(List<String> lfns) {
        Map<String, List<String>> replicas = new LinkedHashMap<>();
        lfns.forEach(lfn -> replicas.put(lfn, storageElements));
        return files().removeReplicas(replicas);
    }

    private void tellFiles(Map<String, Boolean> removed) {
        Map<String, String> outcomes = new LinkedHashMap<>();
        removed.forEach((lfn, now) -> outcomes.put(lfn, now ? "is unregistered" : "was not registered"));
        changed(outcomes);
    }

    private void tellReplicas(Map<String, Integer> removed) {
        Map<String, String> outcomes = new LinkedHashMap<>();
        removed.forEach((lfn, count) -> outcomes.put(lfn, "has " + count + " replicas less"));
        changed(outcomes);
    }
}
