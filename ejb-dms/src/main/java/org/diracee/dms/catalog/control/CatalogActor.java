/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.catalog.control;

import java.util.Locale;
import java.util.Optional;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;

/**
 * The person for whom the catalogue is asked or changed.
 *
 * @param admin whether modes and access lists do not bind him in his VO
 * @param job the job that acts for him, if one does
 */
public record CatalogActor(VoName vo, UserName user, GroupName group, boolean admin, Optional<JobId> job) {

    /** @throws Forbidden if the caller stands for no person */
    public static CatalogActor of(Caller caller) {
        if (caller instanceof Caller.User user) {
            return new CatalogActor(
                    user.vo(),
                    user.username(),
                    user.group(),
                    user.has(Property.FILE_CATALOG_MANAGEMENT),
                    Optional.empty());
        }
        if (caller instanceof Caller.Job job) {
            return new CatalogActor(job.vo(), job.owner(), job.ownerGroup(), false, Optional.of(job.id()));
        }
        throw new Forbidden();
    }

    /** The directory of the VO. */
    public Lfn voArea() {
        return Lfn.ROOT.child(vo.text());
    }

    /**
     * The directory that the user may make himself.
     *
     * @see "DMS reference 2"
     */
    public Lfn userArea() {
        String name = user.text();
        return voArea().child("user")
                .child(name.substring(0, 1).toLowerCase(Locale.ROOT))
                .child(name);
    }

    /** Whether the path is in the VO of this person. */
    public boolean isAtHome(Lfn lfn) {
        return voArea().holds(lfn);
    }

    /** Whether the path is above the areas of users, so that it belongs to nobody. */
    public boolean isCommon(Lfn directory) {
        Lfn users = voArea().child("user");
        return directory.holds(users) || directory.parent().equals(Optional.of(users));
    }
}
