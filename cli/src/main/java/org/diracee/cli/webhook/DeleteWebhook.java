/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.webhook;

import java.util.UUID;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.client.Webhooks;
import picocli.CommandLine.Command;

/** Deletes a webhook. */
@Command(name = "delete", description = "Delete a webhook.")
public final class DeleteWebhook extends SingleWebhook {

    public DeleteWebhook(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int call(Webhooks webhooks, UUID webhook) {
        webhooks.delete(webhook);
        surroundings().say("Webhook " + webhook + " is deleted.");
        return ExitCode.OK;
    }
}
