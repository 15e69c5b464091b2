/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.data;

import java.util.List;
import java.util.Locale;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.client.DataManager;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Cancels uploads, and what has not begun. */
@Command(name = "cancel", description = "Cancel uploads, and replications and removals that have not begun.")
public final class CancelOperation extends LfnCommand {

    @Parameters(arity = "1..*", paramLabel = "ID", description = "Operations, as dirac-ee data operations lists them.")
    private List<Long> ids = List.of();

    public CancelOperation(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public Integer call() {
        DataManager data = new DataManager(client());
        ids.forEach(id -> surroundings()
                .say("The " + data.cancel(id).kind().toLowerCase(Locale.ROOT) + " " + id + " is cancelled."));
        return ExitCode.OK;
    }
}
