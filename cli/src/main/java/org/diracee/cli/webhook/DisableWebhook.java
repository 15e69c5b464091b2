/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.webhook;

import java.util.UUID;
import org.diracee.cli.Surroundings;
import org.diracee.client.Webhooks;
import picocli.CommandLine.Command;

/** Lets a webhook be told no more. */
@Command(name = "disable", description = "Have a webhook told no more, until it is enabled.")
public final class DisableWebhook extends SingleWebhook {

    public DisableWebhook(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int call(Webhooks webhooks, UUID webhook) {
        return shown().print(webhooks.enable(webhook, false));
    }
}
