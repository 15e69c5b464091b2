/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.data;

import java.util.List;
import java.util.Optional;
import org.diracee.cli.Surroundings;
import org.diracee.client.wire.ChangeCatalogEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Changes the mode of files and directories. */
@Command(
        name = "chmod",
        description = "Say what the owner, the owner's group and others of the VO may do with files and directories.")
public final class ChangeMode extends EntryChange {

    @Parameters(
            index = "0",
            paramLabel = "MODE",
            description = "Three octal digits: owner, group, others; 4 read, 2 write, 1 execute. 750 for instance.")
    private String mode = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = LFN, description = LFNS)
    private List<String> names = List.of();

    public ChangeMode(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public Integer call() {
        return change(
                names,
                new ChangeCatalogEntry(
                        Optional.empty(), Optional.empty(), Optional.of(mode), Optional.empty(), Optional.empty()));
    }
}
