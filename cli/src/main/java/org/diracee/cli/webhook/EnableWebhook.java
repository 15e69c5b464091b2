/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.webhook;

import java.util.UUID;
import org.diracee.cli.Surroundings;
import org.diracee.client.Webhooks;
import picocli.CommandLine.Command;

/** Lets a webhook be told again. */
@Command(name = "enable", description = "Have a webhook told again.")
public final class EnableWebhook extends SingleWebhook {

    public EnableWebhook(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int call(Webhooks webhooks, UUID webhook) {
        return shown().print(webhooks.enable(webhook, true));
    }
}
