/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.configuration;

import java.util.List;
import org.diracee.cli.Surroundings;
import org.diracee.client.wire.ConfigurationEdit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Takes options and sections out. */
@Command(name = "unset", description = "Take out options, and sections with all in them; all of them or none.")
public final class UnsetEntries extends ConfigurationEdits {

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "What to take out.")
    private List<String> paths = List.of();

    public UnsetEntries(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    List<ConfigurationEdit> edits() {
        return paths.stream().map(ConfigurationEdit::remove).toList();
    }
}
