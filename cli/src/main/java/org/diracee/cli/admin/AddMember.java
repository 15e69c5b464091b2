/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.admin;

import org.diracee.cli.Surroundings;
import picocli.CommandLine.Command;

/** Puts a user into a group. */
@Command(name = "add-user", description = "Put a user into a group.")
public final class AddMember extends ChangeMember {

    public AddMember(Surroundings surroundings) {
        super(surroundings, true);
    }
}
