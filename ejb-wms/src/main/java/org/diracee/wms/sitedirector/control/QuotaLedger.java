/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.control;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToIntBiFunction;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.pilot.boundary.PilotSlot;

/**
 * How many pilots are on their way for the jobs of those whose running jobs are limited, so that all queues together get no more of them
 * than the limits leave. Kept in memory: forgetting it sends too many once.
 */
public final class QuotaLedger {

    private final Map<Key, Map<PilotSlot, Integer>> sent = new HashMap<>();

    /** @param whose limit it is, as in {@code the user alice} */
    private record Key(VoName vo, String whose) {}

    /**
     * Drops the pilots that have come meanwhile.
     *
     * @param coming how many pilots of a VO are on their way to jobs in a slot
     */
    public synchronized void begin(ToIntBiFunction<PilotSlot, VoName> coming) {
        sent.forEach((key, slots) -> {
            slots.replaceAll((slot, number) -> Math.min(number, coming.applyAsInt(slot, key.vo)));
            slots.values().removeIf(number -> number == 0);
        });
        sent.values().removeIf(Map::isEmpty);
    }

    /**
     * How many pilots the slot may have on their way for jobs under these limits, those that are among them.
     *
     * @param left what each limit leaves, by whose it is
     */
    public synchronized int allowed(VoName vo, Map<String, Integer> left, PilotSlot slot) {
        int allowed = Integer.MAX_VALUE;
        for (Map.Entry<String, Integer> limit : left.entrySet()) {
            Map<PilotSlot, Integer> slots = sent.getOrDefault(new Key(vo, limit.getKey()), Map.of());
            int elsewhere = slots.values().stream().mapToInt(Integer::intValue).sum() - slots.getOrDefault(slot, 0);
            allowed = Math.min(allowed, Math.max(0, limit.getValue() - elsewhere));
        }
        return allowed;
    }

    /** Notes pilots that are sent for jobs under these limits. */
    public synchronized void send(VoName vo, Collection<String> limits, PilotSlot slot, int pilots) {
        if (pilots > 0) {
            limits.forEach(whose -> sent.computeIfAbsent(new Key(vo, whose), key -> new HashMap<>())
                    .merge(slot, pilots, Integer::sum));
        }
    }
}
