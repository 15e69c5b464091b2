/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.diracee.client.wire.TokenResponse;
import org.diracee.kernel.error.FieldError;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiClientTest {

    private final FakeServer server;
    private final Path directory;
    private final List<Duration> pauses = new ArrayList<>();

    ApiClientTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        this.server = new FakeServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private ApiClient.Builder builder() {
        return ApiClient.builder(server.address()).pause(pauses::add);
    }

    private ApiClient client() {
        return builder().tokens(TokenSource.fixed("abc")).build();
    }

    @Test
    void sendsTokenVersionAndBody() {
        server.on("POST /api/x", 200, "{\"answer\":42,\"unknown\":1}");
        JsonNode answer =
                client().call(ApiRequest.post("/api/x").query("a b", "c&d").json(Map.of("k", "v")), JsonNode.class);

        assertThat(answer.path("answer").asInt()).isEqualTo(42);
        FakeServer.Request request = server.last();
        assertThat(request.headers())
                .containsEntry("authorization", "Bearer abc")
                .containsEntry("diracx-client-version", ApiClient.VERSION)
                .containsEntry("content-type", "application/json");
        assertThat(request.query()).isEqualTo("a+b=c%26d");
        assertThat(request.body()).isEqualTo("{\"k\":\"v\"}");
    }

    @Test
    void sendsNoTokenWhereNoneIsWanted() {
        server.on("GET /open", 200, "{}");
        client().call(ApiRequest.get("/open").anonymous(), JsonNode.class);
        assertThat(server.last().headers()).doesNotContainKey("authorization");
    }

    @Test
    void turnsAProblemDocumentIntoAnError() {
        server.on("GET /api/x", 400, """
                {"type":"urn:x","title":"Bad","status":400,"detail":"The JDL is wrong","instance":"req-7",
                 "code":"JDL_INVALID","errno":1501,"errors":[{"field":"CPUTime","message":"too small","values":{"lowest":"100"}}]}""");
        ApiError error =
                catchThrowableOfType(ApiError.class, () -> client().call(ApiRequest.get("/api/x"), JsonNode.class));

        assertThat(error.status()).isEqualTo(400);
        assertThat(error.code()).isEqualTo("JDL_INVALID");
        assertThat(error.detail()).isEqualTo("The JDL is wrong");
        assertThat(error.requestId()).isEqualTo("req-7");
        assertThat(error.errors()).containsExactly(new FieldError("CPUTime", "too small", Map.of("lowest", "100")));
        assertThat(pauses).isEmpty();
    }

    @Test
    void makesAnErrorOfAnyBody() {
        server.on("GET /page", 502, "<html>bad gateway</html>");
        assertThatThrownBy(() -> client().call(ApiRequest.get("/page"), JsonNode.class))
                .isInstanceOf(ApiError.class)
                .hasMessage("HTTP status 502");
        server.on("GET /nothing", 404, "");
        assertThatThrownBy(() -> client().call(ApiRequest.get("/nothing"), JsonNode.class))
                .isInstanceOf(ApiError.class)
                .hasMessage("HTTP status 404");
    }

    @Test
    void saysWhenASuccessCannotBeRead() {
        server.on("GET /api/x", 200, "not json");
        assertThatThrownBy(() -> client().call(ApiRequest.get("/api/x"), JsonNode.class))
                .isInstanceOf(UnreadableAnswer.class)
                .hasMessageContaining("GET /api/x");
    }

    @Test
    void repeatsAReadWhileTheServerIsNotAvailable() {
        server.on("GET /api/x", 503, "{}", "Retry-After", "2")
                .on("GET /api/x", 503, "{}")
                .on("GET /api/x", 200, "{}");
        client().call(ApiRequest.get("/api/x"), JsonNode.class);
        assertThat(server.requests()).hasSize(3);
        assertThat(pauses).containsExactly(Duration.ofSeconds(2), Duration.ofMillis(500));
    }

    @Test
    void givesUpAfterTheLastAttemptOrALongWait() {
        server.on("GET /api/x", 503, "{\"detail\":\"database down\"}");
        assertThatThrownBy(() -> client().call(ApiRequest.get("/api/x"), JsonNode.class))
                .hasMessage("database down");
        assertThat(server.requests()).hasSize(RetryPolicy.STANDARD.attempts());

        server.on("GET /api/y", 429, "{}", "Retry-After", "3600");
        ApiError error =
                catchThrowableOfType(ApiError.class, () -> client().call(ApiRequest.get("/api/y"), JsonNode.class));
        assertThat(error.retryAfter()).contains(Duration.ofHours(1));
        assertThat(server.requests("GET /api/y")).hasSize(1);
    }

    @Test
    void repeatsAPostOnlyWithAKey() {
        server.on("POST /api/x", 503, "{}");
        assertThatThrownBy(() -> client().exchange(ApiRequest.post("/api/x"))).isInstanceOf(ApiError.class);
        assertThat(server.requests()).hasSize(1);

        server.on("POST /api/y", 409, "{}", "Retry-After", "1").on("POST /api/y", 201, "[]");
        assertThat(client().exchange(ApiRequest.post("/api/y").idempotencyKey("k-1"))
                        .status())
                .isEqualTo(201);
        assertThat(server.requests("POST /api/y")).hasSize(2).allSatisfy(request -> assertThat(request.headers())
                .containsEntry("idempotency-key", "k-1"));
    }

    @Test
    void asksForAnotherTokenOnceWhenOneIsRefused() {
        server.on("GET /api/x", 401, "{}").on("GET /api/x", 200, "{}");
        ApiClient client = builder()
                .tokens(new TokenSource() {
                    @Override
                    public Optional<String> token() {
                        return Optional.of("old");
                    }

                    @Override
                    public Optional<String> replacement(String refused) {
                        return Optional.of("new-for-" + refused);
                    }
                })
                .build();
        client.exchange(ApiRequest.get("/api/x"));
        assertThat(server.last().headers()).containsEntry("authorization", "Bearer new-for-old");

        server.on("GET /api/y", 401, "{}");
        assertThatThrownBy(() -> client.exchange(ApiRequest.get("/api/y"))).isInstanceOf(ApiError.class);
        assertThat(server.requests("GET /api/y")).hasSize(2);
    }

    @Test
    void saysThatNobodyListens() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        ApiClient client = ApiClient.builder(URI.create("http://localhost:" + port))
                .pause(pauses::add)
                .build();
        assertThatThrownBy(() -> client.exchange(ApiRequest.post("/api/x")))
                .isInstanceOf(ServerUnreachable.class)
                .hasMessageContaining("http://localhost:" + port)
                .hasMessageContaining("refused");
        assertThat(pauses).as("what was never sent may be sent again").hasSize(3);
    }

    @Test
    void saysThatNoAnswerCameInTime() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ApiClient client = ApiClient.builder(URI.create("http://localhost:" + silent.getLocalPort()))
                    .retries(RetryPolicy.NEVER)
                    .timeout(Duration.ofMillis(200))
                    .build();
            assertThatThrownBy(() -> client.exchange(ApiRequest.get("/api/x")))
                    .isInstanceOf(ServerUnreachable.class)
                    .hasMessageContaining("no answer within");
        }
    }

    @Test
    void uploadsFieldsBeforeTheFile() throws IOException {
        server.on("POST /put", 204, "");
        Path file = Files.writeString(directory.resolve("a"), "content");
        client().upload(server.address().resolve("/put?sig=1"), Map.of("key", "value"), file);

        FakeServer.Request request = server.last();
        assertThat(request.headers()).doesNotContainKey("authorization");
        assertThat(request.query()).isEqualTo("sig=1");
        assertThat(request.body())
                .containsSubsequence(
                        "name=\"key\"\r\n\r\nvalue\r\n", "name=\"file\"; filename=\"file\"", "\r\n\r\ncontent\r\n--");
    }

    @Test
    void saysWhyAnUploadIsRefused() throws IOException {
        server.on("POST /put", 413, "{\"detail\":\"too large\"}");
        Path file = Files.writeString(directory.resolve("a"), "content");
        assertThatThrownBy(() -> client().upload(server.address().resolve("/put"), Map.of(), file))
                .isInstanceOf(ApiError.class)
                .hasMessage("too large");
    }

    @Test
    void downloadsUpToABound() throws IOException {
        byte[] content = new byte[1_000_000];
        server.on("GET /get", content);
        Path file = directory.resolve("a");
        client().download(server.address().resolve("/get"), file, content.length);
        assertThat(file).hasBinaryContent(content);
        assertThat(server.last().headers()).doesNotContainKey("authorization");

        ApiClient once = builder().retries(RetryPolicy.NEVER).build();
        assertThatThrownBy(() -> once.download(server.address().resolve("/get"), file, content.length - 1))
                .isInstanceOf(ClientFailure.class)
                .hasMessageContaining("longer than the 999999 bytes allowed");
        assertThat(file).doesNotExist();

        assertThatThrownBy(() -> once.download(server.address().resolve("/gone"), file, 10))
                .isInstanceOf(ApiError.class)
                .hasMessageContaining("nothing laid down");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void goesOnWithADownloadWhereTheConnectionBroke(boolean unchanged) throws IOException {
        byte[] content = new byte[300_000];
        new Random(1).nextBytes(content);
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpServer breaking = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        breaking.createContext("/", exchange -> {
            String range = exchange.getRequestHeaders().getFirst("Range");
            asked.add(range + " " + exchange.getRequestHeaders().getFirst("If-Range"));
            exchange.getResponseHeaders().add("ETag", range == null || unchanged ? "\"a\"" : "\"b\"");
            int from = 0;
            if (range != null && unchanged) {
                from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
                exchange.getResponseHeaders()
                        .add("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
            }
            exchange.sendResponseHeaders(from > 0 ? 206 : 200, content.length - from);
            exchange.getResponseBody().write(content, from, range == null ? 200_000 : content.length - from);
            exchange.getResponseBody().flush();
            exchange.close();
        });
        breaking.start();
        try {
            Path file = directory.resolve("resumed");
            List<Long> heard = new CopyOnWriteArrayList<>();
            client().download(
                            URI.create(
                                    "http://localhost:" + breaking.getAddress().getPort() + "/get"),
                            file,
                            content.length,
                            (done, total) -> heard.add(total));
            assertThat(file).hasBinaryContent(content);
            assertThat(asked).hasSize(2);
            assertThat(asked.get(1)).matches("bytes=[1-9][0-9]*- \"a\"");
            assertThat(heard).containsOnly((long) content.length);
        } finally {
            breaking.stop(0);
        }
    }

    @Test
    void trustsTheAuthorityItIsToldAndNoOther() throws Exception {
        Path pem = selfSigned("server");
        HttpsServer https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(context(directory.resolve("server.p12"))));
        try (FakeServer secure = new FakeServer(https)) {
            secure.on("GET /api/x", 200, "{}");
            ApiClient.Builder builder = ApiClient.builder(URI.create("https://localhost:" + secure.port()))
                    .retries(RetryPolicy.NEVER);

            builder.caFile(pem).build().exchange(ApiRequest.get("/api/x"));
            Path bundle = Files.createDirectory(directory.resolve("bundle"));
            Files.copy(pem, bundle.resolve("12345678.0"));
            builder.caFile(bundle).build().exchange(ApiRequest.get("/api/x"));

            ApiClient other = builder.caFile(selfSigned("other")).build();
            assertThatThrownBy(() -> other.exchange(ApiRequest.get("/api/x")))
                    .isInstanceOf(ServerUnreachable.class)
                    .hasMessageContaining("not trusted");
        }
        assertThatThrownBy(() -> builder().caFile(Files.writeString(directory.resolve("empty.pem"), "")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no PEM certificate");
    }

    @Test
    void renewsASessionBeforeItEndsAndNeverTwiceWithOneToken() {
        Instant[] now = {Instant.parse("2026-11-22T12:00:00Z")};
        Clock clock = ((InstantSource) () -> now[0]).withZone(ZoneOffset.UTC);
        List<String> used = new ArrayList<>();
        RefreshingTokens tokens = new RefreshingTokens(
                new TokenResponse("a0", 1200, "Bearer", "r0"),
                refresh -> {
                    used.add(refresh);
                    return new TokenResponse("a" + used.size(), 1200, "Bearer", "r" + used.size());
                },
                Duration.ofSeconds(300),
                clock);

        assertThat(tokens.token()).contains("a0");
        now[0] = now[0].plusSeconds(901);
        assertThat(tokens.token()).contains("a1");
        assertThat(tokens.replacement("a0")).as("another thread renewed it").contains("a1");
        assertThat(tokens.replacement("a1")).contains("a2");
        assertThat(used).containsExactly("r0", "r1");
    }

    private Path selfSigned(String name) throws Exception {
        Path store = directory.resolve(name + ".p12");
        Path pem = directory.resolve(name + ".pem");
        keytool(
                "-genkeypair",
                "-keystore",
                store.toString(),
                "-alias",
                "x",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-ext",
                "bc=ca:true");
        keytool("-exportcert", "-keystore", store.toString(), "-alias", "x", "-rfc", "-file", pem.toString());
        return pem;
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storepass", "changeit"));
        assertThat(new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor())
                .isZero();
    }

    private static SSLContext context(Path store) throws Exception {
        KeyStore keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }
}
