/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.http;

import java.util.List;
import java.util.Set;
import org.diracee.framework.access.boundary.ApiSettings;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.InvalidOption;
import org.diracee.web.WebLog;

/**
 * The web sites whose scripts may use the API from a browser; none unless some are configured. With {@code *} it is every site:
 * our calls carry their token themselves, so a site gets nothing from a browser that it does not bring.
 *
 * @see "WHATWG Fetch 3.3"
 */
final class AllowedOrigins {

    private final Set<String> origins;

    AllowedOrigins(Configuration configuration) {
        origins = Set.copyOf(read(configuration));
    }

    private static List<String> read(Configuration configuration) {
        try {
            return ApiSettings.allowedOrigins(configuration);
        } catch (InvalidOption wrong) {
            WebLog.LOG.originsLeftOut(configuration.revision(), wrong.detail());
            return List.of();
        }
    }

    boolean contain(String origin) {
        return origins.contains(origin) || (origins.contains(ApiSettings.EVERY_ORIGIN) && ApiSettings.isOrigin(origin));
    }
}
