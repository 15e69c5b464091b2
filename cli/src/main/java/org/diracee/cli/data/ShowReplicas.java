/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.data;

import java.util.List;
import java.util.Map;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.Table;
import org.diracee.client.wire.ReplicaRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows replicas of files. */
@Command(name = "replicas", description = "Tell where files lie.")
public final class ShowReplicas extends LfnCommand {

    @Parameters(arity = "1..*", paramLabel = LFN, description = LFNS)
    private List<String> names = List.of();

    @Option(
            names = {"-a", "--all"},
            description = "Also those that are not AprioriGood.")
    private boolean all;

    public ShowReplicas(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public Integer call() {
        return call(names(names), lfns -> files().replicas(lfns, all), this::print);
    }

    private void print(Map<String, List<ReplicaRecord>> found) {
        Table table = new Table("LFN", "SE", "STATUS", "MASTER", "PFN");
        found.forEach((lfn, replicas) -> {
            replicas.forEach(replica -> table.row(
                    lfn,
                    replica.se(),
                    replica.status(),
                    replica.master() ? "yes" : "no",
                    replica.pfn().orElse("")));
            if (replicas.isEmpty()) {
                surroundings()
                        .say(lfn + " has no replicas" + (all ? "." : " that are shown; --all shows every status."));
            }
        });
        if (!table.isEmpty()) {
            table.print(surroundings().out(), surroundings().terminal());
        }
    }
}
