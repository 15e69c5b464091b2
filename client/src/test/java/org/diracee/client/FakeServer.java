/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers in the order in which a test laid the answers down, and keeps what it was asked. */
public final class FakeServer implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, Deque<Reply>> replies = new LinkedHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    public FakeServer() throws IOException {
        this(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    FakeServer(HttpServer server) {
        this.server = server;
        server.createContext("/", this::handle);
        server.start();
    }

    public URI address() {
        return URI.create("http://localhost:" + port());
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Answers the next call of {@code "METHOD /path"} so; the last answer laid down is repeated for ever. */
    public FakeServer on(String call, int status, String body, String... headers) {
        synchronized (replies) {
            replies.computeIfAbsent(call, key -> new ArrayDeque<>())
                    .add(new Reply(status, body.getBytes(UTF_8), headers));
        }
        return this;
    }

    public FakeServer on(String call, byte[] body) {
        synchronized (replies) {
            replies.computeIfAbsent(call, key -> new ArrayDeque<>()).add(new Reply(200, body));
        }
        return this;
    }

    public List<Request> requests() {
        return requests;
    }

    public List<Request> requests(String call) {
        return requests.stream().filter(request -> request.call().equals(call)).toList();
    }

    public Request last() {
        return requests.get(requests.size() - 1);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String call =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        Map<String, String> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values.get(0)));
        byte[] body = exchange.getRequestBody().readAllBytes();
        String query = exchange.getRequestURI().getRawQuery();
        requests.add(new Request(call, query == null ? "" : query, headers, new String(body, UTF_8)));
        Reply reply;
        synchronized (replies) {
            Deque<Reply> line = replies.getOrDefault(call, new ArrayDeque<>());
            Reply head = line.size() > 1 ? line.poll() : line.peek();
            reply = head == null
                    ? new Reply(
                            404,
                            "{\"detail\":\"nothing laid down for %s\"}"
                                    .formatted(call)
                                    .getBytes(UTF_8))
                    : head;
        }
        for (int i = 0; i + 1 < reply.headers().length; i += 2) {
            exchange.getResponseHeaders().add(reply.headers()[i], reply.headers()[i + 1]);
        }
        exchange.sendResponseHeaders(reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(reply.body());
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** What came in; header names in lower case. */
    public record Request(String call, String query, Map<String, String> headers, String body) {}

    @SuppressWarnings("ArrayRecordComponent")
    private record Reply(int status, byte[] body, String... headers) {}
}
