/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.admin;

import org.diracee.cli.Surroundings;
import picocli.CommandLine.Command;

/** Takes a user out of a group. */
@Command(name = "remove-user", description = "Take a user out of a group.")
public final class RemoveMember extends ChangeMember {

    public RemoveMember(Surroundings surroundings) {
        super(surroundings, false);
    }
}
