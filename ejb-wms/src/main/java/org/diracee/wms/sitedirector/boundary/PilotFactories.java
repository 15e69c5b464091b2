/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.sitedirector.control.WrongPilotPlan;

/** The pilot factories by their names, each of which is held to what it may answer. */
@ApplicationScoped
public class PilotFactories {

    private final Map<String, PilotFactory> factories = new TreeMap<>();

    protected PilotFactories() {} // for the container's proxy

    @Inject
    public PilotFactories(@Any Instance<PilotFactory> found) {
        this((Iterable<PilotFactory>) found);
    }

    PilotFactories(Iterable<PilotFactory> found) {
        found.forEach(factory -> factories.put(factory.name(), factory));
    }

    /**
     * What the factory of this name decides; it is not asked if nothing may be sent.
     *
     * @throws WrongPilotPlan if there is none, it fails or answers nonsense
     */
    @OpenAccess("called by the site director")
    public Map<VoName, Integer> plan(String name, QueueDemand demand) {
        if (demand.most() <= 0) {
            return Map.of();
        }
        PilotFactory factory = factories.get(name);
        if (factory == null) {
            throw new WrongPilotPlan(
                    "There is no pilot factory " + name + "; there are " + String.join(", ", factories.keySet()));
        }
        Map<VoName, Integer> plan;
        try {
            plan = new LinkedHashMap<>(factory.plan(demand));
        } catch (RuntimeException | LinkageError broken) {
            throw new WrongPilotPlan("The pilot factory " + name + " failed: " + broken, broken);
        }
        plan.forEach((vo, pilots) -> {
            if (pilots == null || pilots < 0 || !demand.vos().containsKey(vo)) {
                throw new WrongPilotPlan("The pilot factory " + name + " answered " + pilots + " pilots for the VO "
                        + vo + ": allowed are 0 or more for those of "
                        + demand.vos().keySet());
            }
        });
        long sum = plan.values().stream().mapToLong(Integer::longValue).sum();
        if (sum > demand.most()) {
            throw new WrongPilotPlan(
                    "The pilot factory " + name + " answered " + sum + " pilots: allowed are " + demand.most());
        }
        plan.values().removeIf(pilots -> pilots == 0);
        return plan;
    }
}
