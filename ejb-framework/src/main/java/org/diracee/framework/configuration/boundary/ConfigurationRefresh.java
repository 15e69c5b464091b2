/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.boundary;

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

/** Loads the configuration when a node starts and finds out on every node within seconds when it changed. */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ConfigurationRefresh {

    /** Below the 5 seconds within which a node must know of a change. */
    static final int PERIOD_SECONDS = 2;

    private ConfigurationService configuration;

    protected ConfigurationRefresh() {} // for the container's proxy

    @Inject
    public ConfigurationRefresh(ConfigurationService configuration) {
        this.configuration = configuration;
    }

    @PostConstruct
    void load() {
        configuration.current();
    }

    @Schedule(hour = "*", minute = "*", second = "*/" + PERIOD_SECONDS, persistent = false)
    @OpenAccess("called by the timer")
    public void refresh() {
        configuration.refresh();
    }
}
