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
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.client.wire.CatalogAccess;
import org.diracee.client.wire.CatalogEntry;
import org.diracee.client.wire.CatalogPage;
import org.diracee.client.wire.CatalogUsage;
import org.diracee.client.wire.DumpPage;
import org.diracee.client.wire.LfnAnswer;
import org.diracee.client.wire.NameFiles;
import org.diracee.client.wire.OwnerUsage;
import org.diracee.client.wire.ReplicaRecord;
import org.diracee.dms.catalog.boundary.CatalogReading;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.paging.BulkResult;
import org.diracee.kernel.paging.Page;
import org.diracee.kernel.paging.PageRequest;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.SeName;
import org.diracee.web.http.UuidText;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Tells what is in the catalogue, and how much. */
@Path("api/files")
@RequestScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class CatalogResource {

    private static final String MANY_STEPS = "1000000";

    private CatalogReading reading;
    private org.diracee.dms.catalog.boundary.CatalogUsage usage;
    private Caller caller;

    public CatalogResource() {} // RESTEasy insists on a public one

    @Inject
    public CatalogResource(CatalogReading reading, org.diracee.dms.catalog.boundary.CatalogUsage usage, Caller caller) {
        this.reading = reading;
        this.usage = usage;
        this.caller = caller;
    }

    @POST
    @Path("entries")
    public LfnAnswer<CatalogEntry> showEntries(@NotNull @Valid NameFiles request) {
        return FileRecords.answer(
                reading.entries(caller, FileRecords.lfns(request.lfns())), entry -> FileRecords.entry(entry, false));
    }

    @POST
    @Path("replicas")
    public LfnAnswer<List<ReplicaRecord>> showReplicas(
            @Parameter(description = "Also those in another status than AprioriGood")
                    @QueryParam("all")
                    @DefaultValue("false")
                    boolean all,
            @NotNull @Valid NameFiles request) {
        return FileRecords.answer(reading.replicas(caller, FileRecords.lfns(request.lfns()), all), FileRecords::shown);
    }

    @GET
    @Path("list")
    public CatalogPage listDirectory(
            @QueryParam("directory") @NotNull String directory,
            @Parameter(description = "Files come with their replicas") @QueryParam("replicas") @DefaultValue("false")
                    boolean replicas,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(PageRequest.MAX_LIMIT) int limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Page<org.diracee.dms.catalog.boundary.CatalogEntry> page =
                reading.list(caller, new Lfn(directory), replicas, new PageRequest(limit, Optional.ofNullable(cursor)));
        return new CatalogPage(
                page.items().stream()
                        .map(entry -> FileRecords.entry(entry, replicas))
                        .toList(),
                page.next());
    }

    @POST
    @Path("guids")
    public LfnAnswer<List<String>> findByGuid(@NotNull List<@NotNull String> guids) {
        return FileRecords.answer(
                reading.withGuids(
                        caller,
                        guids.stream()
                                .map(guid -> UuidText.read("GUID", guid))
                                .distinct()
                                .toList()),
                lfns -> lfns.stream().map(Lfn::text).toList());
    }

    @POST
    @Path("ancestors")
    public LfnAnswer<Map<String, Integer>> showAncestors(
            @QueryParam("depth") @DefaultValue(MANY_STEPS) @Min(1) int depth, @NotNull @Valid NameFiles request) {
        return relatives(reading.relatives(caller, FileRecords.lfns(request.lfns()), false, depth));
    }

    @POST
    @Path("descendants")
    public LfnAnswer<Map<String, Integer>> showDescendants(
            @QueryParam("depth") @DefaultValue(MANY_STEPS) @Min(1) int depth, @NotNull @Valid NameFiles request) {
        return relatives(reading.relatives(caller, FileRecords.lfns(request.lfns()), true, depth));
    }

    @POST
    @Path("access")
    public LfnAnswer<CatalogAccess> showAccess(@NotNull @Valid NameFiles request) {
        return FileRecords.answer(
                reading.access(caller, FileRecords.lfns(request.lfns())),
                access -> new CatalogAccess(access.read(), access.write(), access.execute()));
    }

    @POST
    @Path("usage")
    public LfnAnswer<CatalogUsage> showUsage(@NotNull @Valid NameFiles request) {
        return FileRecords.answer(usage.below(caller, FileRecords.lfns(request.lfns())), FileRecords::usage);
    }

    @GET
    @Path("usage/owners")
    public List<OwnerUsage> showUsageOfOwners() {
        return usage.ofOwners(caller).stream()
                .map(owner -> new OwnerUsage(owner.owner(), owner.group(), FileRecords.usage(owner.use())))
                .toList();
    }

    @GET
    @Path("dump")
    public DumpPage dumpStorageElement(
            @QueryParam("se") @NotNull String se,
            @QueryParam("limit") @DefaultValue("1000") @Min(1) @Max(PageRequest.MAX_LIMIT) int limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Page<org.diracee.dms.catalog.boundary.DumpedReplica> page =
                reading.dump(caller, new SeName(se), new PageRequest(limit, Optional.ofNullable(cursor)));
        return new DumpPage(page.items().stream().map(FileRecords::dumped).toList(), page.next());
    }

    private static LfnAnswer<Map<String, Integer>> relatives(BulkResult<Lfn, Map<Lfn, Integer>> result) {
        return FileRecords.answer(result, depths -> {
            Map<String, Integer> shown = new LinkedHashMap<>();
            depths.forEach((lfn, depth) -> shown.put(lfn.text(), depth));
            return shown;
        });
    }
}
