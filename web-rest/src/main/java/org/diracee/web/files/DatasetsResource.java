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
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.diracee.client.wire.AddDataset;
import org.diracee.client.wire.CatalogPage;
import org.diracee.client.wire.DatasetCheck;
import org.diracee.client.wire.DatasetPage;
import org.diracee.client.wire.DatasetRecord;
import org.diracee.client.wire.LfnAnswer;
import org.diracee.client.wire.NameFiles;
import org.diracee.dms.metadata.boundary.Dataset;
import org.diracee.dms.metadata.boundary.Datasets;
import org.diracee.dms.metadata.boundary.MetadataQuery;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.paging.Page;
import org.diracee.kernel.paging.PageRequest;
import org.diracee.kernel.value.Lfn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Keeps queries under names in directories. */
@Path("api/files/datasets")
@RequestScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class DatasetsResource {

    private static final int ITEMS = 1000;
    private static final int COUNTED = 10;

    private Datasets datasets;
    private Caller caller;

    public DatasetsResource() {} // RESTEasy insists on a public one

    @Inject
    public DatasetsResource(Datasets datasets, Caller caller) {
        this.datasets = datasets;
        this.caller = caller;
    }

    @POST
    public LfnAnswer<DatasetRecord> addDatasets(
            @NotNull @Size(min = 1, max = COUNTED) Map<String, @NotNull @Valid AddDataset> wanted) {
        return FileRecords.answer(
                datasets.add(
                        caller,
                        FileRecords.byLfn(
                                wanted,
                                dataset -> new Dataset.NewDataset(
                                        MetadataQuery.of(dataset.query()), MetadataRecords.path(dataset.path())))),
                DatasetsResource::dataset);
    }

    @GET
    public DatasetPage listDatasets(
            @QueryParam("directory") @NotNull String directory,
            @Parameter(description = "Of their names; * stands for any characters, ? for one")
                    @QueryParam("pattern")
                    @DefaultValue("*")
                    String pattern,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(PageRequest.MAX_LIMIT) int limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Page<Dataset> page =
                datasets.list(caller, new Lfn(directory), pattern, new PageRequest(limit, Optional.ofNullable(cursor)));
        return new DatasetPage(
                page.items().stream().map(DatasetsResource::dataset).toList(), page.next());
    }

    @POST
    @Path("entries")
    public LfnAnswer<DatasetRecord> showDatasets(@NotNull @Valid NameFiles request) {
        return FileRecords.answer(datasets.show(caller, FileRecords.lfns(request.lfns())), DatasetsResource::dataset);
    }

    @GET
    @Path("files")
    public CatalogPage listDatasetFiles(
            @QueryParam("dataset") @NotNull String dataset,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(PageRequest.MAX_LIMIT) int limit,
            @QueryParam("cursor") @Nullable String cursor) {
        return MetadataRecords.page(
                datasets.files(caller, new Lfn(dataset), new PageRequest(limit, Optional.ofNullable(cursor))));
    }

    @POST
    @Path("check")
    public LfnAnswer<DatasetCheck> checkDatasets(@NotNull @Valid NameFiles request) {
        return FileRecords.answer(
                datasets.check(caller, FileRecords.lfns(request.lfns())),
                check -> new DatasetCheck(
                        !check.counted().equals(check.now()), figures(check.counted()), figures(check.now())));
    }

    @POST
    @Path("update")
    public LfnAnswer<DatasetRecord> updateDatasets(@NotNull @Valid NameFiles request) {
        return FileRecords.answer(datasets.update(caller, FileRecords.lfns(request.lfns())), DatasetsResource::dataset);
    }

    @POST
    @Path("freeze")
    public LfnAnswer<DatasetRecord> freezeDatasets(@NotNull @Valid NameFiles request) {
        return FileRecords.answer(datasets.freeze(caller, FileRecords.lfns(request.lfns())), DatasetsResource::dataset);
    }

    @POST
    @Path("release")
    public LfnAnswer<DatasetRecord> releaseDatasets(@NotNull @Valid NameFiles request) {
        return FileRecords.answer(
                datasets.release(caller, FileRecords.lfns(request.lfns())), DatasetsResource::dataset);
    }

    @PATCH
    @Path("annotations")
    public LfnAnswer<DatasetRecord> annotateDatasets(
            @NotNull @Size(min = 1, max = ITEMS) Map<String, @NotNull String> annotations) {
        return FileRecords.answer(
                datasets.annotate(caller, FileRecords.byLfn(annotations, Function.identity())),
                DatasetsResource::dataset);
    }

    @POST
    @Path("remove")
    public LfnAnswer<Boolean> removeDatasets(@NotNull @Valid NameFiles request) {
        return FileRecords.answer(datasets.remove(caller, FileRecords.lfns(request.lfns())), Function.identity());
    }

    private static DatasetRecord dataset(Dataset dataset) {
        return new DatasetRecord(
                dataset.lfn().text(),
                dataset.query().object(),
                dataset.path().text(),
                dataset.frozen() ? "Frozen" : "Dynamic",
                dataset.owner(),
                dataset.group(),
                figures(dataset.figures()),
                dataset.annotation(),
                dataset.created(),
                dataset.modified());
    }

    private static DatasetRecord.DatasetFigures figures(Dataset.Figures figures) {
        return new DatasetRecord.DatasetFigures(figures.files(), figures.bytes(), figures.hash());
    }
}
