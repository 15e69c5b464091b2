/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.audit.control;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.diracee.framework.audit.boundary.AuditAct;
import org.diracee.framework.audit.boundary.AuditActor;
import org.diracee.framework.audit.boundary.AuditedAct;
import org.diracee.framework.audit.boundary.RequestOrigin;
import org.diracee.framework.audit.entity.AuditedFact;

/**
 * How many rows those get in a minute whom nobody knows: they can make their requests differ without end. What gets none is counted,
 * for a network that has rows in one of its own, so that the others stay visible, and for all the rest in one. What comes from no
 * network has rows besides, so that nobody outside can use them up.
 */
final class StrangersMinute {

    static final int MOST = 300;
    static final int MOST_OF_A_NETWORK = 30;

    private static final String ALL_THE_REST = "";

    private final Map<String, Integer> rows = new HashMap<>();
    private final Map<String, AuditedFact> leftOut = new HashMap<>();
    private Instant begin = Instant.EPOCH;
    private int all;

    /** Whether this gets a row. */
    boolean hasRoomFor(AuditedFact fact) {
        String network = RequestOrigin.network(fact.origin().address());
        int ofNetwork = rows.getOrDefault(network, 0);
        if (ofNetwork < MOST_OF_A_NETWORK && (all < MOST || network.isEmpty())) {
            rows.put(network, ofNetwork + 1);
            all += network.isEmpty() ? 0 : 1;
            return true;
        }
        String counted = rows.containsKey(network) ? network : ALL_THE_REST;
        leftOut.merge(counted, sum(counted, fact.at()), (known, more) -> known.again());
        return false;
    }

    /** Begins another minute if this one is over; hands over what was left out in it. */
    List<AuditedFact> over(Instant now) {
        Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
        if (!minute.isAfter(begin)) {
            return List.of();
        }
        List<AuditedFact> sums = List.copyOf(leftOut.values());
        begin = minute;
        all = 0;
        rows.clear();
        leftOut.clear();
        return sums;
    }

    private static AuditedFact sum(String network, Instant at) {
        return AuditedFact.of(
                AuditedAct.refused(
                        AuditAct.LEFT_OUT,
                        AuditActor.UNKNOWN,
                        "strangers",
                        "more than " + MOST_OF_A_NETWORK + " different refusals of a network or " + MOST
                                + " of all in a minute"),
                new RequestOrigin(network, ""),
                at);
    }
}
