/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.boundary;

import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.wms.pilot.control.PilotStatusSettings;
import org.diracee.wms.pilot.entity.Pilot;
import org.diracee.wms.pilot.entity.PilotCleaningRepository;

/**
 * Gives up pilots that nothing is heard of, hands ended ones to the accounting, and clears old ones with all that is kept of
 * them; every method is a transaction over one portion and tells how many pilots it took.
 *
 * @see "WMS reference 11.5, PilotStatusAgent"
 */
@Stateless
public class PilotCleaning {

    private static final int PORTION = 500;

    private PilotCleaningRepository cleaning;
    private PilotManager pilots;
    private Event<PilotFinished> finished;
    private ConfigurationService configuration;
    private Clock clock;

    protected PilotCleaning() {} // for the container's proxy

    @Inject
    public PilotCleaning(
            PilotCleaningRepository cleaning,
            PilotManager pilots,
            Event<PilotFinished> finished,
            ConfigurationService configuration,
            Clock clock) {
        this.cleaning = cleaning;
        this.pilots = pilots;
        this.finished = finished;
        this.configuration = configuration;
        this.clock = clock;
    }

    /** Notes pilots as Deleted that gave no sign of life for long, nor did their jobs; the site director ends what runs still. */
    @Requires(callers = CallerKind.SYSTEM)
    public int giveUp(Caller caller) {
        Duration silence = settings().stalled();
        List<PilotStamp> silent = cleaning.silent(clock.instant().minus(silence), PORTION);
        for (PilotStamp stamp : silent) {
            pilots.report(caller, stamp, PilotStatus.DELETED, "No sign of life for " + silence.toDays() + " days");
        }
        return silent.size();
    }

    /** Tells the accounting of pilots that have ended. */
    @Requires(callers = CallerKind.SYSTEM)
    public int account(Caller caller) {
        if (!settings().accounts()) {
            return 0;
        }
        List<Pilot> ended = cleaning.unaccounted(PORTION);
        Map<String, Long> jobs =
                cleaning.jobs(ended.stream().map(pilot -> pilot.stamp().text()).toList());
        for (Pilot pilot : ended) {
            pilot.account();
            finished.fire(new PilotFinished(
                    pilot.view(), jobs.getOrDefault(pilot.stamp().text(), 0L)));
        }
        return ended.size();
    }

    /** Removes pilots that ended long ago, their logs and outputs. */
    @Requires(callers = CallerKind.SYSTEM)
    public int clear(Caller caller) {
        PilotStatusSettings settings = settings();
        Instant now = clock.instant();
        return cleaning.clear(
                now.minus(settings.clear()), now.minus(settings.clearAborted()), settings.accounts(), PORTION);
    }

    private PilotStatusSettings settings() {
        return new PilotStatusSettings(configuration.current());
    }
}
