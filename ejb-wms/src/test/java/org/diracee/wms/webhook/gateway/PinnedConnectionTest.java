/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.webhook.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.diracee.wms.webhook.control.TargetRules;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PinnedConnectionTest {

    private static final TargetRules LOCAL = new TargetRules(false, true);

    private final PinnedConnection connection = new PinnedConnection();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    PinnedConnectionTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            received.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Host") + " "
                    + exchange.getRequestHeaders().getFirst("webhook-id") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            int status = Integer.parseInt(exchange.getRequestURI().getPath().substring(1));
            if (status == 302) {
                exchange.getResponseHeaders().add("Location", "/200");
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void postsTheMessageWithItsHeaders() throws IOException {
        assertThat(connection.post(at("/200?a=b%20c"), Map.of("webhook-id", "m1"), "{\"ä\":1}", LOCAL))
                .isEqualTo(200);
        assertThat(received)
                .containsExactly(
                        "POST /200?a=b%20c localhost:" + server.getAddress().getPort() + " m1 {\"ä\":1}");
    }

    @Test
    void followsNoRedirect() throws IOException {
        assertThat(connection.post(at("/302"), Map.of(), "{}", LOCAL)).isEqualTo(302);
        assertThat(received).hasSize(1);
    }

    @Test
    void looksAtTheAddressThatANameLeadsTo() {
        assertThatThrownBy(() -> connection.post(at("/200"), Map.of(), "{}", new TargetRules(true, false)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("where no webhook may be");
        assertThat(received).isEmpty();
    }

    @Test
    void whatSpeaksNoHttpIsAFailure() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread answering = new Thread(() -> {
                try (var socket = other.accept()) {
                    socket.getOutputStream().write("SSH-2.0-x\r\n".getBytes(UTF_8));
                } catch (IOException ended) {
                    // the other side has gone
                }
            });
            answering.start();
            assertThatThrownBy(() -> connection.post(
                            URI.create("http://localhost:" + other.getLocalPort() + "/"), Map.of(), "{}", LOCAL))
                    .isInstanceOf(IOException.class);
        }
    }

    /** A time-out of reading would begin anew with each byte. */
    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    @Timeout(8)
    void aServerThatSendsAByteNowAndThenHoldsNobody(String scheme) throws IOException {
        ScheduledExecutorService drip = Executors.newSingleThreadScheduledExecutor();
        try (ServerSocket slow = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            drip.execute(() -> {
                try {
                    OutputStream out = slow.accept().getOutputStream();
                    // a record of the handshake that goes on for 16 KiB, and to HTTP the begin of a line
                    out.write(new byte[] {22, 3, 3, 64, 0, 2, 0, 63, (byte) 252});
                    var unused = drip.scheduleAtFixedRate(() -> write(out), 0, 50, TimeUnit.MILLISECONDS);
                } catch (IOException ended) {
                    // the other side has gone
                }
            });
            URI url = URI.create(scheme + "://localhost:" + slow.getLocalPort() + "/");
            assertThatThrownBy(() -> new PinnedConnection(Duration.ofSeconds(1)).post(url, Map.of(), "{}", LOCAL))
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessage("no answer within 1 s");
        } finally {
            drip.shutdownNow();
        }
    }

    private static void write(OutputStream out) {
        try {
            out.write(3);
            out.flush();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private URI at(String path) {
        return URI.create("http://localhost:" + server.getAddress().getPort() + path);
    }
}
