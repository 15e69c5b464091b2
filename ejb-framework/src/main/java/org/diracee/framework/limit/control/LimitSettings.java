/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.limit.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.framework.limit.boundary.Budget;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;
import org.diracee.kernel.value.VoName;

/**
 * How often who may call.
 *
 * @param configuration the snapshot they are read from
 */
public record LimitSettings(Configuration configuration) {

    private static final String SOURCE = "DIRAC EE";
    private static final Map<Budget, DeclaredOption<Double>> RATES = new EnumMap<>(Budget.class);
    private static final Map<Budget, DeclaredOption<Long>> BURSTS = new EnumMap<>(Budget.class);

    static {
        for (Budget budget : Budget.values()) {
            String section = budget.isOfVo()
                    ? "Operations/{vo}/Services/API/RateLimits/"
                    : "Systems/Framework/Services/API/RateLimits/";
            RATES.put(
                    budget,
                    DeclaredOption.of(
                            section + budget.option() + "Rate",
                            OptionType.decimal(0),
                            budget.usualRate(),
                            "Requests a second in the long run, " + budget.whose()
                                    + ", on each node; 0 is without limit.",
                            SOURCE));
            BURSTS.put(
                    budget,
                    DeclaredOption.of(
                            section + budget.option() + "Burst",
                            OptionType.wholeNumber(1),
                            budget.usualBurst(),
                            "Requests at once, after a pause, " + budget.whose() + ", on each node.",
                            SOURCE));
        }
    }

    /** The limit of a budget that no VO has. */
    public Limit of(Budget budget) {
        return new Limit(
                of(RATES, budget).read(configuration), of(BURSTS, budget).read(configuration));
    }

    /** The VO's limit of a budget. */
    public Limit of(Budget budget, VoName vo) {
        return new Limit(
                of(RATES, budget).read(configuration, vo), of(BURSTS, budget).read(configuration, vo));
    }

    private static <T> DeclaredOption<T> of(Map<Budget, DeclaredOption<T>> options, Budget budget) {
        return Objects.requireNonNull(options.get(budget));
    }

    /** What these settings read. */
    @ApplicationScoped
    public static class Declared implements DeclaredOptions {

        @Override
        public List<DeclaredOption<?>> options() {
            List<DeclaredOption<?>> options = new ArrayList<>(RATES.values());
            options.addAll(BURSTS.values());
            return List.copyOf(options);
        }
    }
}
