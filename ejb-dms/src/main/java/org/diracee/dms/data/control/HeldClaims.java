/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.data.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.diracee.dms.data.entity.DataOperationRepository;
import org.diracee.dms.data.entity.DataOperationRow;

/** The operations that this node works on; their claims are prolonged as long as it lives. */
@ApplicationScoped
public class HeldClaims {

    private final Map<Long, Long> held = new ConcurrentHashMap<>();
    private DataOperationRepository operations;
    private DataJournal journal;

    protected HeldClaims() {} // for the container's proxy

    @Inject
    public HeldClaims(DataOperationRepository operations, DataJournal journal) {
        this.operations = operations;
        this.journal = journal;
    }

    public void hold(DataOperationRow claimed) {
        held.put(claimed.id(), claimed.progress().claim());
    }

    public void release(DataOperationRow claimed) {
        held.remove(claimed.id(), claimed.progress().claim());
    }

    public void prolong() {
        Map<Long, Long> now = Map.copyOf(held);
        if (!now.isEmpty()) {
            journal.in(() -> {
                operations.prolong(now, journal.claimedUntil());
                return true;
            });
        }
    }
}
