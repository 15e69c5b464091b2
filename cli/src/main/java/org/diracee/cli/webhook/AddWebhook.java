/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.webhook;

import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.client.Webhooks;
import org.diracee.client.wire.CreateWebhook;
import org.diracee.client.wire.Webhook;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a webhook. */
@Command(
        name = "add",
        description =
                "Have an address told when a job group of yours has finished. Prints the secret of its signatures,"
                        + " this once.")
public final class AddWebhook implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Parameters(paramLabel = "URL", description = "The address, https.")
    private URI address = URI.create("");

    @Option(
            names = {"-g", "--group"},
            paramLabel = "GROUP",
            description = "Only of this job group (JobGroup).")
    private Optional<String> group = Optional.empty();

    @Option(
            names = {"-a", "--all"},
            description = "Of the groups of everybody in the VO; needs the property JobAdministrator.")
    private boolean all;

    public AddWebhook(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        Webhook made = new Webhooks(connection.client())
                .add(new CreateWebhook(address, group, all ? Optional.of(true) : Optional.empty()));
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), made);
            return ExitCode.OK;
        }
        surroundings.say("Webhook " + made.id() + " is told of " + ShownWebhook.subject(made) + ".");
        made.secret().ifPresent(secret -> {
            surroundings.say("This is the secret of its signatures; it cannot be shown again:");
            surroundings.out().println(secret);
        });
        return ExitCode.OK;
    }
}
