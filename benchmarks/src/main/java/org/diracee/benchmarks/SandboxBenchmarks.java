/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.net.ssl.HttpsURLConnection;
import org.diracee.client.ApiClient;
import org.diracee.client.ApiRequest;
import org.diracee.client.wire.AnnounceSandbox;
import org.diracee.client.wire.AnnouncedSandbox;

/**
 * Sends archives much larger than the server's heap, several at once. A server that kept them in memory would end, and there
 * would be no figure.
 */
final class SandboxBenchmarks {

    private static final int UPLOADS = 4;
    private static final long SIZE = 2L << 30;
    private static final long WARM_UP_SIZE = 64L << 20;
    private static final int BUFFER = 64 * 1024;
    private static final int NO_CONTENT = 204;
    private static final int PATIENCE_MILLISECONDS = 600_000;

    private final Target target;
    private final ApiClient user;
    private final GridPki.ClientSide client;

    SandboxBenchmarks(Target target, ApiClient user) throws IOException, GeneralSecurityException {
        this.target = target;
        this.user = user;
        this.client = new GridPki(target.directory()).client();
    }

    /** Random bytes that are never kept as a whole; the same seed makes the same ones. */
    private record Content(long seed, long size) {

        void writeTo(OutputStream output) throws IOException {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] buffer = new byte[BUFFER];
            for (long left = size; left > 0; left -= buffer.length) {
                random.nextBytes(buffer);
                output.write(buffer, 0, (int) Math.min(buffer.length, left));
            }
        }

        String sha256() throws IOException, GeneralSecurityException {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            writeTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
            return HexFormat.of().formatHex(digest.digest());
        }
    }

    Result upload() throws Exception {
        round(WARM_UP_SIZE);
        double[] runs = {round(SIZE)}; // one, as it moves 8 GiB
        return Result.of(
                "sandbox-upload",
                "4 sandboxes of 2 GiB sent at once, server with a heap of 512 MiB; limit: the same bytes written to 4 files and"
                        + " forced to disk",
                "MB/s",
                null,
                null,
                "higher",
                limit(),
                runs);
    }

    /** Sends new archives, and removes them from the store; returns MB/s. */
    private double round(long size) throws Exception {
        List<Content> contents = contents(size);
        // all before the first announcement: its link lives for some minutes only
        List<String> checksums = atOnce(contents.stream()
                .<Callable<String>>map(content -> content::sha256)
                .toList());
        List<Callable<Long>> uploads = new ArrayList<>();
        for (int upload = 0; upload < UPLOADS; upload++) {
            Content content = contents.get(upload);
            AnnouncedSandbox place = user.call(
                    ApiRequest.post("/api/jobs/sandbox")
                            .json(new AnnounceSandbox("sha256", checksums.get(upload), size, "tar.zst")),
                    AnnouncedSandbox.class);
            uploads.add(() -> send(content, place));
        }
        double rate = megabytesPerSecond(uploads);
        removeStored();
        return rate;
    }

    private double limit() throws Exception {
        List<Callable<Long>> writes = new ArrayList<>();
        for (Content content : contents(SIZE)) {
            writes.add(() -> write(content));
        }
        return megabytesPerSecond(writes);
    }

    private long send(Content content, AnnouncedSandbox place) throws IOException, GeneralSecurityException {
        String boundary = "benchmark-" + content.seed();
        StringBuilder fields = new StringBuilder();
        place.fields()
                .forEach((name, value) ->
                        fields.append("--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                                .formatted(boundary, name, value)));
        byte[] head = (fields
                        + "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"file\"\r\n\r\n"
                                .formatted(boundary))
                .getBytes(StandardCharsets.UTF_8);
        byte[] tail = "\r\n--%s--\r\n".formatted(boundary).getBytes(StandardCharsets.UTF_8);
        HttpsURLConnection connection =
                (HttpsURLConnection) URI.create(Objects.requireNonNull(place.url(), "stored already"))
                        .toURL()
                        .openConnection();
        connection.setSSLSocketFactory(client.context().getSocketFactory());
        connection.setReadTimeout(PATIENCE_MILLISECONDS);
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "multipart/form-data; boundary=" + boundary);
        connection.setFixedLengthStreamingMode(head.length + content.size() + tail.length);
        try (OutputStream body = connection.getOutputStream()) {
            body.write(head);
            content.writeTo(body);
            body.write(tail);
        }
        if (connection.getResponseCode() != NO_CONTENT) {
            throw new IOException("the upload was answered " + connection.getResponseCode());
        }
        return content.size();
    }

    private long write(Content content) throws IOException {
        Path file = Files.createTempFile(target.directory(), "bare", null);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            content.writeTo(Channels.newOutputStream(channel));
            channel.force(true);
        } finally {
            Files.delete(file);
        }
        return content.size();
    }

    /** So that each round needs the same disk; the store takes for new what it lost. */
    private void removeStored() throws IOException {
        try (Stream<Path> files = Files.walk(target.directory().resolve("server/data/sandboxes"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
    }

    private static List<Content> contents(long size) {
        return new SplittableRandom()
                .longs(UPLOADS)
                .mapToObj(seed -> new Content(seed, size))
                .toList();
    }

    private static double megabytesPerSecond(List<Callable<Long>> work) throws InterruptedException {
        long begin = System.nanoTime();
        long bytes = atOnce(work).stream().mapToLong(Long::longValue).sum();
        return bytes / 1e6 / ((System.nanoTime() - begin) / 1e9);
    }

    private static <T> List<T> atOnce(List<Callable<T>> work) throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(work.size());
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> future : pool.invokeAll(work)) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException failed) {
            throw new IllegalStateException("a piece of work failed, so there is no figure", failed.getCause());
        } finally {
            pool.shutdownNow();
        }
    }
}
