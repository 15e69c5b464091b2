/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.catalog.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import org.diracee.dms.catalog.entity.CatalogRepository;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.InvalidRequest;

/** Opens for each call the catalogue that the configuration gives the caller's VO. */
@ApplicationScoped
public class Visits {

    /** The most things that one call may name. */
    public static final int ITEMS = 1000;

    private CatalogRepository catalogs;
    private ConfigurationService configuration;
    private Clock clock;

    protected Visits() {} // for the container's proxy

    @Inject
    public Visits(CatalogRepository catalogs, ConfigurationService configuration, Clock clock) {
        this.catalogs = catalogs;
        this.configuration = configuration;
        this.clock = clock;
    }

    /**
     * Begins a call that names so many things.
     *
     * @throws InvalidRequest if there are none, or too many
     */
    public Visit begin(Caller caller, int items) {
        if (items < 1 || items > ITEMS) {
            throw new InvalidRequest(
                    items < 1 ? ErrorCode.INVALID_REQUEST : ErrorCode.TOO_MANY_ITEMS,
                    items + " items in one request: allowed is 1 to " + ITEMS);
        }
        CatalogActor actor = CatalogActor.of(caller);
        CatalogSettings settings = new CatalogSettings(configuration.current());
        Instant now = clock.instant();
        return new Visit(catalogs.catalog(settings.catalog(actor.vo()), now), new CatalogRights(actor), settings, now);
    }
}
