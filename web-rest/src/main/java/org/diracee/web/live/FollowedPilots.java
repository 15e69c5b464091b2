/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.live;

import jakarta.ws.rs.QueryParam;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.InvalidValue;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.feed.boundary.WantedPilots;
import org.diracee.wms.pilot.boundary.PilotStatus;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** The query parameters that say which pilots are followed. */
public class FollowedPilots {

    @QueryParam("stamp")
    @Parameter(description = "Only of pilots")
    private List<String> stamps = List.of();

    @QueryParam("site")
    @Parameter(description = "Only of pilots")
    private List<String> sites = List.of();

    @QueryParam("ce")
    @Parameter(description = "Only of pilots")
    private List<String> computingElements = List.of();

    @QueryParam("vo")
    @Parameter(description = "Only of pilots")
    private @Nullable String vo;

    WantedPilots wanted(Collection<String> statuses) {
        try {
            return new WantedPilots(
                    stamps.stream().map(PilotStamp::new).collect(Collectors.toSet()),
                    Set.copyOf(sites),
                    Set.copyOf(computingElements),
                    statuses.stream().map(FollowedPilots::status).collect(Collectors.toSet()),
                    Optional.ofNullable(vo).map(VoName::new));
        } catch (InvalidValue wrong) {
            throw new InvalidRequest(String.valueOf(wrong.getMessage()));
        }
    }

    boolean isAll() {
        return stamps.isEmpty() && sites.isEmpty() && computingElements.isEmpty() && vo == null;
    }

    private static PilotStatus status(String name) {
        return PilotStatus.ofWireName(name)
                .orElseThrow(() -> new InvalidRequest("status: '" + name + "' is none of a pilot"));
    }
}
