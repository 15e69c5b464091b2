/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.configuration;

import picocli.CommandLine.Option;

/** Options of every command that changes the configuration. */
public final class CommitOptions {

    @Option(
            names = {"-m", "--message"},
            required = true,
            paramLabel = "MESSAGE",
            description = "Why; the history keeps it.")
    private String message = "";

    @Option(names = "--dry-run", description = "Show what would change, and change nothing.")
    private boolean dryRun;

    public String message() {
        return message;
    }

    public boolean dryRun() {
        return dryRun;
    }
}
