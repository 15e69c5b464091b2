/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.admin;

import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.client.wire.CommittedConfiguration;

/** Tells what a change of the registry did. */
final class RegistryChange {

    private RegistryChange() {}

    static int told(Surroundings surroundings, Connection connection, CommittedConfiguration done) {
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), done);
            return ExitCode.OK;
        }
        done.warnings().forEach(warning -> surroundings.say("Warning: " + warning.path() + ": " + warning.message()));
        surroundings.say(done.revision()
                .map(revision -> "Revision " + revision.revision() + " is in force.")
                .orElse("Nothing changes: it is like this already."));
        return ExitCode.OK;
    }
}
