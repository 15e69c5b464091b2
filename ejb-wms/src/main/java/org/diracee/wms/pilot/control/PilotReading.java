/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.diracee.framework.registry.boundary.ManagedSites;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.SiteName;
import org.diracee.wms.pilot.entity.Pilot;
import org.diracee.wms.pilot.entity.PilotColumn;
import org.diracee.wms.pilot.entity.PilotCriterion;

/** Which pilots a caller may read of: those of the VO, all of them, or those of all VOs at the sites that he administers. */
@ApplicationScoped
public class PilotReading {

    private ManagedSites sites;

    protected PilotReading() {} // for the container's proxy

    @Inject
    public PilotReading(ManagedSites sites) {
        this.sites = sites;
    }

    /**
     * Lets the pilot through if the caller may read of it.
     *
     * @throws PilotNotFound if there is none, or none that the caller may know of
     * @throws Forbidden if the caller may know of it but not more
     */
    public Pilot require(Caller caller, PilotStamp stamp, Optional<Pilot> found) {
        Optional<Set<SiteName>> only = sites.confining(caller);
        Pilot pilot = found.filter(known -> only.map(managed ->
                                managed.stream().anyMatch(site -> site.text().equals(known.gridSite())))
                        .orElseGet(() -> PilotPolicy.mayKnow(caller, known.vo())))
                .orElseThrow(() -> new PilotNotFound(stamp));
        if (only.isEmpty() && !PilotPolicy.maySee(caller, pilot.vo())) {
            throw new Forbidden();
        }
        return pilot;
    }

    /**
     * What narrows the caller's searches.
     *
     * @throws Forbidden if the caller may not search
     */
    public List<PilotCriterion> narrowing(Caller caller) {
        if (!(caller instanceof Caller.User user)) {
            throw new Forbidden();
        }
        Optional<Set<SiteName>> only = sites.confining(user);
        if (only.isPresent()) {
            // without a site the name of none, which no pilot has
            List<String> names = Stream.concat(
                            Stream.of(""), only.get().stream().map(SiteName::text))
                    .toList();
            return List.of(PilotCriterion.in(PilotColumn.GRID_SITE, names, false));
        }
        if (!PilotPolicy.maySee(user, user.vo())) {
            throw new Forbidden();
        }
        return user.has(Property.SERVICE_ADMINISTRATOR)
                ? List.of()
                : List.of(PilotCriterion.in(PilotColumn.VO, List.of(user.vo().text()), false));
    }

    /** Whether the caller reads of the pilots of some sites rather than of a VO's. */
    public boolean isConfined(Caller caller) {
        return sites.confining(caller).isPresent();
    }
}
