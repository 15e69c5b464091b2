/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.data;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.Table;
import org.diracee.client.DataManager;
import org.diracee.client.wire.CheckedReplica;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Compares the catalogue with what storage elements have. */
@Command(
        name = "check",
        description =
                "Compare what the catalogue says of files with what their storage elements say; the exit code is 1 if a"
                        + " replica is not good.")
public final class CheckReplicas extends LfnCommand {

    @Parameters(
            arity = "1..*",
            paramLabel = LFN,
            description = "Files; - reads them from the standard input, one a line.")
    private List<String> names = List.of();

    public CheckReplicas(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public Integer call() {
        AtomicBoolean bad = new AtomicBoolean();
        DataManager data = new DataManager(client());
        int code = call(
                names(names),
                lfns -> {
                    var answer = data.check(lfns);
                    answer.success().values().forEach(replicas -> replicas.stream()
                            .filter(replica -> !replica.finding().equals("Good"))
                            .forEach(replica -> bad.set(true)));
                    return answer;
                },
                this::print);
        return bad.get() ? ExitCode.JOBS_FAILED : code;
    }

    private void print(Map<String, List<CheckedReplica>> checked) {
        Table table = new Table("LFN", "SE", "REPLICA", "WHY");
        checked.forEach((lfn, replicas) -> replicas.forEach(replica ->
                table.row(lfn, replica.se(), replica.finding(), replica.detail().orElse(""))));
        print(table, "No replicas.");
    }
}
