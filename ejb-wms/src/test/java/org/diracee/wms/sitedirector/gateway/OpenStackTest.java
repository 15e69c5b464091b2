/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.diracee.framework.configuration.boundary.Deployment;
import org.diracee.framework.credential.boundary.ServerCredentials;
import org.diracee.framework.outbound.boundary.OutboundTls;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.sitedirector.CeQueues;
import org.diracee.wms.sitedirector.control.CeQueue;
import org.diracee.wms.sitedirector.control.ComputingElementFailure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logging in and calling, at a small cloud in this process. */
class OpenStackTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    private Path credentials;

    private final Deployment deployment = new Deployment() {
        @Override
        public Optional<Path> credentials() {
            return Optional.of(credentials);
        }

        @Override
        public Optional<Path> certificateAuthorities() {
            return Optional.empty();
        }

        @Override
        public Optional<Path> caFile() {
            return Optional.empty();
        }
    };

    private final OpenStack openStack = new OpenStack(
            new CloudSettings(new ServerCredentials(deployment), deployment),
            new CeHttp(new PilotSettings(deployment), new OutboundTls(deployment), Clock.systemUTC()),
            Clock.systemUTC());

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private HttpServer cloud;
    private volatile String valid = "none";
    private volatile int given;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(credentials.resolve("cloud-demo"), "the-id the-secret\n");
        cloud = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        cloud.createContext("/v3/auth/tokens", this::logIn);
        cloud.createContext("/nova", this::nova);
        cloud.start();
    }

    @AfterEach
    void stop() {
        cloud.stop(0);
    }

    @Test
    void aTokenIsKeptAndReplacedOnceWhenItIsRefused() {
        OpenStack.Nova nova = openStack.nova(queue(url()), new VoName("demo"), LIMIT);
        nova.get("/limits");
        nova.get("/limits");
        assertThat(calls).containsExactly("token", "/nova/limits", "/nova/limits");

        valid = "another";
        nova.get("/limits");
        assertThat(calls).endsWith("/nova/limits", "token", "/nova/limits");
    }

    @Test
    void listsAreReadToTheirLastPage() {
        assertThat(openStack
                        .nova(queue(url()), new VoName("demo"), LIMIT)
                        .list("/servers/detail?name=%5Edirac-", "servers"))
                .hasSize(2);
        assertThat(calls).endsWith("/nova/servers/detail?marker=1&name=%5Edirac-");
    }

    @Test
    void aCredentialThatIsNotAcceptedIsNamedWithoutItsSecret() throws IOException {
        Files.writeString(credentials.resolve("cloud-demo"), "the-id another-secret");
        assertThatThrownBy(() ->
                        openStack.nova(queue(url()), new VoName("demo"), LIMIT).get("/limits"))
                .isInstanceOf(ComputingElementFailure.class)
                .hasMessageContaining("credential:cloud-demo: 401 The request you have made requires authentication.")
                .hasMessageNotContaining("another-secret");
    }

    @Test
    void aCredentialThatIsNotThereIsNamed() {
        assertThatThrownBy(() ->
                        openStack.nova(queue(url()), new VoName("other"), LIMIT).get("/limits"))
                .hasMessageContaining("credential:cloud-other");
    }

    @Test
    void noSecretGoesWhereItCouldBeRead() {
        assertThatThrownBy(() -> openStack
                        .nova(queue("http://cloud.example/v3"), new VoName("demo"), LIMIT)
                        .get("/limits"))
                .isInstanceOf(ComputingElementFailure.class)
                .hasMessageContaining("must be one of https");
    }

    private void logIn(HttpExchange exchange) throws IOException {
        calls.add("token");
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (!body.contains("\"the-secret\"")) {
            answer(
                    exchange,
                    401,
                    "{\"error\":{\"code\":401,\"message\":\"The request you have made requires authentication.\"}}");
            return;
        }
        valid = "token-" + ++given;
        exchange.getResponseHeaders().set("X-Subject-Token", valid);
        answer(
                exchange,
                201,
                "{\"token\":{\"expires_at\":\"" + Instant.now().plus(Duration.ofHours(1))
                        + "\",\"catalog\":[{\"type\":\"compute\",\"endpoints\":[{\"interface\":\"public\",\"url\":\""
                        + base()
                        + "/nova/\"}]}]}}");
    }

    private void nova(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        calls.add(path);
        if (!valid.equals(exchange.getRequestHeaders().getFirst("X-Auth-Token"))) {
            answer(exchange, 401, "{\"error\":{\"message\":\"no\"}}");
        } else if (path.startsWith("/nova/servers/detail?name")) {
            answer(
                    exchange,
                    200,
                    "{\"servers\":[{\"id\":\"1\"}],\"servers_links\":[{\"rel\":\"next\",\"href\":\"http://elsewhere"
                            + "/nova/servers/detail?marker=1&name=%5Edirac-\"}]}");
        } else {
            answer(exchange, 200, "{\"servers\":[{\"id\":\"2\"}]}");
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private String base() {
        return "http://127.0.0.1:" + cloud.getAddress().getPort();
    }

    private String url() {
        return base() + "/v3";
    }

    private static CeQueue queue(String url) {
        return CeQueues.queue(
                "cloud", "Cloud", 1, 1, Map.of("CloudAuthURL", url, "CloudAuth", "credential:cloud-{vo}"));
    }
}
