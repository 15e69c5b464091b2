/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.catalog.boundary;

import java.util.Optional;
import java.util.OptionalInt;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;

/**
 * What is to be changed of a file or directory; what is empty stays.
 *
 * @param defaultAcl only directories have one; files below pass it over
 */
public record CatalogChange(
        Optional<UserName> owner,
        Optional<GroupName> group,
        OptionalInt mode,
        Optional<Acl> acl,
        Optional<Acl> defaultAcl) {

    private static final int MOST = 0777;

    /** @throws InvalidRequest if the mode has more than nine bits */
    public CatalogChange {
        mode.ifPresent(CatalogChange::requireMode);
    }

    /** Whether it is given to somebody else. */
    public boolean changesOwner() {
        return owner.isPresent() || group.isPresent();
    }

    static void requireMode(int mode) {
        if (mode < 0 || mode > MOST) {
            throw new InvalidRequest("The mode is " + Integer.toOctalString(mode) + ": allowed is 0 to 777");
        }
    }
}
