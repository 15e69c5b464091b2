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

/** The group of commands on users. */
@Command(
        name = "user",
        description = "See, add and remove the users of a VO, and ask what they may.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ListUsers.class, ShowUser.class, AddRegisteredUser.class, RemoveUser.class, UserMay.class})
public final class UserCommand implements Runnable {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command on users is needed.");
    }
}
