/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.control;

import java.util.LinkedHashMap;
import java.util.Map;
import org.diracee.kernel.value.VoName;

/**
 * How many pilots a queue gets now.
 *
 * @see "WMS reference 11.3"
 */
public final class SubmissionPlan {

    private SubmissionPlan() {}

    /**
     * Free places: what both limits leave.
     *
     * @param occupancy as the computing element or our own records count it
     */
    public static int free(CeQueue queue, Occupancy occupancy) {
        int byTotal = queue.maxTotal() - occupancy.waiting() - occupancy.running();
        int byWaiting = queue.maxWaiting() - occupancy.waiting();
        return Math.max(0, Math.min(byTotal, byWaiting));
    }

    /**
     * Deals free places out to VOs in turn, so that a large one does not keep a small one waiting.
     *
     * @param wanted per VO, in the order of dealing
     * @param most pilots to submit in all
     */
    public static Map<VoName, Integer> deal(Map<VoName, Integer> wanted, int most) {
        Map<VoName, Integer> dealt = new LinkedHashMap<>();
        int left = most;
        boolean given = true;
        while (left > 0 && given) {
            given = false;
            for (Map.Entry<VoName, Integer> demand : wanted.entrySet()) {
                int had = dealt.getOrDefault(demand.getKey(), 0);
                if (left > 0 && had < demand.getValue()) {
                    dealt.put(demand.getKey(), had + 1);
                    left--;
                    given = true;
                }
            }
        }
        return dealt;
    }
}
