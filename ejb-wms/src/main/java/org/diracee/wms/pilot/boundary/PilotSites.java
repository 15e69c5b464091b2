/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.boundary;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Set;
import org.diracee.framework.suspension.boundary.PilotsAtSites;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.value.InvalidValue;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.wms.pilot.entity.PilotRepository;

/** Tells who suspends sites which pilots are there. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class PilotSites implements PilotsAtSites {

    private PilotRepository pilots;

    protected PilotSites() {} // for the container's proxy

    @Inject
    public PilotSites(PilotRepository pilots) {
        this.pilots = pilots;
    }

    @Override
    @OpenAccess("asked by the server itself")
    public Set<String> stamps(Set<String> sites) {
        return Set.copyOf(pilots.livingAt(sites));
    }

    @Override
    @OpenAccess("asked by the server itself")
    public boolean knows(String vo, String stamp) {
        try {
            return pilots.find(new PilotStamp(stamp))
                    .filter(pilot -> pilot.vo().text().equals(vo))
                    .isPresent();
        } catch (InvalidValue noStamp) {
            return false;
        }
    }
}
