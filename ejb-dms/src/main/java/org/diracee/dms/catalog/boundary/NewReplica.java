/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.catalog.boundary;

import java.util.Optional;
import org.diracee.kernel.value.InvalidValue;
import org.diracee.kernel.value.SeName;

/**
 * Where a copy of a file lies.
 *
 * @param pfn its name at the storage element, if that is not the LFN below the storage element's path
 */
public record NewReplica(SeName se, Optional<String> pfn) {

    private static final int LONGEST = 1024;

    /** @throws InvalidValue if the PFN is too long or has control characters */
    public NewReplica {
        pfn.ifPresent(text -> {
            if (text.isBlank() || text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)) {
                throw new InvalidValue(
                        "PFN", text, "a text of at most " + LONGEST + " characters, none a control character");
            }
        });
    }

    /** A copy that lies where the LFN says. */
    public static NewReplica at(SeName se) {
        return new NewReplica(se, Optional.empty());
    }
}
