/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.Adler32;
import java.util.zip.CheckedInputStream;
import org.diracee.client.wire.DataAccess;

/**
 * Moves the bytes of files to and from storage elements, whole or from where an earlier try broke off.
 *
 * @see "RFC 9110, section 14; tus resumable upload protocol 1.0.0, core"
 */
final class MovedBytes {

    private static final String EXPECT = "Expect";
    private static final String EXPECTED = "100-continue";
    private static final int OK = 200;
    private static final int PARTIAL = 206;
    private static final int REDIRECT = 300;
    private static final int ERROR = 400;
    private static final int CONFLICT = 409;
    private static final int PRECONDITION = 412;
    private static final int UNAVAILABLE = 503;
    private static final int TRIES = 4;
    /** Longer than servers need to notice that a connection broke, which are 90 s. */
    private static final int WAITS = 12;

    private static final Duration WAIT = Duration.ofSeconds(10);
    private static final int REDIRECTS = 5;
    private static final int BUFFER = 1 << 16;
    private static final long WORTH_RESUMING = 1L << 20;
    private static final long SLOWEST = 20_000; // bytes a second
    private static final Duration LEAST = Duration.ofMinutes(5);
    private static final String TUS = "Tus-Resumable";
    private static final String TUS_VERSION = "1.0.0";

    private final ApiClient client;

    MovedBytes(ApiClient client) {
        this.client = client;
    }

    static String adler32(Path file) throws IOException {
        try (CheckedInputStream content = new CheckedInputStream(Files.newInputStream(file), new Adler32())) {
            byte[] buffer = new byte[BUFFER];
            while (content.read(buffer) >= 0) {
                // only the checksum is wanted
            }
            return String.format("%08x", content.getChecksum().getValue());
        }
    }

    /**
     * Sends a file. If something is there already, that is left to the commit to compare.
     *
     * @throws DataRefused if the storage element does not take it
     */
    void send(DataAccess access, Path file, long size, String adler32, TransferProgress progress) {
        URI address = client.server().resolve(access.url());
        Map<String, String> headers = headers(access);
        RuntimeException last = null;
        int waited = 0;
        for (int attempt = 0; attempt < TRIES; ) {
            try {
                OptionalLong offset =
                        access.ours() || size < WORTH_RESUMING ? OptionalLong.empty() : offset(address, headers, size);
                if (offset.isEmpty()) {
                    boolean asks = size > 0
                            && (access.ours()
                                    || EXPECTED.equals(access.headers().get(EXPECT)));
                    sendWhole(access.method(), address, headers, asks, file, size, progress);
                    return;
                }
                HttpResponse<byte[]> answer = sendRest(address, headers, file, size, offset.getAsLong(), progress);
                boolean later = answer.statusCode() == UNAVAILABLE
                        || answer.statusCode() == CONFLICT && offset.getAsLong() < size;
                if (!later) {
                    accept(answer);
                    return;
                }
                // what an earlier try sent is still arriving, as far as the storage element knows
                if (waited++ == WAITS) {
                    throw refused(answer);
                }
                client.pause(WAIT, "PATCH " + address.getRawPath());
            } catch (ServerUnreachable broken) {
                last = broken;
                attempt++;
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        throw last == null ? new DataRefused("The bytes were not sent") : last;
    }

    private void sendWhole(
            String method,
            URI first,
            Map<String, String> headers,
            boolean asks,
            Path file,
            long size,
            TransferProgress progress)
            throws IOException {
        URI address = first;
        Map<String, String> shown = headers;
        for (int redirect = 0; redirect <= REDIRECTS; redirect++) {
            HttpRequest request = request(address, shown, size)
                    .expectContinue(asks)
                    .method(method, new WatchedBody(BodyPublishers.ofFile(file), progress))
                    .build();
            HttpResponse<byte[]> answer = client.sendTo(request, BodyHandlers.ofByteArray(), longest(size));
            if (answer.statusCode() / 100 == 3) {
                URI next = redirected(answer, address);
                shown = next.getRawAuthority().equals(address.getRawAuthority()) ? shown : Map.of();
                address = next;
                continue;
            }
            accept(answer);
            return;
        }
        throw new DataRefused(host(first) + " redirects again and again");
    }

    /** How much of the file an earlier try has sent; empty if the storage element takes files only whole. */
    private OptionalLong offset(URI address, Map<String, String> headers, long size) {
        HttpRequest request = request(address, headers, 0)
                .setHeader(TUS, TUS_VERSION)
                .method("HEAD", BodyPublishers.noBody())
                .build();
        HttpResponse<byte[]> answer = client.sendTo(request, BodyHandlers.ofByteArray(), LEAST);
        boolean knowsTus = answer.statusCode() / 100 == 2
                && answer.headers().firstValue(TUS).filter(TUS_VERSION::equals).isPresent();
        return knowsTus
                ? answer.headers()
                        .firstValue("Upload-Offset")
                        .filter(text -> text.matches("[0-9]{1,18}"))
                        .map(Long::parseLong)
                        .filter(offset -> offset <= size)
                        .map(OptionalLong::of)
                        .orElse(OptionalLong.empty())
                : OptionalLong.empty();
    }

    private HttpResponse<byte[]> sendRest(
            URI address, Map<String, String> headers, Path file, long size, long offset, TransferProgress progress)
            throws IOException {
        InputStream content = Files.newInputStream(file);
        try {
            content.skipNBytes(offset);
        } catch (IOException shorter) {
            content.close();
            throw shorter;
        }
        BodyPublisher rest = size == offset
                ? BodyPublishers.noBody()
                : BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> content), size - offset);
        HttpRequest request = request(address, headers, size)
                .setHeader(TUS, TUS_VERSION)
                .setHeader("Upload-Offset", Long.toString(offset))
                .setHeader("Upload-Length", Long.toString(size))
                .setHeader("Content-Type", "application/offset+octet-stream")
                .method("PATCH", new WatchedBody(rest, (done, all) -> progress.moved(offset + done, size)))
                .build();
        try (content) {
            return client.sendTo(request, BodyHandlers.ofByteArray(), longest(size - offset));
        }
    }

    private static void accept(HttpResponse<byte[]> answer) {
        int status = answer.statusCode();
        boolean there = status == CONFLICT || status == PRECONDITION;
        if (status / 100 != 2 && !there) {
            throw refused(answer);
        }
    }

    private static DataRefused refused(HttpResponse<byte[]> answer) {
        return new DataRefused(host(answer.uri()) + " answered " + answer.statusCode() + ": "
                + ApiError.of(answer.statusCode(), answer.body(), null).detail());
    }

    /**
     * Fetches a file into one that may have its beginning already.
     *
     * @throws DataRefused if the storage element does not give it, or gives another
     */
    void fetch(DataAccess access, Path part, long size, Optional<String> adler32, TransferProgress progress)
            throws IOException {
        ServerUnreachable last = null;
        if (adler32.isEmpty()) {
            // whether beginning and end belong together could not be told
            Files.deleteIfExists(part);
        }
        for (int attempt = 0; attempt < TRIES; attempt++) {
            try {
                fetchRest(access, part, size, progress);
                verify(access, part, size, adler32);
                return;
            } catch (ServerUnreachable broken) {
                last = broken;
            }
        }
        throw last == null ? new DataRefused("The bytes were not sent") : last;
    }

    private void fetchRest(DataAccess access, Path part, long size, TransferProgress progress) throws IOException {
        try (FileChannel file = FileChannel.open(
                part,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS)) {
            if (file.size() > size) {
                file.truncate(0);
            }
            long from = file.size();
            if (from == size && size > 0) {
                return;
            }
            URI address = client.server().resolve(access.url());
            Map<String, String> shown = headers(access);
            for (int redirect = 0; redirect <= REDIRECTS; redirect++) {
                HttpRequest.Builder request =
                        request(address, shown, size).method(access.method(), BodyPublishers.noBody());
                if (from > 0) {
                    request.setHeader("Range", "bytes=" + from + "-");
                }
                HttpResponse<InputStream> answer =
                        client.sendTo(request.build(), BodyHandlers.ofInputStream(), longest(size));
                try (InputStream content = answer.body()) {
                    if (answer.statusCode() < REDIRECT) {
                        take(answer, content, file, size, progress);
                        return;
                    }
                    if (answer.statusCode() >= ERROR) {
                        throw new DataRefused(host(address) + " answered " + answer.statusCode() + ": "
                                + ApiError.of(answer.statusCode(), content.readNBytes(BUFFER), null)
                                        .detail());
                    }
                }
                URI next = redirected(answer, address);
                shown = next.getRawAuthority().equals(address.getRawAuthority()) ? shown : Map.of();
                address = next;
            }
            throw new DataRefused(host(address) + " redirects again and again");
        }
    }

    private void take(
            HttpResponse<InputStream> answer,
            InputStream content,
            FileChannel file,
            long size,
            TransferProgress progress)
            throws IOException {
        long at = file.size();
        if (answer.statusCode() == OK) {
            file.truncate(0);
            at = 0;
        } else if (answer.statusCode() != PARTIAL
                || answer.headers()
                        .firstValue("Content-Range")
                        .filter(("bytes " + at + "-" + (size - 1) + "/" + size)::equals)
                        .isEmpty()) {
            throw new DataRefused(
                    host(answer.uri()) + " answered " + answer.statusCode() + " with another part than was asked for");
        }
        byte[] buffer = new byte[BUFFER];
        while (at <= size) {
            int read;
            try {
                read = content.read(buffer);
            } catch (IOException broken) {
                throw new ServerUnreachable(
                        answer.uri(), "the answer broke off after " + at + " of " + size + " bytes", broken);
            }
            if (read < 0) {
                break;
            }
            ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
            while (bytes.hasRemaining()) {
                at += file.write(bytes, at);
            }
            progress.moved(at, size);
        }
    }

    private static void verify(DataAccess access, Path part, long size, Optional<String> adler32) throws IOException {
        long length = Files.size(part);
        String wrong = "";
        if (length != size) {
            wrong = "it gave " + length + " bytes, registered are " + size;
        } else if (adler32.isPresent() && !adler32(part).equals(adler32.get())) {
            wrong = "it gave other bytes: the adler32 is " + adler32(part) + ", registered is " + adler32.get();
        }
        if (!wrong.isEmpty()) {
            // of another replica, nothing of this one is of use
            Files.deleteIfExists(part);
            throw new DataRefused(wrong + " (" + access + ")");
        }
    }

    private Map<String, String> headers(DataAccess access) {
        Map<String, String> headers = new LinkedHashMap<>(access.headers());
        if (access.ours()) {
            client.bearer().ifPresent(token -> headers.put("Authorization", "Bearer " + token));
        }
        return headers;
    }

    private static HttpRequest.Builder request(URI address, Map<String, String> headers, long size) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(longest(size));
        headers.forEach((name, value) -> {
            if (!name.equals(EXPECT)) { // the client of HTTP writes that itself
                request.setHeader(name, value);
            }
        });
        return request;
    }

    /** A redirect may not leave TLS. */
    private static URI redirected(HttpResponse<?> answer, URI from) {
        URI next = answer.headers()
                .firstValue("Location")
                .map(from::resolve)
                .filter(to -> to.getHost() != null)
                .orElseThrow(() -> new DataRefused(host(from) + " redirects to nowhere"));
        if (!next.getScheme().equals(from.getScheme()) && !"https".equals(next.getScheme())) {
            throw new DataRefused(host(from) + " redirects to an address without TLS");
        }
        return next;
    }

    private static Duration longest(long size) {
        return LEAST.plusSeconds(size / SLOWEST);
    }

    private static String host(URI address) {
        return address.getRawAuthority();
    }
}
