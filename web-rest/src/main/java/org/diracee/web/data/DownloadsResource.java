/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.data;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.diracee.client.wire.FindDownloads;
import org.diracee.client.wire.FoundDownload;
import org.diracee.client.wire.LfnAnswer;
import org.diracee.dms.data.boundary.Downloads;
import org.diracee.dms.data.boundary.OfferedReplicas;
import org.diracee.dms.storage.boundary.StorageContent;
import org.diracee.framework.configuration.boundary.Deployment;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.paging.BulkResult;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.SeName;
import org.diracee.kernel.value.SiteName;
import org.diracee.web.http.ByteRange;
import org.jspecify.annotations.Nullable;

/** Tells where files can be read, and gives their bytes where nobody else does. */
@Path("api/data")
@RequestScoped
public class DownloadsResource {

    private static final int BUFFER = 64 * 1024;

    private Downloads downloads;
    private Deployment deployment;
    private Caller caller;

    public DownloadsResource() {} // RESTEasy insists on a public one

    @Inject
    public DownloadsResource(Downloads downloads, Deployment deployment, Caller caller) {
        this.downloads = downloads;
        this.deployment = deployment;
        this.caller = caller;
    }

    @POST
    @Path("downloads")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public LfnAnswer<FoundDownload> findDownloads(@NotNull @Valid FindDownloads request) {
        DataRecords records = new DataRecords(deployment.publicUrl());
        BulkResult<Lfn, OfferedReplicas> offered = downloads.offer(
                caller, DataRecords.lfns(request.lfns()), request.site().map(SiteName::new));
        Map<Lfn, FoundDownload> found = new LinkedHashMap<>();
        offered.success().forEach((lfn, replicas) -> found.put(lfn, records.found(lfn, replicas)));
        return DataRecords.answer(new BulkResult<>(found, offered.failed()), download -> download);
    }

    @GET
    @Path("content")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    public Response getContent(
            @QueryParam("lfn") @NotNull String lfn,
            @QueryParam("se") @NotNull String se,
            @HeaderParam("Range") @Nullable String range,
            @Context Request asked) {
        Lfn file = new Lfn(lfn);
        SeName place = new SeName(se);
        long size = downloads.size(caller, file, place);
        if (asked.getMethod().equals("HEAD")) {
            return described(Response.ok(), size).build();
        }
        if (!ByteRange.isAsked(range)) {
            return bytes(Response.ok(), file, place, new ByteRange(0, size - 1));
        }
        Optional<ByteRange> part = ByteRange.of(String.valueOf(range), size);
        if (part.isEmpty()) {
            return Response.status(Response.Status.REQUESTED_RANGE_NOT_SATISFIABLE)
                    .header("Content-Range", "bytes */" + size)
                    .build();
        }
        return bytes(
                Response.status(Response.Status.PARTIAL_CONTENT)
                        .header(
                                "Content-Range",
                                "bytes " + part.get().first() + "-" + part.get().last() + "/" + size),
                file,
                place,
                part.get());
    }

    private Response bytes(Response.ResponseBuilder answer, Lfn lfn, SeName se, ByteRange part) {
        // opened now, so that what is not there is said by the status
        StorageContent opened = downloads.open(caller, lfn, se, part.first(), OptionalLong.of(part.length()));
        StreamingOutput content = output -> copy(opened, part.length(), output);
        return described(answer, part.length()).entity(content).build();
    }

    private static Response.ResponseBuilder described(Response.ResponseBuilder answer, long length) {
        return answer.header(HttpHeaders.CONTENT_LENGTH, length)
                .header("Accept-Ranges", "bytes")
                .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
                .header("X-Content-Type-Options", "nosniff");
    }

    private static void copy(StorageContent opened, long length, OutputStream output) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (opened) {
            long left = length;
            while (left > 0) {
                int read = opened.content().read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    throw new IOException("The file is shorter at its storage element than in the catalogue");
                }
                output.write(buffer, 0, read);
                left -= read;
            }
        }
    }
}
