/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what makes a shell complete commands and options, made from the commands themselves. */
@Command(
        name = "completion",
        description =
                "Print a script for a shell, for: source <(dirac-ee completion bash). It completes commands and options.")
public final class Completion implements Callable<Integer> {

    /** Shells that read the script; it finds out by itself which one does. */
    enum Shell {
        bash,
        zsh
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "SHELL", description = "One of ${COMPLETION-CANDIDATES}.")
    private Shell shell = Shell.bash;

    @Override
    public Integer call() {
        CommandSpec program = spec.root();
        spec.commandLine().getOut().println("# " + program.name() + " for " + shell);
        spec.commandLine().getOut().print(AutoComplete.bash(program.name(), program.commandLine()));
        return ExitCode.OK;
    }
}
