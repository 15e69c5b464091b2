/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.admin;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.diracee.cli.CommandFailure;
import org.diracee.client.ApiError;
import org.diracee.client.Configurations;

/** Where a registered client of a VO stands in the configuration, in either layout of the registry. */
record ClientSection(Configurations configurations, String vo, String id) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final int NOT_FOUND = 404;

    ClientSection {
        if (!ID.matcher(id).matches()) {
            throw CommandFailure.usage("'" + id + "' cannot be the id of a client: at most 64 letters, digits and ._-"
                    + " are allowed, the first a letter or digit.");
        }
    }

    /** Where it stands; empty if it does not. */
    Optional<String> found() {
        return sections().stream()
                .map(section -> section + "/Clients/" + id)
                .filter(this::exists)
                .findFirst();
    }

    /** Where it belongs, if it does not stand anywhere yet. */
    String place() {
        return sections().stream()
                        .filter(this::exists)
                        .findFirst()
                        .orElse(sections().get(0)) + "/Clients/" + id;
    }

    private List<String> sections() {
        return List.of("/Registry/" + vo, "/Registry/VO/" + vo);
    }

    private boolean exists(String section) {
        try {
            configurations.document(section, "cfg", Optional.empty());
            return true;
        } catch (ApiError refused) {
            if (refused.status() == NOT_FOUND) {
                return false;
            }
            throw refused;
        }
    }
}
