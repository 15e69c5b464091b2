/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.files;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.diracee.client.wire.QuotaPage;
import org.diracee.client.wire.QuotaRecord;
import org.diracee.client.wire.SetQuota;
import org.diracee.dms.catalog.boundary.CatalogQuotas;
import org.diracee.dms.catalog.boundary.Quota;
import org.diracee.dms.catalog.boundary.QuotaUse;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.paging.Page;
import org.diracee.kernel.paging.PageRequest;
import org.diracee.kernel.value.Lfn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Says how much there may be in the catalogue. */
@Path("api/files/quotas")
@RequestScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class QuotasResource {

    private static final int LONGEST_PAGE = 1000;

    private CatalogQuotas quotas;
    private Caller caller;

    public QuotasResource() {} // RESTEasy insists on a public one

    @Inject
    public QuotasResource(CatalogQuotas quotas, Caller caller) {
        this.quotas = quotas;
        this.caller = caller;
    }

    @GET
    public QuotaPage listQuotas(
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(LONGEST_PAGE) int limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Page<QuotaUse> page = quotas.list(caller, new PageRequest(limit, Optional.ofNullable(cursor)));
        return new QuotaPage(page.items().stream().map(QuotasResource::shown).toList(), page.next());
    }

    @GET
    @Path("mine")
    public List<QuotaRecord> showMyQuotas(
            @Parameter(description = "Where something is to be put; one's own area unless given")
                    @QueryParam("directory")
                    @Nullable
                    String directory) {
        return quotas.applying(caller, Optional.ofNullable(directory).map(Lfn::new)).stream()
                .map(QuotasResource::shown)
                .toList();
    }

    @PUT
    public QuotaRecord setQuota(@NotNull @Valid SetQuota request) {
        return shown(quotas.set(
                caller,
                new Quota(
                        Quota.Kind.parse(request.kind()),
                        request.name(),
                        number(request.files()),
                        number(request.bytes()))));
    }

    @DELETE
    public void removeQuota(@QueryParam("kind") @NotNull String kind, @QueryParam("name") @NotNull String name) {
        quotas.remove(caller, Quota.Kind.parse(kind), name);
    }

    private static QuotaRecord shown(QuotaUse use) {
        Quota quota = use.quota();
        return new QuotaRecord(
                quota.kind().text(),
                quota.name(),
                number(quota.files()),
                number(quota.bytes()),
                use.used().files(),
                use.used().bytes());
    }

    private static OptionalLong number(Optional<Long> number) {
        return number.map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }

    private static Optional<Long> number(OptionalLong number) {
        return number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
    }
}
