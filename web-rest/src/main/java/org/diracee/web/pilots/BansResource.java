/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.pilots;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.diracee.client.wire.BanPage;
import org.diracee.client.wire.BanPlace;
import org.diracee.client.wire.BanRecord;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.paging.Page;
import org.diracee.kernel.paging.PageRequest;
import org.diracee.wms.ban.boundary.Ban;
import org.diracee.wms.ban.boundary.BanTarget;
import org.diracee.wms.ban.boundary.BannedKind;
import org.diracee.wms.ban.boundary.Bans;
import org.jspecify.annotations.Nullable;

/** Keeps new jobs and pilots from sites and computing elements, and tells who did. */
@Path("api/bans")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class BansResource {

    private Bans bans;
    private Caller caller;

    public BansResource() {} // RESTEasy insists on a public one

    @Inject
    public BansResource(Bans bans, Caller caller) {
        this.bans = bans;
        this.caller = caller;
    }

    @GET
    public List<BanRecord> listBans() {
        return bans.inForce(caller).stream()
                .map(ban -> ResourceRecords.ban(ban, Optional.empty()))
                .toList();
    }

    @GET
    @Path("history")
    public BanPage showBanHistory(
            @QueryParam("kind") @NotNull String kind,
            @QueryParam("name") @NotNull String name,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(PageRequest.MAX_LIMIT) int limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Page<Ban> page = bans.history(
                caller,
                new BanTarget(BannedKind.named(kind), name),
                new PageRequest(limit, Optional.ofNullable(cursor)));
        return new BanPage(
                page.items().stream()
                        .map(ban -> ResourceRecords.ban(ban, Optional.empty()))
                        .toList(),
                page.next());
    }

    @POST
    public BanRecord ban(@NotNull @Valid BanPlace request) {
        BanTarget target = new BanTarget(BannedKind.named(request.kind()), request.name());
        Ban made = bans.ban(caller, target, request.allVos().orElse(false), request.reason(), request.until());
        return ResourceRecords.ban(made, bans.warning(target));
    }

    @DELETE
    @Path("{id}")
    public void allow(@PathParam("id") long id, @QueryParam("reason") @NotNull String reason) {
        bans.allow(caller, id, reason);
    }
}
