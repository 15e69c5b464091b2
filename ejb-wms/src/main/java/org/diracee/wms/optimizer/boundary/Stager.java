/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.optimizer.boundary;

import java.util.Map;
import java.util.Set;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;

/**
 * Brings files from tape to disk; data management implements it. Called without a transaction. It answers with
 * {@link org.diracee.wms.job.boundary.JobStaging#answered}.
 *
 * @see "WMS reference 8, updateJobFromStager"
 */
public interface Stager {

    /**
     * Takes the files of a job; returns within seconds, before they are there, as all optimizers wait for it. The same request may
     * come again.
     *
     * @param request number of the request, with which it is answered
     * @param files without {@code LFN:}, each with the storage elements of which one will do
     * @throws DiracException if it cannot take them now, with the reason; it is asked again later
     */
    void stage(
            long request, JobId job, VoName vo, UserName owner, GroupName ownerGroup, Map<String, Set<String>> files);

    /** Nobody waits for this request any more: its job was killed, rescheduled or removed. It may be one that it does not know. */
    void forget(long request);
}
