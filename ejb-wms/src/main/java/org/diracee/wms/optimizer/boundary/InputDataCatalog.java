/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.optimizer.boundary;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;

/** Where the files of a VO lie; data management implements it. Called without a transaction. */
public interface InputDataCatalog {

    /**
     * Finds the replicas that jobs of an owner can read now.
     *
     * @param lfns without {@code LFN:}, 1000 of them at most
     * @return the replicas by file; a file that is left out, or has none, does not exist or cannot be read
     * @throws DiracException if there is no answer now, with the reason; its jobs are held and the question is put again
     */
    Map<String, List<Replica>> replicas(VoName vo, UserName owner, GroupName ownerGroup, Collection<String> lfns);

    /**
     * A copy of a file.
     *
     * @param storageElement its name in the configuration
     * @param online whether it can be read at once, as from disk; otherwise it must be staged from tape
     */
    record Replica(String storageElement, boolean online) {}
}
