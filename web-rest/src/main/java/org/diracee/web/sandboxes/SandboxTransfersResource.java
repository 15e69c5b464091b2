/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.sandboxes;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.web.http.ByteRange;
import org.diracee.wms.sandbox.boundary.SandboxTransfers;
import org.diracee.wms.sandbox.boundary.SignedTransfer;
import org.diracee.wms.sandbox.boundary.StoredSandbox;
import org.diracee.wms.sandbox.boundary.TransferDirection;
import org.jspecify.annotations.Nullable;

/**
 * Takes and gives the bytes of sandboxes for whoever holds a signed link; no token is looked at here.
 *
 * @see "DiracX REST reference 8"
 */
@Path(TransferLinks.PATH)
@RequestScoped
public class SandboxTransfersResource {

    private static final String ONE_SANDBOX = "{pfn: .+}";
    private static final int BUFFER = 64 * 1024;

    private SandboxTransfers transfers;

    public SandboxTransfersResource() {} // RESTEasy insists on a public one

    @Inject
    public SandboxTransfersResource(SandboxTransfers transfers) {
        this.transfers = transfers;
    }

    @POST
    @Path(ONE_SANDBOX)
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public Response upload(
            @PathParam("pfn") String path,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) MediaType contentType,
            InputStream body) {
        MultipartUpload form = MultipartUpload.begin(contentType, body);
        SignedTransfer transfer = TransferLinks.read(TransferDirection.UPLOAD, path, form.fields());
        // not closed: that would read on to the end of what was refused
        transfers.receive(transfer, form.file());
        return Response.noContent().build();
    }

    @GET
    @Path(ONE_SANDBOX)
    public Response download(
            @PathParam("pfn") String path,
            @HeaderParam("Range") @Nullable String range,
            @HeaderParam("If-Range") @Nullable String ifRange,
            @Context UriInfo address) {
        StoredSandbox sandbox = transfers.open(TransferLinks.read(TransferDirection.DOWNLOAD, path, query(address)));
        if (!ByteRange.isAsked(range) || ifRange != null && !ifRange.strip().equals(tag(sandbox))) {
            return bytes(Response.ok(), sandbox, new ByteRange(0, sandbox.size() - 1));
        }
        Optional<ByteRange> wanted = ByteRange.of(String.valueOf(range), sandbox.size());
        if (wanted.isEmpty()) {
            return Response.status(Response.Status.REQUESTED_RANGE_NOT_SATISFIABLE)
                    .header("Content-Range", "bytes */" + sandbox.size())
                    .build();
        }
        ByteRange part = wanted.get();
        Response.ResponseBuilder partial = Response.status(Response.Status.PARTIAL_CONTENT)
                .header("Content-Range", "bytes " + part.first() + "-" + part.last() + "/" + sandbox.size());
        return bytes(partial, sandbox, part);
    }

    private static Response bytes(Response.ResponseBuilder answer, StoredSandbox sandbox, ByteRange range) {
        StreamingOutput content = output -> copy(sandbox, range, output);
        return answer.entity(content)
                .type(sandbox.pfn().format().mediaType())
                .header(HttpHeaders.CONTENT_LENGTH, range.length())
                .header("Accept-Ranges", "bytes")
                .header(HttpHeaders.ETAG, tag(sandbox))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"sandbox."
                                + sandbox.pfn().format().wireName() + "\"")
                // the address is a credential
                .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }

    /** The same bytes have the same checksum, so a part of them may be taken up by anybody who has the others. */
    private static String tag(StoredSandbox sandbox) {
        return "\"" + sandbox.pfn().sha256() + "\"";
    }

    private static void copy(StoredSandbox sandbox, ByteRange range, OutputStream output) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (InputStream content = sandbox.read(range.first())) {
            long left = range.length();
            while (left > 0) {
                int read = content.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    throw new IOException("The stored sandbox is shorter than it was");
                }
                output.write(buffer, 0, read);
                left -= read;
            }
        }
    }

    private static Map<String, String> query(UriInfo address) {
        Map<String, String> fields = new HashMap<>();
        for (Map.Entry<String, List<String>> parameter :
                address.getQueryParameters().entrySet()) {
            if (!parameter.getValue().isEmpty()) {
                fields.put(parameter.getKey(), parameter.getValue().get(0));
            }
        }
        return fields;
    }
}
