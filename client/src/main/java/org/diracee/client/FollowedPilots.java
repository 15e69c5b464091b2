/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client;

import java.util.List;

/** Which pilots are followed; what is empty narrows nothing. */
public record FollowedPilots(
        List<String> stamps, List<String> sites, List<String> computingElements, List<String> statuses) {

    public FollowedPilots {
        stamps = List.copyOf(stamps);
        sites = List.copyOf(sites);
        computingElements = List.copyOf(computingElements);
        statuses = List.copyOf(statuses);
    }

    ApiRequest in(ApiRequest request) {
        ApiRequest byStamp = each(request, "stamp", stamps);
        ApiRequest bySite = each(byStamp, "site", sites);
        return each(each(bySite, "ce", computingElements), "status", statuses);
    }

    private static ApiRequest each(ApiRequest request, String name, List<String> values) {
        ApiRequest narrowed = request;
        for (String value : values) {
            narrowed = narrowed.query(name, value);
        }
        return narrowed;
    }
}
