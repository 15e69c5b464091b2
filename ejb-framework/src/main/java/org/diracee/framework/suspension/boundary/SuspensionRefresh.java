/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.suspension.boundary;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.diracee.kernel.access.OpenAccess;

/** Finds out on every node who is suspended, well within the 5 seconds that a suspension may take. */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class SuspensionRefresh {

    static final int PERIOD_SECONDS = 1;

    private SuspensionList suspensions;

    protected SuspensionRefresh() {} // for the container's proxy

    @Inject
    public SuspensionRefresh(SuspensionList suspensions) {
        this.suspensions = suspensions;
    }

    @PostConstruct
    void load() {
        suspensions.refresh();
    }

    @Schedule(hour = "*", minute = "*", second = "*/" + PERIOD_SECONDS, persistent = false)
    @OpenAccess("called by the timer")
    public void refresh() {
        suspensions.refresh();
    }
}
