/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import org.diracee.client.ApiClient;
import org.diracee.client.Storage;
import org.diracee.client.wire.StorageTestRecord;

/**
 * Moves files much larger than the server's heap to and from its own storage element, beside 500 clients that take a little at a time.
 * The peer is nginx with the same certificate, written to and read from by the same client.
 */
final class StreamBenchmarks {

    private static final String SE = "BENCH-disk";
    private static final int STREAMS = 2;
    private static final long SIZE = 5_000_000_000L;
    private static final long PEER_SIZE = 2_000_000_000L;
    private static final long WARM_UP_SIZE = 200_000_000L;
    private static final int RUNS = 3;
    private static final int SLOW = 500;
    private static final int BUFFER = 1 << 20;
    private static final double FLOOR = 0.6;
    private static final double GOAL = 0.8;
    private static final int PATIENCE_MILLISECONDS = 600_000;

    private final Target target;
    private final Storage storage;
    private final SSLContext trust;

    StreamBenchmarks(Target target, ApiClient user) throws IOException, GeneralSecurityException {
        this.target = target;
        this.storage = new Storage(user);
        this.trust = new GridPki(target.directory()).client().context();
    }

    /** Where a file lies, and by which headers it is written and read. */
    private record Place(String id, URI url, Map<String, String> writing, Map<String, String> reading) {}

    List<Result> measure() throws Exception {
        Nginx nginx = new Nginx(target.directory());
        double[] peerIn = new double[RUNS];
        double[] peerOut = new double[RUNS];
        nginx.start();
        try {
            List<Place> there = nginx.places();
            move(there, WARM_UP_SIZE, true);
            for (int run = 0; run < RUNS; run++) {
                peerIn[run] = move(there, PEER_SIZE, true);
                peerOut[run] = move(there, PEER_SIZE, false);
            }
        } finally {
            nginx.stop();
        }
        double[] in = new double[RUNS];
        double[] out = new double[RUNS];
        ours(WARM_UP_SIZE, in, out, 0);
        List<Socket> slow = slowClients();
        try {
            for (int run = 0; run < RUNS; run++) {
                ours(SIZE, in, out, run);
            }
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
        return List.of(result("stream-in", "written to", peerIn, in), result("stream-out", "read from", peerOut, out));
    }

    private void ours(long size, double[] in, double[] out, int run) throws Exception {
        List<Place> here = new ArrayList<>();
        for (int stream = 0; stream < STREAMS; stream++) {
            here.add(place());
        }
        in[run] = move(here, size, true);
        out[run] = move(here, size, false);
        here.forEach(place -> storage.endTest(SE, place.id()));
    }

    private Result result(String name, String done, double[] peer, double[] runs) {
        double median = Load.median(peer);
        return Result.of(
                        name,
                        STREAMS + " files of 5 GB " + done
                                + " an own storage element at once, server with a heap of 512 MiB, " + SLOW
                                + " slow clients beside; peer: nginx with 2 GB, without slow clients",
                        "MB/s",
                        FLOOR * median,
                        GOAL * median,
                        "higher",
                        null,
                        runs)
                .beside("nginx", "of this machine", median);
    }

    private Place place() {
        StorageTestRecord test = storage.test(SE);
        var upload = test.upload().orElseThrow();
        return new Place(
                test.id(),
                URI.create(upload.url()),
                upload.headers(),
                test.download().orElseThrow().headers());
    }

    private double move(List<Place> places, long size, boolean in) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(places.size());
        try {
            long begin = System.nanoTime();
            List<Callable<Long>> work = new ArrayList<>();
            for (Place place : places) {
                work.add(() -> in ? put(place, size) : get(place));
            }
            long bytes = 0;
            for (Future<Long> moved : pool.invokeAll(work)) {
                bytes += moved.get();
            }
            return bytes / 1e6 / ((System.nanoTime() - begin) / 1e9);
        } finally {
            pool.shutdownNow();
        }
    }

    private long put(Place place, long size) throws IOException {
        HttpsURLConnection connection = connection(place, place.writing());
        byte[] buffer = random();
        connection.setRequestMethod("PUT");
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(size);
        try (OutputStream body = connection.getOutputStream()) {
            for (long left = size; left > 0; left -= buffer.length) {
                body.write(buffer, 0, (int) Math.min(buffer.length, left));
            }
        }
        if (connection.getResponseCode() / 100 != 2) {
            throw new IOException("PUT was answered " + connection.getResponseCode());
        }
        return size;
    }

    private long get(Place place) throws IOException {
        HttpsURLConnection connection = connection(place, place.reading());
        byte[] buffer = new byte[BUFFER];
        long bytes = 0;
        try (InputStream body = connection.getInputStream()) {
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                bytes += read;
            }
        }
        return bytes;
    }

    private HttpsURLConnection connection(Place place, Map<String, String> headers) throws IOException {
        HttpsURLConnection connection = (HttpsURLConnection) place.url().toURL().openConnection();
        connection.setSSLSocketFactory(trust.getSocketFactory());
        connection.setReadTimeout(PATIENCE_MILLISECONDS);
        headers.forEach(connection::setRequestProperty);
        return connection;
    }

    /** Clients that have asked for a large file and do not take it. */
    private List<Socket> slowClients() throws IOException {
        Place large = place();
        put(large, WARM_UP_SIZE);
        List<Socket> sockets = new ArrayList<>();
        for (int client = 0; client < SLOW; client++) {
            Socket socket = trust.getSocketFactory()
                    .createSocket(large.url().getHost(), large.url().getPort());
            String request = "GET " + large.url().getRawPath() + " HTTP/1.1\r\nHost: "
                    + large.url().getAuthority() + "\r\nAuthorization: "
                    + large.reading().get("Authorization") + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            if (socket.getInputStream().read() != 'H') {
                throw new IOException("a slow client got no answer");
            }
            sockets.add(socket);
        }
        return sockets;
    }

    private static byte[] random() {
        byte[] bytes = new byte[BUFFER];
        new SplittableRandom(1).nextBytes(bytes);
        return bytes;
    }

    /** The peer, on a port of this machine. */
    private record Nginx(Path run) {

        void start() throws IOException, InterruptedException {
            Path directory = Files.createDirectories(run.resolve("nginx"));
            Files.createDirectories(directory.resolve("data"));
            String p12 = run.resolve("tls/server.p12").toString();
            String password = "file:" + run.resolve("tls/password");
            call("openssl", "pkcs12", "-in", p12, "-passin", password, "-nodes", "-out", directory + "/server.pem");
            int port;
            try (ServerSocket free = new ServerSocket(0)) {
                port = free.getLocalPort();
            }
            Files.writeString(directory.resolve("port"), Integer.toString(port));
            Files.writeString(directory.resolve("nginx.conf"), """
                    worker_processes 2;
                    pid %1$s/nginx.pid;
                    error_log %1$s/error.log;
                    events { worker_connections 1024; }
                    http {
                      access_log off;
                      client_max_body_size 0;
                      client_body_temp_path %1$s/body;
                      sendfile on;
                      server {
                        listen 127.0.0.1:%2$d ssl;
                        ssl_certificate %1$s/server.pem;
                        ssl_certificate_key %1$s/server.pem;
                        root %1$s/data;
                        dav_methods PUT DELETE;
                        create_full_put_path on;
                      }
                    }
                    """.formatted(directory, port));
            call("nginx", "-c", directory + "/nginx.conf", "-e", directory + "/error.log");
        }

        List<Place> places() throws IOException {
            String port = Files.readString(run.resolve("nginx/port"));
            List<Place> places = new ArrayList<>();
            for (int stream = 0; stream < STREAMS; stream++) {
                places.add(new Place("", URI.create("https://localhost:" + port + "/" + stream), Map.of(), Map.of()));
            }
            return places;
        }

        void stop() throws IOException, InterruptedException {
            call("nginx", "-c", run + "/nginx/nginx.conf", "-e", run + "/nginx/error.log", "-s", "stop");
            for (int stream = 0; stream < STREAMS; stream++) {
                Files.deleteIfExists(run.resolve("nginx/data/" + stream));
            }
        }

        private static void call(String... command) throws IOException, InterruptedException {
            Process process = new ProcessBuilder(command).inheritIO().start();
            if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IOException(command[0] + " failed");
            }
        }
    }
}
