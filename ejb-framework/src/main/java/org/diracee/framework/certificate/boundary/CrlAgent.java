/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.certificate.boundary;

import static org.diracee.framework.log.boundary.FrameworkLog.LOG;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import org.diracee.framework.certificate.control.CrlAgentSettings;
import org.diracee.framework.certificate.control.RevocationLists;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.kernel.access.OpenAccess;

/**
 * Looks after the revocation lists of this node: fetches them if it is told to, and tells of those that grow old. It runs on every
 * node, without a lease, because every node has a directory of its own.
 */
@Singleton
@Startup
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class CrlAgent {

    private RevocationLists lists;
    private ConfigurationService configuration;
    private Clock clock;
    private Instant due = Instant.MIN;

    protected CrlAgent() {} // for the container's proxy

    @Inject
    public CrlAgent(RevocationLists lists, ConfigurationService configuration, Clock clock) {
        this.lists = lists;
        this.configuration = configuration;
        this.clock = clock;
    }

    @Schedule(hour = "*", minute = "*", persistent = false)
    @OpenAccess("called by the timer")
    public void tick() {
        if (lists.enabled() && configuration.loaded() && !clock.instant().isBefore(due)) {
            runCycle();
        }
    }

    /** Does the work once. */
    @OpenAccess("renews what anybody may fetch, and only by what its CA has signed")
    public void runCycle() {
        CrlAgentSettings settings = new CrlAgentSettings(configuration.current());
        due = clock.instant().plus(settings.pollingTime());
        int renewed = settings.enabled() ? lists.fetch(settings.largestList()) : 0;
        int old = lists.alarm(settings.ageAlarm());
        if (renewed > 0 || old > 0) {
            LOG.revocationListsLookedAt(renewed, old);
        }
    }
}
