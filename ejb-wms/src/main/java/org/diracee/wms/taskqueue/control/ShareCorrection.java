/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.taskqueue.control;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Raises the shares of those who had less of the resources lately than they are entitled to, and lowers those of the others. The sum of
 * the shares stays.
 *
 * @param slices looks at the past
 * @param mostGlobally bounds the factor by which all slices together change a share
 * @see "WMS reference 10.3"
 */
public record ShareCorrection(List<Slice> slices, double mostGlobally) {

    public ShareCorrection {
        slices = List.copyOf(slices);
    }

    /**
     * The use of resources over one span of time.
     *
     * @param weight against other slices
     * @param most bounds the factor of this slice
     * @param usage average number of running jobs; those who had none may lack
     */
    public record Slice(double weight, double most, Map<String, Double> usage) {

        public Slice {
            usage = Map.copyOf(usage);
        }
    }

    /** The shares, corrected, of those who have one. */
    public Map<String, Double> corrected(Map<String, Double> shares) {
        double total = sum(shares);
        double weights = slices.stream().mapToDouble(Slice::weight).sum();
        if (total <= 0 || weights <= 0) {
            return shares;
        }
        Map<String, Double> changed = new LinkedHashMap<>();
        shares.forEach((name, share) -> {
            double factor = 0;
            for (Slice slice : slices) {
                double used = shares.keySet().stream()
                        .mapToDouble(one -> slice.usage.getOrDefault(one, 0.0))
                        .sum();
                factor += slice.weight
                        / weights
                        * factor(share / total, slice.usage.getOrDefault(name, 0.0), used, slice.most);
            }
            changed.put(name, share * within(factor, mostGlobally));
        });
        double scale = total / sum(changed);
        changed.replaceAll((name, share) -> share * scale);
        return changed;
    }

    private static double factor(double expected, double usage, double allUsage, double most) {
        return usage <= 0 ? most : within(expected / (usage / allUsage), most);
    }

    private static double within(double factor, double most) {
        return Math.max(1 / most, Math.min(most, factor));
    }

    private static double sum(Map<String, Double> shares) {
        return shares.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
