/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.boundary;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.pilot.boundary.PilotSlot;

/**
 * What is known of a queue when it is decided how many pilots it gets.
 *
 * @param options all options of the computing element and, above them, of the queue; an institution may add its own
 * @param most pilots to send in all: free places and {@code MaxPilotsToSubmit}
 * @param vos those that the queue serves, in the order of the registry
 * @param history which {@code Fair} is not told
 */
public record QueueDemand(
        PilotSlot slot,
        QueueDescription description,
        Map<String, String> options,
        int most,
        Map<VoName, OfVo> vos,
        QueueHistory history) {

    public QueueDemand {
        options = Map.copyOf(options);
        vos = Collections.unmodifiableMap(new LinkedHashMap<>(vos));
    }

    /**
     * What is known of a VO.
     *
     * @param waitingJobs that the queue could run and that limits let pilots have, counted up to a bound
     * @param waiting pilots of the queue that are not yet on a worker node
     * @param expectant pilots started a moment ago, without a first job yet
     * @param running all others
     */
    public record OfVo(int waitingJobs, int waiting, int expectant, int running) {

        /** Pilots that the VO could use: its waiting jobs, less the pilots that will take one of them anyway. */
        public int wanted() {
            return Math.max(0, waitingJobs - waiting - expectant);
        }
    }

    public Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }
}
