/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.data;

import java.util.List;
import java.util.Optional;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.Surroundings;
import org.diracee.client.wire.ChangeCatalogEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Gives files and directories to another user or group. */
@Command(
        name = "chown",
        description = "Give files and directories to another user or group of the VO; needs FileCatalogManagement.")
public final class ChangeOwner extends EntryChange {

    @Parameters(index = "0", paramLabel = "OWNER", description = "alice, alice:demo_user or :demo_user.")
    private String owner = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = LFN, description = LFNS)
    private List<String> names = List.of();

    public ChangeOwner(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public Integer call() {
        int colon = owner.indexOf(':');
        String user = colon < 0 ? owner : owner.substring(0, colon);
        String group = colon < 0 ? "" : owner.substring(colon + 1);
        if (user.isEmpty() && group.isEmpty()) {
            throw CommandFailure.usage("'" + owner + "' is neither USER, USER:GROUP nor :GROUP");
        }
        return change(
                names,
                new ChangeCatalogEntry(
                        named(user), named(group), Optional.empty(), Optional.empty(), Optional.empty()));
    }

    private static Optional<String> named(String name) {
        return Optional.of(name).filter(given -> !given.isEmpty());
    }
}
