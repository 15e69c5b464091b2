/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.diracee.dms.catalog.boundary.Checksums;
import org.diracee.dms.storage.boundary.StorageContent;
import org.diracee.dms.storage.boundary.StorageFailure;
import org.diracee.dms.storage.boundary.StorageFailure.Reason;
import org.diracee.dms.storage.control.StorageEndpoint;
import org.diracee.dms.storage.control.StoragePlace;
import org.diracee.dms.storage.control.StorageTokenSettings;
import org.diracee.dms.storage.control.StorageTokens;
import org.diracee.framework.configuration.boundary.Deployment;
import org.diracee.framework.credential.boundary.ServerCredentials;
import org.diracee.framework.exchange.boundary.ScopedTokens;
import org.diracee.framework.exchange.boundary.ServiceToken;
import org.diracee.framework.outbound.boundary.OutboundTls;
import org.diracee.framework.proxy.boundary.ProxyDelivery;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.framework.token.boundary.TokenVerification;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.SeName;
import org.diracee.kernel.value.VoName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What storage elements answer that the real ones of the suites seldom do: they stall, send elsewhere and say nonsense. */
class HttpStorageTest {

    private static final VoName VO = new VoName("demo");
    private static final Checksums NONE = new Checksums(Optional.empty(), Optional.empty());
    private static final Deployment DEPLOYMENT = new Deployment() {
        @Override
        public Optional<Path> certificateAuthorities() {
            return Optional.empty();
        }
    };

    private final Map<String, Script> scripts = Collections.synchronizedMap(new HashMap<>());
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private HttpStorage storage;

    private interface Script {
        void answer(HttpExchange exchange) throws IOException;
    }

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            String what = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            asked.add(what + " "
                    + exchange.getRequestHeaders()
                            .getOrDefault("Authorization", List.of("nobody"))
                            .get(0));
            scripts.getOrDefault(what, status(404)).answer(exchange);
            exchange.close();
        });
        server.start();
        HttpOptions options = new HttpOptions();
        Clock clock = Clock.systemUTC();
        ScopedTokens tokens = new ScopedTokens() {
            @Override
            public ServiceToken forStorage(Caller caller, VoName vo, String subject, String audience, String scope) {
                return new ServiceToken(scope.replace(' ', '|'), Instant.MAX, audience, scope);
            }
        };
        storage = new HttpStorage(
                options,
                new HttpCalls(options, new OutboundTls(DEPLOYMENT), clock),
                new HttpCredentials(
                        options,
                        new StorageTokens(
                                new StorageTokenSettings(),
                                tokens,
                                new TokenVerification() {},
                                new Registry() {},
                                clock),
                        new ProxyDelivery() {},
                        new ServerCredentials(DEPLOYMENT),
                        DEPLOYMENT,
                        clock));
    }

    @AfterEach
    void end() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void breaksOffWhatStalls() throws IOException {
        scripts.put("GET /demo/f", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write(new byte[10]);
            exchange.getResponseBody().flush();
            stall();
        });
        scripts.put("PROPFIND /demo/f", exchange -> stall());

        try (StorageContent content = storage.read(place("f"), 0, OptionalLong.empty())) {
            assertThat(content.size()).isEqualTo(100);
            assertThat(content.content().readNBytes(10)).hasSize(10);
            assertThatThrownBy(content.content()::read)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no byte");
        }
        fails(Reason.AWAY, () -> storage.stat(place("f")), "no answer within 1 s");
    }

    @Test
    void breaksOffAWriterWhoseBytesAreNotTaken() {
        scripts.put("MKCOL /demo/", status(201));
        scripts.put("PUT /demo/f", exchange -> {
            holds("/demo/f", 10);
            stall();
        });
        scripts.put("DELETE /demo/f", status(204));

        fails(
                Reason.AWAY,
                () -> storage.write(place("f"), 100_000_000, NONE, new ByteArrayInputStream(new byte[100_000_000])),
                "it took no byte for 1 s");
        assertThat(asked).anyMatch(call -> call.startsWith("DELETE /demo/f"));
    }

    @Test
    void followsOnlyToHostsThatItIsToldOf() {
        scripts.put("GET /demo/f", redirect("http://[::1]:" + port() + "/elsewhere"));
        fails(Reason.BROKEN, () -> read("f"), "not among its RedirectHosts");
        scripts.put("GET /demo/f", redirect("https://storage.example.org/f"));
        fails(Reason.BROKEN, () -> read("f"), "storage.example.org, which is not among its RedirectHosts");
        scripts.put("GET /demo/f", redirect("http://169.254.169.254/latest/meta-data"));
        fails(Reason.BROKEN, () -> read("f", "RedirectHosts", "169.254.169.254"), "calls nobody");
        scripts.put("GET /demo/f", redirect("//user@127.0.0.1:" + port() + "/x"));
        fails(Reason.BROKEN, () -> read("f"), "RedirectHosts");
        scripts.put("GET /demo/f", redirect("/demo/f"));
        fails(Reason.BROKEN, () -> read("f"), "more than 5 times");

        scripts.put("GET /demo/f", redirect("http://127.0.0.1:" + port() + "/pool?key=1"));
        scripts.put("GET /pool?key=1", exchange -> send(exchange, 200, "content"));
        assertThat(read("f")).isEqualTo("content");
        assertThat(asked).contains("GET /pool?key=1 Bearer storage.read:/demo/f");
    }

    @Test
    void readsNoDocumentThatPointsElsewhere() {
        scripts.put(
                "PROPFIND /demo/f",
                exchange -> send(
                        exchange,
                        207,
                        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><D:multistatus xmlns:D='DAV:'><D:response>"
                                + "<D:href>&e;</D:href></D:response></D:multistatus>"));
        fails(Reason.BROKEN, () -> storage.stat(place("f")), "cannot be read");
        scripts.put("PROPFIND /demo/f", exchange -> send(exchange, 207, "<html/>"));
        fails(Reason.BROKEN, () -> storage.stat(place("f")), "no multistatus of WebDAV");
    }

    @Test
    void asksForTokensOfThePathAloneAndWritesWithOneThatCannotOverwrite() {
        scripts.put("MKCOL /demo/", status(405));
        scripts.put("PUT /demo/f", exchange -> {
            exchange.getRequestBody().readAllBytes();
            holds("/demo/f", 3);
            exchange.sendResponseHeaders(201, -1);
        });

        assertThat(storage.write(place("f"), 3, NONE, new ByteArrayInputStream("abc".getBytes(StandardCharsets.UTF_8)))
                        .checksums()
                        .adler32())
                .contains("024d0127");
        assertThat(asked)
                .contains("PUT /demo/f Bearer storage.create:/demo/f", "HEAD /demo/f Bearer storage.read:/demo/f");
        fails(Reason.PRESENT, () -> storage.write(place("f"), 0, NONE, InputStream.nullInputStream()), "there already");
    }

    @Test
    void believesNoGoodStatusOfACopy() {
        scripts.put("MKCOL /demo/", status(405));
        scripts.put("DELETE /demo/t", status(404));
        scripts.put("COPY /demo/t", exchange -> {
            holds("/demo/t", 2);
            send(exchange, 201, "Perf Marker\nEnd\nfailure: no luck\n");
        });
        fails(Reason.AWAY, () -> copy("pull"), "failure: no luck");
        assertThat(asked).contains("DELETE /demo/t Bearer storage.modify:/demo/t|storage.read:/demo/t");
        scripts.remove("PROPFIND /demo/t");
        scripts.put("COPY /demo/t", exchange -> send(exchange, 201, ""));
        fails(Reason.AWAY, () -> copy("pull"), "without a word");
        scripts.put("COPY /demo/t", exchange -> {
            exchange.sendResponseHeaders(201, 0);
            exchange.getResponseBody().write("Perf Marker\n".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            stall();
        });
        fails(Reason.AWAY, () -> copy("pull"), "no byte came for 1 s");
        scripts.put("COPY /demo/t", exchange -> {
            scripts.put("PROPFIND /demo/t", described("/demo/t", 4));
            scripts.put("HEAD /demo/t", status(405));
            send(exchange, 201, "success: Created\n");
        });
        fails(Reason.BROKEN, () -> copy("pull"), "HTTP 405");
        assertThat(asked).filteredOn(call -> call.startsWith("DELETE /demo/t")).hasSize(2);
    }

    @Test
    void removesNothingThatSomebodyElseBroughtMeanwhile() {
        scripts.put("MKCOL /demo/", status(405));
        scripts.put("COPY /demo/t", exchange -> {
            holds("/demo/t", 1);
            exchange.sendResponseHeaders(412, -1);
        });
        Checksums same = new Checksums(Optional.of("024d0127"), Optional.empty());
        fails(
                Reason.PRESENT,
                () -> storage.copy(place("s", "ThirdPartyCopy", "pull"), place("t", "ThirdPartyCopy", "pull"), 1, same),
                "HTTP 412");
        scripts.remove("PROPFIND /demo/t");
        scripts.put("COPY /demo/t", exchange -> {
            holds("/demo/t", 3);
            send(exchange, 201, "failure: it is there\n");
        });
        fails(Reason.AWAY, () -> copy("pull"), "may be another's");
        scripts.put("PUT /demo/f", exchange -> {
            holds("/demo/f", 100_000_000);
            stall();
        });
        fails(
                Reason.AWAY,
                () -> storage.write(place("f"), 100_000_000, NONE, new ByteArrayInputStream(new byte[100_000_000])),
                "may be another's");

        assertThat(asked).noneMatch(call -> call.startsWith("DELETE"));
    }

    @Test
    void takesACopyThatIsThereAsDoneThoughItsEndWasNotTold() {
        scripts.put("MKCOL /demo/", status(405));
        scripts.put("COPY /demo/t", exchange -> {
            holds("/demo/t", 3);
            exchange.sendResponseHeaders(201, 0);
        });

        assertThat(storage.copy(
                        place("s", "ThirdPartyCopy", "pull"),
                        place("t", "ThirdPartyCopy", "pull"),
                        3,
                        new Checksums(Optional.of("024d0127"), Optional.empty())))
                .isTrue();
        assertThat(asked).noneMatch(call -> call.startsWith("DELETE"));
    }

    @Test
    void readsNoMoreOfOneEntryThanThereCanBe() {
        String entry = "<D:response><D:href>/demo/f</D:href></D:response>";
        scripts.put("PROPFIND /demo/f", multistatus(entry.repeat(30_000)));
        fails(Reason.AWAY, () -> storage.stat(place("f")), "longer than 1048576 bytes");
        scripts.put(
                "PROPFIND /demo/f",
                multistatus("<D:response><D:href>/" + "f".repeat(70_000) + "</D:href></D:response>"));
        fails(Reason.BROKEN, () -> storage.stat(place("f")), "a text is longer");
        scripts.put("PROPFIND /demo/", multistatus(entry.repeat(30_000)));
        assertThat(storage.list(place(""), Optional.empty(), 10).entries()).hasSize(1);
    }

    /** From now on this file is there, with the bytes of {@code abc} as far as its checksum tells. */
    private void holds(String path, long size) {
        scripts.put("PROPFIND " + path, described(path, size));
        scripts.put("HEAD " + path, exchange -> {
            exchange.getResponseHeaders().set("Digest", "adler32=024d0127,md5=x");
            exchange.getResponseHeaders().set("Content-Length", Long.toString(size));
            exchange.sendResponseHeaders(200, -1);
        });
    }

    private boolean copy(String directions) {
        return storage.copy(place("s", "ThirdPartyCopy", "pull"), place("t", "ThirdPartyCopy", directions), 3, NONE);
    }

    private String read(String name, String... options) {
        try (StorageContent content = storage.read(place(name, options), 0, OptionalLong.empty())) {
            return new String(content.content().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private StoragePlace place(String name, String... options) {
        Map<String, String> all = new HashMap<>(Map.of(
                "Host", "127.0.0.1",
                "Port", Integer.toString(port()),
                "TokenSupport", "yes",
                "ConnectTimeout", "1",
                "AnswerTimeout", "1",
                "StallTimeout", "1",
                "ThirdPartyCopy", "push"));
        for (int at = 0; at < options.length; at += 2) {
            all.put(options[at], options[at + 1]);
        }
        Lfn lfn = new Lfn("/demo/" + name);
        return new StoragePlace(
                new StorageEndpoint(new SeName("se"), "HTTP", "HTTP", "http", false, all), VO, lfn, lfn.text());
    }

    private int port() {
        return server.getAddress().getPort();
    }

    private void stall() {
        try {
            over.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static Script status(int status) {
        return exchange -> exchange.sendResponseHeaders(status, -1);
    }

    private static Script redirect(String location) {
        return exchange -> {
            exchange.getResponseHeaders().set("Location", location);
            exchange.sendResponseHeaders(307, -1);
        };
    }

    private static Script described(String path, long size) {
        return multistatus("<D:response><D:href>" + path + "</D:href><D:propstat><D:prop><D:getcontentlength>" + size
                + "</D:getcontentlength></D:prop></D:propstat></D:response>");
    }

    private static Script multistatus(String responses) {
        return exchange -> send(exchange, 207, "<D:multistatus xmlns:D='DAV:'>" + responses + "</D:multistatus>");
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static void fails(Reason reason, ThrowingCallable call, String detail) {
        assertThatThrownBy(call).isInstanceOfSatisfying(StorageFailure.class, failure -> {
            assertThat(failure.detail()).contains(detail);
            assertThat(failure.reason()).isEqualTo(reason);
        });
    }
}
