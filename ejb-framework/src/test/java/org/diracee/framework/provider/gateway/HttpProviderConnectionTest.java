/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.provider.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpProviderConnectionTest {

    private final HttpProviderConnection connection = new HttpProviderConnection(Duration.ofMillis(500), 1000);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private URI serving(int status, String body, int announced) {
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, announced);
            exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            if (body.length() == announced || announced == 0) {
                exchange.close();
            }
        });
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/a");
    }

    @Test
    void givesWhateverTheAnswerIs() throws IOException {
        assertThat(connection.get(serving(418, "short", 5)).body()).isEqualTo("short");
    }

    @Test
    void followsNoRedirect() throws IOException {
        assertThat(connection
                        .post(serving(307, "", 0), Map.of("a", "b&c"), Optional.empty())
                        .status())
                .isEqualTo(307);
    }

    @Test
    void waitsForNoBodyThatDoesNotCome() {
        URI address = serving(200, "{", 100);
        assertThatThrownBy(() -> connection.get(address)).isInstanceOf(IOException.class);
    }

    @Test
    void readsNoEndlessBody() {
        URI address = serving(200, "x".repeat(2000), 2000);
        assertThatThrownBy(() -> connection.get(address))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("longer than 1000");
    }

    @Test
    void tellsThatNobodyIsThere() {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        server.stop(0);
        assertThatThrownBy(() -> connection.get(address)).isInstanceOf(IOException.class);
    }
}
