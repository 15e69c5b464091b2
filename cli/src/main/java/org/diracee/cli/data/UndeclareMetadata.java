/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.data;

import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Removes a field of metadata. */
@Command(name = "undeclare", description = "Remove a field with all its values; takes FileCatalogManagement.")
public final class UndeclareMetadata extends LfnCommand {

    @Parameters(paramLabel = "NAME", description = "Its name.")
    private String name = "";

    public UndeclareMetadata(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public Integer call() {
        metadata().undeclare(name);
        surroundings().say(name + " is no field any more.");
        return ExitCode.OK;
    }
}
