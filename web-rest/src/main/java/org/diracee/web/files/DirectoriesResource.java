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
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.function.Function;
import org.diracee.client.wire.ChangeCatalogEntry;
import org.diracee.client.wire.LfnAnswer;
import org.diracee.client.wire.NameFiles;
import org.diracee.dms.catalog.boundary.CatalogTree;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.value.Lfn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** Makes, moves and removes directories of the catalogue, moves files, and says whose they are. */
@Path("api/files")
@RequestScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class DirectoriesResource {

    private static final int ITEMS = 1000;

    private CatalogTree tree;
    private Caller caller;

    public DirectoriesResource() {} // RESTEasy insists on a public one

    @Inject
    public DirectoriesResource(CatalogTree tree, Caller caller) {
        this.tree = tree;
        this.caller = caller;
    }

    @POST
    @Path("directories")
    public LfnAnswer<Boolean> makeDirectories(@NotNull @Valid NameFiles request) {
        return FileRecords.answer(tree.makeDirectories(caller, FileRecords.lfns(request.lfns())), Function.identity());
    }

    @POST
    @Path("directories/remove")
    public LfnAnswer<Boolean> removeDirectories(@NotNull @Valid NameFiles request) {
        return FileRecords.answer(
                tree.removeDirectories(caller, FileRecords.lfns(request.lfns())), Function.identity());
    }

    @POST
    @Path("move")
    public LfnAnswer<String> moveFiles(@NotNull @Size(min = 1, max = ITEMS) Map<String, @NotNull String> names) {
        return FileRecords.answer(tree.move(caller, FileRecords.byLfn(names, Lfn::new)), Lfn::text);
    }

    @PATCH
    @Path("entries")
    public LfnAnswer<Integer> changeEntries(
            @Parameter(description = "Also all below, as far as the caller may")
                    @QueryParam("recursive")
                    @DefaultValue("false")
                    boolean recursive,
            @NotNull @Size(min = 1, max = ITEMS) Map<String, @NotNull @Valid ChangeCatalogEntry> changes) {
        return FileRecords.answer(
                tree.change(caller, FileRecords.byLfn(changes, FileRecords::change), recursive), Function.identity());
    }
}
