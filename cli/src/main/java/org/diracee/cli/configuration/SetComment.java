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

/** Replaces the comment on an option or section. */
@Command(name = "comment", description = "Put a comment on an option or section.")
public final class SetComment extends ConfigurationEdits {

    @Parameters(index = "0", paramLabel = "PATH", description = "The option or section.")
    private String path = "";

    @Parameters(index = "1", paramLabel = "TEXT", description = "The comment; an empty text takes it out.")
    private String text = "";

    public SetComment(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    List<ConfigurationEdit> edits() {
        return List.of(ConfigurationEdit.comment(path, text));
    }
}
