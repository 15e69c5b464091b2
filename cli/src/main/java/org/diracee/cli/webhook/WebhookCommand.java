/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.webhook;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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
public final class WebhookCommand implements Runnable {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command on webhooks is needed.");
    }
}
