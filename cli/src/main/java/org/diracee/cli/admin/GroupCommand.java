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

/** The group of commands on groups. */
@Command(
        name = "group",
        description = "See the groups of a VO and change who is in them.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ListGroups.class, ShowGroup.class, AddMember.class, RemoveMember.class})
public final class GroupCommand implements Runnable {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command on groups is needed.");
    }
}
