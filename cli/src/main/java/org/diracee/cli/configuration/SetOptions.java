/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.configuration;

import java.util.ArrayList;
import java.util.List;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.Surroundings;
import org.diracee.client.wire.ConfigurationEdit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Gives options values. */
@Command(
        name = "set",
        description = "Give options values; all of them or none.",
        footer = {"", "Before a path whose value begins with -, put -- behind the other options."})
public final class SetOptions extends ConfigurationEdits {

    @Parameters(
            arity = "2..*",
            paramLabel = "PATH VALUE [PATH VALUE]...",
            hideParamSyntax = true,
            description = "Paths, each followed by its new value.")
    private List<String> words = List.of();

    public SetOptions(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    List<ConfigurationEdit> edits() {
        if (words.size() % 2 != 0) {
            throw CommandFailure.usage("'" + words.get(words.size() - 1)
                    + "' has no value: paths and values are expected in turn. Quote a value with blanks in it.");
        }
        List<ConfigurationEdit> edits = new ArrayList<>();
        for (int i = 0; i < words.size(); i += 2) {
            edits.add(ConfigurationEdit.set(words.get(i), words.get(i + 1)));
        }
        return edits;
    }
}
