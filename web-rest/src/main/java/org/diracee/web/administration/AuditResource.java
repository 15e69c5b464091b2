/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.administration;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.diracee.client.wire.AuditPage;
import org.diracee.framework.administration.boundary.AuditSearch;
import org.diracee.framework.audit.boundary.AuditRow;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.paging.Page;
import org.diracee.kernel.paging.PageRequest;
import org.jspecify.annotations.Nullable;

/** Lets administrators search the audit log. */
@Path("api/audit")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class AuditResource {

    private AuditSearch search;
    private Caller caller;

    public AuditResource() {} // RESTEasy insists on a public one

    @Inject
    public AuditResource(AuditSearch search, Caller caller) {
        this.search = search;
        this.caller = caller;
    }

    @GET
    public AuditPage searchAuditLog(
            @BeanParam AuditFilter filter,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(PageRequest.MAX_LIMIT) int limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Page<AuditRow> page =
                search.search(caller, filter.query(), new PageRequest(limit, Optional.ofNullable(cursor)));
        return new AuditPage(
                page.items().stream().map(AdministrationRecords::record).toList(), page.next());
    }
}
