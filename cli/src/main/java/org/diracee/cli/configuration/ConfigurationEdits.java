/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.configuration;

import java.util.List;
import java.util.concurrent.Callable;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.client.Configurations;
import org.diracee.client.wire.CommitConfiguration;
import org.diracee.client.wire.ConfigurationEdit;
import picocli.CommandLine.Mixin;

/** A command that changes single entries of the configuration, together or not at all. */
abstract class ConfigurationEdits implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Mixin
    private final CommitOptions options = new CommitOptions();

    ConfigurationEdits(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    /** @throws org.diracee.cli.CommandFailure if the command line tells no edits */
    abstract List<ConfigurationEdit> edits();

    @Override
    public Integer call() {
        CommitConfiguration change = CommitConfiguration.ofEdits(options.message(), edits());
        new ConfigurationCommit(surroundings, connection, new Configurations(connection.client()))
                .commit(change, options.dryRun());
        return ExitCode.OK;
    }
}
