/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.boundary;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.diracee.kernel.value.VoName;

/**
 * What the configuration says of a queue, secrets and credentials apart.
 *
 * @param cpuTime how long a pilot may run there
 * @param maxTotal most pilots at a time, waiting or running
 * @param maxWaiting most pilots waiting
 * @param maxRam in MB
 * @param requiredTags only jobs with all of these may run here
 * @param vos who may use it; empty: all
 */
public record QueueDescription(
        Duration cpuTime,
        int maxTotal,
        int maxWaiting,
        Optional<Integer> processors,
        Optional<Integer> maxRam,
        Optional<String> platform,
        List<String> tags,
        List<String> requiredTags,
        List<VoName> vos) {

    public QueueDescription {
        tags = List.copyOf(tags);
        requiredTags = List.copyOf(requiredTags);
        vos = List.copyOf(vos);
    }
}
