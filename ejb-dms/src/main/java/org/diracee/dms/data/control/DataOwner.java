/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.data.control;

import java.util.Set;
import org.diracee.dms.data.entity.DataOperationRow;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;

/** The person whose an operation is, be it asked for by himself or by a job of his. */
public record DataOwner(VoName vo, UserName user, GroupName group) {

    private static final String OURSELVES = "data-operations";

    /** As whom storage elements are asked. */
    public static final Caller.System SYSTEM = new Caller.System(OURSELVES);

    /** @throws Forbidden if the caller stands for no person */
    public static DataOwner of(Caller caller) {
        if (caller instanceof Caller.User user) {
            return new DataOwner(user.vo(), user.username(), user.group());
        }
        if (caller instanceof Caller.Job job) {
            return new DataOwner(job.vo(), job.owner(), job.ownerGroup());
        }
        throw new Forbidden();
    }

    public static DataOwner of(DataOperationRow operation) {
        return new DataOwner(
                operation.plan().vo(),
                operation.plan().owner(),
                operation.plan().group());
    }

    public boolean owns(DataOperationRow operation) {
        return operation.plan().vo().equals(vo) && operation.plan().owner().equals(user);
    }

    /** Whether the file is one of this person's VO. */
    public boolean isAtHome(Lfn lfn) {
        return Lfn.ROOT.child(vo.text()).holds(lfn);
    }

    /** As whom the catalogue is changed when the person's rights have been checked: what was allowed once is carried out. */
    public Caller.User steward() {
        return new Caller.User(OURSELVES, user, group, vo, Set.of(Property.FILE_CATALOG_MANAGEMENT));
    }
}
