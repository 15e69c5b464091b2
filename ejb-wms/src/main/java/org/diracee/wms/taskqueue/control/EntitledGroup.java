/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.taskqueue.control;

import java.util.Set;
import org.diracee.kernel.value.UserName;

/**
 * A group that has queues now, as shares look at it.
 *
 * @param shared whether the share belongs to the group as a whole
 * @param owners those who have queues in it
 */
public record EntitledGroup(double share, boolean shared, boolean background, Set<UserName> owners) {

    public EntitledGroup {
        owners = Set.copyOf(owners);
    }
}
