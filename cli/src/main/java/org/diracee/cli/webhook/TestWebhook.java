/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.webhook;

import java.util.UUID;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.client.Webhooks;
import org.diracee.client.wire.TestedWebhook;
import picocli.CommandLine.Command;

/** Tries a webhook out. */
@Command(name = "test", description = "Have a signed test message sent, once, and see what the receiver says.")
public final class TestWebhook extends SingleWebhook {

    private static final int SUCCESS = 2;

    public TestWebhook(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int call(Webhooks webhooks, UUID webhook) {
        TestedWebhook tested = webhooks.test(webhook);
        if (json()) {
            JsonOutput.print(surroundings().out(), tested);
        } else {
            surroundings()
                    .out()
                    .println(tested.answer()
                            .map(status -> "The receiver answered " + status + ".")
                            .orElse("There was no answer: " + tested.reason().orElse("the reason is unknown")));
        }
        boolean taken =
                tested.answer().filter(status -> status / 100 == SUCCESS).isPresent();
        return taken ? ExitCode.OK : ExitCode.JOBS_FAILED;
    }
}
