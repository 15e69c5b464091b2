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
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.diracee.client.wire.CatalogPage;
import org.diracee.client.wire.FindByMetadata;
import org.diracee.client.wire.LfnAnswer;
import org.diracee.client.wire.MetadataRecord;
import org.diracee.client.wire.NameFiles;
import org.diracee.dms.metadata.boundary.MetadataQuery;
import org.diracee.dms.metadata.boundary.MetadataSearch;
import org.diracee.dms.metadata.boundary.UserMetadata;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.paging.PageRequest;
import org.jspecify.annotations.Nullable;

/** Writes metadata on files and directories, and finds them by it. */
@Path("api/files/metadata")
@RequestScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class MetadataResource {

    private static final int ITEMS = 1000;
    private static final int NAMES = 100;

    private UserMetadata metadata;
    private MetadataSearch search;
    private Caller caller;

    public MetadataResource() {} // RESTEasy insists on a public one

    @Inject
    public MetadataResource(UserMetadata metadata, MetadataSearch search, Caller caller) {
        this.metadata = metadata;
        this.search = search;
        this.caller = caller;
    }

    @POST
    public LfnAnswer<Map<String, MetadataRecord>> showMetadata(@NotNull @Valid NameFiles request) {
        return FileRecords.answer(metadata.read(caller, FileRecords.lfns(request.lfns())), MetadataRecords::items);
    }

    @PATCH
    public LfnAnswer<Integer> setMetadata(
            @NotNull @Size(min = 1, max = ITEMS)
                    Map<String, @NotNull @Size(min = 1, max = NAMES) Map<String, @NotNull Object>> values) {
        return FileRecords.answer(
                metadata.write(caller, FileRecords.byLfn(values, MetadataRecords::texts)), Function.identity());
    }

    @POST
    @Path("remove")
    public LfnAnswer<Integer> removeMetadata(
            @NotNull @Size(min = 1, max = ITEMS)
                    Map<String, @NotNull @Size(min = 1, max = NAMES) List<@NotNull String>> names) {
        return FileRecords.answer(metadata.remove(caller, FileRecords.byLfn(names, Set::copyOf)), Function.identity());
    }

    @POST
    @Path("files")
    public CatalogPage findFiles(
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(PageRequest.MAX_LIMIT) int limit,
            @QueryParam("cursor") @Nullable String cursor,
            @NotNull @Valid FindByMetadata request) {
        return MetadataRecords.page(search.files(
                caller,
                MetadataQuery.of(request.query()),
                MetadataRecords.path(request.path()),
                new PageRequest(limit, Optional.ofNullable(cursor))));
    }

    @POST
    @Path("directories")
    public CatalogPage findDirectories(
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(PageRequest.MAX_LIMIT) int limit,
            @QueryParam("cursor") @Nullable String cursor,
            @NotNull @Valid FindByMetadata request) {
        return MetadataRecords.page(search.directories(
                caller,
                MetadataQuery.of(request.query()),
                MetadataRecords.path(request.path()),
                new PageRequest(limit, Optional.ofNullable(cursor))));
    }

    @POST
    @Path("values")
    public Map<String, List<Object>> findCompatibleValues(@NotNull @Valid FindByMetadata request) {
        return MetadataRecords.values(search.compatibleValues(
                caller, MetadataQuery.of(request.query()), MetadataRecords.path(request.path())));
    }
}
