/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.ban.boundary;

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

/** Finds out on every node what is banned. */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class BanRefresh {

    static final int PERIOD_SECONDS = 1;

    private BanList bans;

    protected BanRefresh() {} // for the container's proxy

    @Inject
    public BanRefresh(BanList bans) {
        this.bans = bans;
    }

    @PostConstruct
    void load() {
        bans.refresh();
    }

    @Schedule(hour = "*", minute = "*", second = "*/" + PERIOD_SECONDS, persistent = false)
    @OpenAccess("called by the timer")
    public void refresh() {
        bans.refresh();
    }
}
