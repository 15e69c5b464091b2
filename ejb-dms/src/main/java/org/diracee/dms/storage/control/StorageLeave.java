/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.control;

import java.time.Instant;
import java.util.List;
import org.diracee.kernel.value.VoName;

/**
 * What the holder of a token for one of our own storage elements may do there.
 *
 * @param subject whom of the VO the token was made for
 */
public record StorageLeave(VoName vo, String subject, Instant expires, List<StorageScope> scopes) {

    public StorageLeave {
        scopes = List.copyOf(scopes);
    }

    /** Whether it may be done with this file or directory. */
    public boolean allows(StorageAction action, String path) {
        StorageScope asked = StorageScope.of(action, path);
        return scopes.stream().anyMatch(scope -> scope.covers(asked));
    }
}
