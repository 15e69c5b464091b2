/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Table;
import org.diracee.client.DataManager;
import org.diracee.client.wire.DataOperationPage;
import org.diracee.client.wire.DataOperationRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists one's uploads, replications and removals. */
@Command(name = "operations", description = "List your uploads, replications and removals, the newest first.")
public final class ListOperations extends LfnCommand {

    @Option(names = "--kind", paramLabel = "KIND", description = "Upload, Replication or Removal alone.")
    private String kind = "";

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Waiting, Running, Cleaning, Done, Failed, Expired or Cancelled alone.")
    private String state = "";

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            defaultValue = "100",
            description = "At most so many; 100 unless given.")
    private int limit = 100;

    @Option(names = "--cursor", paramLabel = "CURSOR", description = "Go on where another list has ended.")
    private Optional<String> cursor = Optional.empty();

    public ListOperations(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public Integer call() {
        if (limit < 1) {
            throw CommandFailure.usage("--limit " + limit + ": at least 1 is needed.");
        }
        DataManager data = new DataManager(client());
        List<DataOperationRecord> operations = new ArrayList<>();
        Optional<String> next = cursor;
        do {
            DataOperationPage page = data.operations(
                    Optional.of(kind).filter(given -> !given.isEmpty()),
                    Optional.of(state).filter(given -> !given.isEmpty()),
                    Math.min(limit - operations.size(), DataManager.MAX_PAGE),
                    next);
            operations.addAll(page.operations());
            next = page.next();
        } while (next.isPresent() && operations.size() < limit);
        if (json()) {
            JsonOutput.print(surroundings().out(), new DataOperationPage(operations, next));
            return ExitCode.OK;
        }
        Table table = new Table("ID", "KIND", "STATE", "LFN", "SE", "CREATED", "WHY");
        operations.forEach(operation -> table.row(
                Long.toString(operation.id()),
                operation.kind(),
                operation.state(),
                operation.lfn(),
                operation.se(),
                times().text(operation.created()),
                operation.failure().orElse("")));
        print(table, "No operations.");
        next.ifPresent(more ->
                surroundings().say("There is more: --limit shows more at once, --cursor " + more + " the rest."));
        return ExitCode.OK;
    }
}
