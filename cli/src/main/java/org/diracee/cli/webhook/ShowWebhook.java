/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.webhook;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.UUID;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Table;
import org.diracee.cli.output.Times;
import org.diracee.client.Webhooks;
import org.diracee.client.wire.Webhook;
import org.diracee.client.wire.WebhookDelivery;
import picocli.CommandLine.Command;

/** Shows a webhook and what became of its messages. */
@Command(name = "show", description = "Show a webhook, and what became of the newest 100 messages to it.")
public final class ShowWebhook extends SingleWebhook {

    public ShowWebhook(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int call(Webhooks webhooks, UUID id) {
        Webhook webhook = webhooks.webhook(id);
        List<WebhookDelivery> deliveries = webhooks.deliveries(id);
        if (json()) {
            JsonOutput.print(surroundings().out(), new WithDeliveries(webhook, deliveries));
            return ExitCode.OK;
        }
        shown().print(webhook);
        if (deliveries.isEmpty()) {
            surroundings().say("No messages.");
            return ExitCode.OK;
        }
        Times times = new Times(surroundings().clock().getZone(), surroundings().terminal());
        Table table = new Table("MADE", "STATUS", "TRIES", "ANSWER", "REASON", "NEXT TRY");
        deliveries.forEach(delivery -> table.row(
                times.text(delivery.created()),
                delivery.status(),
                Integer.toString(delivery.attempts()),
                delivery.answer().map(String::valueOf).orElse(""),
                delivery.reason().orElse(""),
                delivery.nextAttempt().map(times::text).orElse("")));
        surroundings().out().println();
        table.print(surroundings().out(), surroundings().terminal());
        return ExitCode.OK;
    }

    private record WithDeliveries(@JsonUnwrapped Webhook webhook, List<WebhookDelivery> deliveries) {}
}
