/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.admin;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The group of commands on registered clients. */
@Command(
        name = "client",
        description =
                "See, add, let in and shut out the registered clients of your VO: programs with an identity of their own.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ListClients.class,
            ShowClient.class,
            AddClient.class,
            ApproveClient.class,
            RevokeClient.class,
            DeleteClient.class
        })
public final class ClientCommand implements Runnable {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command on registered clients is needed.");
    }
}
