/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.files;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.diracee.client.wire.AddReplica;
import org.diracee.client.wire.LfnAnswer;
import org.diracee.client.wire.NameFiles;
import org.diracee.client.wire.RegisterFiles;
import org.diracee.client.wire.RegisteredFile;
import org.diracee.dms.catalog.boundary.CatalogStatus;
import org.diracee.dms.catalog.boundary.FileCatalog;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.value.SeName;

/** Registers files and replicas in the catalogue, and takes them out. */
@Path("api/files")
@RequestScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class FilesResource {

    private static final int ITEMS = 1000;
    private static final int PLACES = 100;

    private FileCatalog catalog;
    private Caller caller;

    public FilesResource() {} // RESTEasy insists on a public one

    @Inject
    public FilesResource(FileCatalog catalog, Caller caller) {
        this.catalog = catalog;
        this.caller = caller;
    }

    @POST
    public LfnAnswer<RegisteredFile> registerFiles(@NotNull @Valid RegisterFiles request) {
        return FileRecords.answer(
                catalog.register(
                        caller, request.files().stream().map(FileRecords::file).toList()),
                file -> new RegisteredFile(file.guid(), file.made()));
    }

    @POST
    @Path("remove")
    public LfnAnswer<Boolean> removeFiles(@NotNull @Valid NameFiles request) {
        return FileRecords.answer(catalog.remove(caller, FileRecords.lfns(request.lfns())), Function.identity());
    }

    @PATCH
    @Path("status")
    public LfnAnswer<String> setFileStatuses(
            @NotNull @Size(min = 1, max = ITEMS) Map<String, @NotNull String> statuses) {
        return FileRecords.answer(
                catalog.changeStatus(caller, FileRecords.byLfn(statuses, CatalogStatus::parse)), CatalogStatus::text);
    }

    @POST
    @Path("replicas/add")
    public LfnAnswer<Integer> addReplicas(
            @NotNull @Size(min = 1, max = ITEMS)
                    Map<String, @NotNull @Size(max = PLACES) List<@NotNull @Valid AddReplica>> replicas) {
        return FileRecords.answer(
                catalog.addReplicas(caller, FileRecords.byLfn(replicas, FileRecords::replicas)), Function.identity());
    }

    @POST
    @Path("replicas/remove")
    public LfnAnswer<Integer> removeReplicas(
            @NotNull @Size(min = 1, max = ITEMS)
                    Map<String, @NotNull @Size(max = PLACES) List<@NotNull String>> replicas) {
        return FileRecords.answer(
                catalog.removeReplicas(caller, FileRecords.byLfn(replicas, names -> names.stream()
                        .map(SeName::new)
                        .toList())),
                Function.identity());
    }

    @PATCH
    @Path("replicas/status")
    public LfnAnswer<Integer> setReplicaStatuses(
            @NotNull @Size(min = 1, max = ITEMS)
                    Map<String, @NotNull @Size(min = 1, max = PLACES) Map<String, @NotNull String>> statuses) {
        return FileRecords.answer(
                catalog.changeReplicaStatus(caller, FileRecords.byLfn(statuses, FilesResource::bySe)),
                Function.identity());
    }

    private static Map<SeName, CatalogStatus> bySe(Map<String, String> statuses) {
        Map<SeName, CatalogStatus> bySe = new LinkedHashMap<>();
        statuses.forEach((se, status) -> bySe.put(new SeName(se), CatalogStatus.parse(status)));
        return bySe;
    }
}
