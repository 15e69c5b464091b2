/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.webhook;

import org.diracee.cli.CommandGroup;
import picocli.CommandLine.Command;

/** The group of commands on webhooks. */
@Command(
        name = "webhook",
        description = "Have an address of yours told when a job group has finished.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ListWebhooks.class,
            AddWebhook.class,
            ShowWebhook.class,
            TestWebhook.class,
            EnableWebhook.class,
            DisableWebhook.class,
            DeleteWebhook.class
        })
public final class WebhookCommand extends CommandGroup {

    public WebhookCommand() {
        super("A command on webhooks is needed.");
    }
}
