/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.client.ApiError;
import org.diracee.client.DataManager;
import org.diracee.client.wire.BulkAnswer;
import org.diracee.client.wire.DataOperationRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Cancels uploads, and what has not begun. */
@Command(name = "cancel", description = "Cancel uploads, and replications and removals that have not begun.")
public final class CancelOperation extends LfnCommand {

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    @Parameters(arity = "1..*", paramLabel = "ID", description = "Operations, as dirac-ee data operations lists them.")
    private List<Long> ids = List.of();

    public CancelOperation(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public Integer call() {
        DataManager data = new DataManager(client());
        Map<Long, DataOperationRecord> success = new LinkedHashMap<>();
        Map<Long, BulkAnswer.FailedItem> failed = new LinkedHashMap<>();
        for (long id : ids) {
            try {
                success.put(id, data.cancel(id));
            } catch (ApiError refused) {
                if (refused.status() != NOT_FOUND && refused.status() != CONFLICT) {
                    throw refused; // it is not for this one alone
                }
                failed.put(id, failedItem(refused));
            }
        }
        if (json()) {
            JsonOutput.print(surroundings().out(), new BulkAnswer<>(success, failed));
        } else {
            success.forEach((id, operation) -> surroundings()
                    .say("The " + operation.kind().toLowerCase(Locale.ROOT) + " " + id + " is cancelled."));
        }
        return told(failed);
    }
}
