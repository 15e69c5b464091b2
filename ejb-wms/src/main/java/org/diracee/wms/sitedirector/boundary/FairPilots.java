/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.sitedirector.control.SubmissionPlan;

/** A pilot for each waiting job that none is coming for; places are dealt to VOs in turn. */
@ApplicationScoped
public class FairPilots implements PilotFactory {

    /** Of the factory that there always is. */
    static final String NAME = "Fair";

    @Override
    @OpenAccess("a constant")
    public String name() {
        return NAME;
    }

    @Override
    @OpenAccess("computes from what it is given")
    public Map<VoName, Integer> plan(QueueDemand demand) {
        Map<VoName, Integer> wanted = new LinkedHashMap<>();
        demand.vos().forEach((vo, known) -> wanted.put(vo, known.wanted()));
        return SubmissionPlan.deal(wanted, demand.most());
    }
}
