/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.webhook;

import java.util.List;
import java.util.concurrent.Callable;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Table;
import org.diracee.cli.output.Times;
import org.diracee.client.Webhooks;
import org.diracee.client.wire.Webhook;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists one's webhooks. */
@Command(name = "list", description = "List your webhooks, the oldest first.")
public final class ListWebhooks implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    public ListWebhooks(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        List<Webhook> webhooks = new Webhooks(connection.client()).list();
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), webhooks);
            return ExitCode.OK;
        }
        Times times = new Times(surroundings.clock().getZone(), surroundings.terminal());
        Table table = new Table("WEBHOOK", "ADDRESS", "TOLD OF", "ENABLED", "FAILURES", "MADE");
        webhooks.forEach(webhook -> table.row(
                webhook.id().toString(),
                webhook.url(),
                ShownWebhook.subject(webhook),
                webhook.enabled() ? "yes" : "no",
                Integer.toString(webhook.failures()),
                times.text(webhook.created())));
        if (table.isEmpty()) {
            surroundings.say("No webhooks.");
        } else {
            table.print(surroundings.out(), surroundings.terminal());
        }
        return ExitCode.OK;
    }
}
