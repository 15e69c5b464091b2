/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.boundary;

import java.util.LinkedHashMap;
import java.util.Map;
import org.diracee.kernel.value.VoName;

/**
 * Example of an institution's pilot factory: the VO that the queue's option {@code ReservedFor} names goes before all others, and no VO gets
 * pilots of whose last ones fewer than {@code LeastEfficiency} percent were not aborted.
 */
final class ReservedPilots implements PilotFactory {

    @Override
    public String name() {
        return "Reserved";
    }

    @Override
    public Map<VoName, Integer> plan(QueueDemand demand) {
        Map<VoName, Integer> plan = new LinkedHashMap<>();
        int left = demand.most();
        double least = demand.option("LeastEfficiency").map(Double::valueOf).orElse(0.0);
        String first = demand.option("ReservedFor").orElse("");
        for (boolean reserved : new boolean[] {true, false}) {
            for (Map.Entry<VoName, QueueDemand.OfVo> one : demand.vos().entrySet()) {
                boolean fares = demand.history().efficiency(one.getKey()).orElse(100) >= least;
                if (one.getKey().text().equals(first) == reserved && fares) {
                    int pilots = Math.min(left, one.getValue().wanted());
                    plan.put(one.getKey(), pilots);
                    left -= pilots;
                }
            }
        }
        return plan;
    }
}
