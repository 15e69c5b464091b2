/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.matching.boundary;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.wms.job.boundary.StaleAttempt;
import org.diracee.wms.matching.control.MatchingSettings;
import org.diracee.wms.matching.entity.MatchRepository;
import org.diracee.wms.matching.entity.MatchRepository.HeldJob;

/**
 * Lets the wrapper of a job through as long as its attempt is the job's: a job token, good for a day, dies with the attempt that it was
 * made for. A wrapper that ends has a while to send what it has to send.
 */
@Stateless
public class AttemptCheck {

    private MatchRepository matches;
    private ConfigurationService configuration;
    private Clock clock;

    protected AttemptCheck() {} // for the container's proxy

    @Inject
    public AttemptCheck(MatchRepository matches, ConfigurationService configuration, Clock clock) {
        this.matches = matches;
        this.configuration = configuration;
        this.clock = clock;
    }

    /** @throws StaleAttempt if the job has gone, has moved on to another attempt or pilot, or ended a while ago */
    @OpenAccess("decides whether a job's token counts")
    public void require(Caller.Job caller) {
        HeldJob job = matches.held(caller.id())
                .filter(held -> held.attempt() == caller.attempt() && held.isBy(caller.pilot()))
                .orElseThrow(() -> new StaleAttempt(caller.id(), caller.attempt()));
        Duration grace = new MatchingSettings(configuration.current()).jobTokenGrace();
        if (job.status().isFinal() && job.ended().plus(grace).isBefore(now())) {
            throw new StaleAttempt(caller.id(), caller.attempt(), job.status());
        }
    }

    private Instant now() {
        return clock.instant();
    }
}
