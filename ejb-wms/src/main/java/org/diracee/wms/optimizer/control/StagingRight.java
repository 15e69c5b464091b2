/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.optimizer.control;

import java.util.Optional;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.VoName;

/** Whether the jobs of a group may have files brought from tape. */
@FunctionalInterface
public interface StagingRight {

    /** Why they may not, as the end of a sentence; empty if they may. */
    Optional<String> obstacle(VoName vo, GroupName group);
}
