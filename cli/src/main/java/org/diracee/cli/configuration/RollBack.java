/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.configuration;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.client.Configurations;
import org.diracee.client.wire.RollBackConfiguration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings an old revision of the configuration back. */
@Command(name = "rollback", description = "Make an old revision the configuration again, as a new revision.")
public final class RollBack implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Parameters(paramLabel = "REVISION", description = "The revision that comes back.")
    private long revision;

    @Option(
            names = "--base",
            paramLabel = "N",
            description = "Only if this revision is still in force; else whatever others did since is undone too.")
    private @Nullable Long base;

    @Option(
            names = {"-m", "--message"},
            required = true,
            paramLabel = "MESSAGE",
            description = "Why; the history keeps it.")
    private String message = "";

    public RollBack(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        new ConfigurationCommit(surroundings, connection, new Configurations(connection.client()))
                .rollBack(new RollBackConfiguration(revision, Optional.ofNullable(base), message));
        return ExitCode.OK;
    }
}
