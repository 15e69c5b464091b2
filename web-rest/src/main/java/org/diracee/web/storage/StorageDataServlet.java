/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.storage;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.diracee.client.wire.WireMapper;
import org.diracee.dms.storage.boundary.StorageContent;
import org.diracee.dms.storage.boundary.StorageFailure;
import org.diracee.dms.storage.boundary.StorageTransfers;
import org.diracee.dms.storage.boundary.StorageUpload;
import org.diracee.dms.storage.boundary.StoredEntry;
import org.diracee.dms.storage.boundary.UploadProgress;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.web.error.Problems;
import org.diracee.web.error.RequestFacts;
import org.diracee.web.http.ByteRange;
import org.diracee.web.http.HttpDate;
import org.diracee.web.http.RequestId;
import org.jspecify.annotations.Nullable;

/**
 * Takes and gives the bytes of our own storage elements, as HTTP and the plain part of WebDAV have it, and in pieces as tus has it. It is
 * no JAX-RS resource because it must not wait: a client that is slow holds a buffer and no thread.
 *
 * @see "RFC 9110; RFC 3230; RFC 4918; tus resumable upload protocol 1.0.0, core"
 */
@WebServlet(urlPatterns = "/api/storage-data/*", asyncSupported = true)
public class StorageDataServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final ObjectMapper JSON = WireMapper.strict();
    private static final String METHODS = "GET, HEAD, PUT, PATCH, DELETE, PROPFIND, MKCOL, OPTIONS";
    private static final String TUS = "Tus-Resumable";
    private static final String TUS_VERSION = "1.0.0";
    private static final String OFFSET = "Upload-Offset";
    private static final String LENGTH = "Upload-Length";
    private static final String PIECE = "application/offset+octet-stream";
    private static final int INSUFFICIENT_STORAGE = 507;
    private static final int MULTI_STATUS = 207;
    private static final int PAGE = 1000;
    private static final int ENDERS = 32;

    private final transient StorageTransfers transfers;

    private transient @Nullable ExecutorService enders;

    @Inject
    public StorageDataServlet(StorageTransfers transfers) {
        this.transfers = transfers;
    }

    /** Ends of files have threads of their own: reading a large file again keeps one for minutes. */
    @Resource
    void setThreadFactory(ManagedThreadFactory factory) {
        enders = Executors.newFixedThreadPool(ENDERS, factory);
    }

    @Override
    public void destroy() {
        if (enders != null) {
            enders.shutdown();
        }
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        RequestFacts facts = facts(request);
        try {
            StorageRequest asked = StorageRequest.of(request);
            switch (request.getMethod()) {
                case "GET" -> give(asked, request, response);
                case "HEAD" -> look(asked, request, response);
                case "PUT" -> take(asked, request, response, facts);
                case "PATCH" -> takePiece(asked, request, response, facts);
                case "DELETE" -> remove(asked, response);
                case "MKCOL" -> makeDirectory(asked, response);
                case "PROPFIND" -> describe(asked, request, response);
                case "OPTIONS" -> {
                    response.setHeader("Allow", METHODS);
                    response.setHeader("DAV", "1");
                    response.setHeader("Tus-Version", TUS_VERSION);
                    response.setHeader(TUS, TUS_VERSION);
                }
                default -> {
                    response.setHeader("Allow", METHODS);
                    response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
                }
            }
        } catch (RuntimeException failure) {
            // what is left of a body is not read: the connection cannot serve another request
            refuse(response, failure, facts, request.getContentLengthLong() != 0 && takesBytes(request));
        }
    }

    private void give(StorageRequest asked, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        StoredEntry entry = file(asked);
        Optional<ByteRange> part = Optional.of(new ByteRange(0, entry.size() - 1));
        String range = request.getHeader("Range");
        String condition = request.getHeader("If-Range");
        if (ByteRange.isAsked(range) && (condition == null || condition.strip().equals(tag(entry)))) {
            part = ByteRange.of(range, entry.size());
            if (part.isEmpty()) {
                response.setHeader("Content-Range", "bytes */" + entry.size());
                response.setStatus(HttpServletResponse.SC_REQUESTED_RANGE_NOT_SATISFIABLE);
                return;
            }
            response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
            response.setHeader(
                    "Content-Range",
                    "bytes " + part.get().first() + "-" + part.get().last() + "/" + entry.size());
        }
        describe(entry, response);
        response.setContentLengthLong(part.get().length());
        StorageContent content = transfers.read(
                asked.token(), asked.se(), asked.lfn(), part.get().first());
        if (content.size() != entry.size()) {
            content.close();
            throw new StorageFailure(StorageFailure.Reason.AWAY, "The file was replaced just now; repeat the request");
        }
        if (part.get().length() == 0) {
            content.close();
            return;
        }
        AsyncContext exchange = begin(request, response);
        response.getOutputStream()
                .setWriteListener(new SentFile(
                        exchange,
                        response.getOutputStream(),
                        content.content(),
                        part.get().length()));
    }

    private void look(StorageRequest asked, HttpServletRequest request, HttpServletResponse response) {
        if (request.getHeader(TUS) == null) {
            StoredEntry entry = file(asked);
            describe(entry, response);
            response.setContentLengthLong(entry.size());
            return;
        }
        Optional<UploadProgress> progress = transfers.progress(asked.token(), asked.se(), asked.lfn());
        response.setHeader(TUS, TUS_VERSION);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader(
                OFFSET, Long.toString(progress.map(UploadProgress::offset).orElse(0L)));
        progress.ifPresentOrElse(
                known -> response.setHeader(LENGTH, Long.toString(known.size())),
                () -> response.setHeader("Upload-Defer-Length", "1"));
    }

    private void take(
            StorageRequest asked, HttpServletRequest request, HttpServletResponse response, RequestFacts facts)
            throws IOException {
        long size = request.getContentLengthLong();
        if (size < 0) {
            response.sendError(HttpServletResponse.SC_LENGTH_REQUIRED);
            return;
        }
        if (request.getHeader("Content-Range") != null) {
            throw new InvalidRequest("PUT takes a whole file, without Content-Range: send pieces by PATCH");
        }
        StorageUpload upload =
                transfers.begin(asked.token(), asked.se(), asked.lfn(), size, StorageRequest.digest(request));
        receive(request, response, facts, upload, whole -> response.setStatus(HttpServletResponse.SC_CREATED));
    }

    private void takePiece(
            StorageRequest asked, HttpServletRequest request, HttpServletResponse response, RequestFacts facts)
            throws IOException {
        response.setHeader(TUS, TUS_VERSION);
        if (!PIECE.equals(request.getContentType())) {
            throw new InvalidRequest("The content type of a piece is " + PIECE);
        }
        StorageUpload upload = transfers.resume(
                asked.token(),
                asked.se(),
                asked.lfn(),
                StorageRequest.number(request, OFFSET),
                StorageRequest.number(request, LENGTH),
                StorageRequest.digest(request));
        receive(request, response, facts, upload, whole -> {
            response.setHeader(OFFSET, Long.toString(upload.offset()));
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        });
    }

    private void receive(
            HttpServletRequest request,
            HttpServletResponse response,
            RequestFacts facts,
            StorageUpload upload,
            ReceivedFile.Answer answer)
            throws IOException {
        if (request.getContentLengthLong() == 0) {
            try (upload) {
                answer.tell(upload.complete());
            }
            return;
        }
        AsyncContext exchange = begin(request, response);
        request.getInputStream()
                .setReadListener(new ReceivedFile(
                        Objects.requireNonNull(enders),
                        exchange,
                        request.getInputStream(),
                        upload,
                        answer,
                        failure -> refuse(response, failure, facts, true)));
    }

    private void remove(StorageRequest asked, HttpServletResponse response) {
        response.setStatus(
                transfers.remove(asked.token(), asked.se(), asked.lfn())
                        ? HttpServletResponse.SC_NO_CONTENT
                        : HttpServletResponse.SC_NOT_FOUND);
    }

    private void makeDirectory(StorageRequest asked, HttpServletResponse response) {
        transfers.makeDirectory(asked.token(), asked.se(), asked.lfn());
        response.setStatus(HttpServletResponse.SC_CREATED);
    }

    private void describe(StorageRequest asked, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        StoredEntry entry =
                transfers.stat(asked.token(), asked.se(), asked.lfn()).orElseThrow(() -> absent(asked));
        List<StoredEntry> children = entry.directory() && !"0".equals(request.getHeader("Depth"))
                ? transfers
                        .list(asked.token(), asked.se(), asked.lfn(), Optional.empty(), PAGE)
                        .entries()
                : List.of();
        byte[] body = DavAnswer.of(request.getRequestURI(), entry, children);
        response.setStatus(MULTI_STATUS);
        response.setContentType("application/xml;charset=utf-8");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private StoredEntry file(StorageRequest asked) {
        StoredEntry entry =
                transfers.stat(asked.token(), asked.se(), asked.lfn()).orElseThrow(() -> absent(asked));
        if (entry.directory()) {
            throw new InvalidRequest(asked.lfn() + " at " + asked.se() + " is a directory, no file");
        }
        return entry;
    }

    private static StorageFailure absent(StorageRequest asked) {
        return new StorageFailure(StorageFailure.Reason.ABSENT, asked.lfn() + " is not there at " + asked.se());
    }

    private static void describe(StoredEntry entry, HttpServletResponse response) {
        response.setContentType("application/octet-stream");
        response.setHeader("Accept-Ranges", "bytes");
        response.setHeader("ETag", tag(entry));
        response.setHeader("Cache-Control", "private, no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Content-Disposition", "attachment");
        entry.modified().ifPresent(time -> response.setHeader("Last-Modified", HttpDate.text(time)));
        StorageRequest.digestText(entry.checksums()).ifPresent(digest -> response.setHeader("Digest", digest));
    }

    private static String tag(StoredEntry entry) {
        return "\"" + entry.checksums().adler32().orElse("") + "-" + entry.size() + "-"
                + entry.modified().map(time -> time.toEpochMilli()).orElse(0L) + "\"";
    }

    private static AsyncContext begin(HttpServletRequest request, HttpServletResponse response) {
        AsyncContext exchange = request.startAsync(request, response);
        exchange.setTimeout(0); // the listener's time-outs of the connection end what stalls
        return exchange;
    }

    private static boolean takesBytes(HttpServletRequest request) {
        return request.getMethod().equals("PUT") || request.getMethod().equals("PATCH");
    }

    private static void refuse(HttpServletResponse response, Throwable failure, RequestFacts facts, boolean unread)
            throws IOException {
        try (Response answer = Problems.response(failure, facts)) {
            boolean full = failure instanceof StorageFailure storage && storage.reason() == StorageFailure.Reason.FULL;
            response.setStatus(full ? INSUFFICIENT_STORAGE : answer.getStatus());
            for (Map.Entry<String, List<Object>> header : answer.getHeaders().entrySet()) {
                response.setHeader(
                        header.getKey(), String.valueOf(header.getValue().get(0)));
            }
            if (unread) {
                response.setHeader("Connection", "close");
            }
            byte[] body = JSON.writeValueAsBytes(answer.getEntity());
            response.setContentLength(body.length);
            if (!facts.method().equals("HEAD")) {
                response.getOutputStream().write(body);
            }
        }
    }

    private static RequestFacts facts(HttpServletRequest request) {
        return new RequestFacts(
                RequestId.current(),
                request.getMethod(),
                request.getRequestURI(),
                Optional.ofNullable(request.getContentType()));
    }
}
