/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.Adler32;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.diracee.dms.catalog.boundary.Checksums;
import org.diracee.dms.storage.boundary.AccessPurpose;
import org.diracee.dms.storage.boundary.ClientAccess;
import org.diracee.dms.storage.boundary.StorageContent;
import org.diracee.dms.storage.boundary.StorageFailure;
import org.diracee.dms.storage.boundary.StorageFailure.Reason;
import org.diracee.dms.storage.boundary.StoredEntry;
import org.diracee.dms.storage.boundary.StoredPage;
import org.diracee.dms.storage.control.StorageEndpoint;
import org.diracee.dms.storage.control.StoragePlace;
import org.diracee.dms.storage.control.StorageProtocol;
import org.diracee.dms.storage.control.StorageTokenSettings;
import org.diracee.dms.storage.control.StorageTokens;
import org.diracee.dms.storage.gateway.HttpCalls;
import org.diracee.dms.storage.gateway.HttpCredentials;
import org.diracee.dms.storage.gateway.HttpOptions;
import org.diracee.dms.storage.gateway.HttpStorage;
import org.diracee.dms.storage.gateway.S3Options;
import org.diracee.dms.storage.gateway.S3StorageElement;
import org.diracee.framework.configuration.boundary.Deployment;
import org.diracee.framework.credential.boundary.ServerCredentials;
import org.diracee.framework.outbound.boundary.OutboundTls;
import org.diracee.framework.proxy.boundary.ProxyDelivery;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.framework.token.boundary.TokenVerification;
import org.diracee.kernel.proxy.ProxyCredential;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.SeName;
import org.diracee.kernel.value.VoName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Files at real storage elements: two XRootDs that take our tokens and copy between them, and a plain WebDAV server. */
@Tag("real")
class StorageElementsIT {

    private static final VoName VO = new VoName("demo");
    private static final AtomicInteger FILES = new AtomicInteger();
    private static final String XROOTD = "testbed/xrootd.sh";
    private static final String WEBDAV = "testbed/webdav.sh";
    private static final String PASSWORD = "swordfish-8812";

    /** Not below a directory that is closed to the account of the servers. */
    private static Path directory;

    private static GridAuthority authority;
    private static StorageIssuer issuer;
    private static HttpStorage http;
    private static OutboundTls tls;
    private static String s3Port = "";
    private static final Path S3 = Path.of(System.getProperty("project.root", ".."), "arquillian-tests/target/s3")
            .toAbsolutePath();
    private static final Map<String, Site> SITES = new LinkedHashMap<>();

    /** A storage element and how to speak to it. */
    record Site(String name, StorageProtocol protocol, StorageEndpoint endpoint) {

        StoragePlace place(String path) {
            Lfn lfn = new Lfn("/demo/" + path);
            return new StoragePlace(endpoint, VO, lfn, (name.equals("s3") ? "/testbucket" : "") + lfn.text());
        }

        Site with(String option, String value) {
            Map<String, String> options = new HashMap<>(endpoint.options());
            options.put(option, value);
            return new Site(
                    name,
                    protocol,
                    new StorageEndpoint(
                            endpoint.se(),
                            endpoint.section(),
                            endpoint.plugin(),
                            endpoint.protocol(),
                            endpoint.local(),
                            options));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void connect() throws Exception {
        RunningSystem.run(Map.of(), XROOTD, "install");
        RunningSystem.run(Map.of(), WEBDAV, "install");
        directory = Files.createTempDirectory(Path.of("/var/tmp"), "dirac-storage");
        RunningSystem.run(Map.of(), "/bin/chmod", "755", directory.toString());
        authority = GridAuthority.in(directory.resolve("ca"), "Test CA");
        authority.user("alice");
        Deployment deployment = new Deployment() {
            @Override
            public Optional<Path> certificateAuthorities() {
                return Optional.of(authority.certificates());
            }

            @Override
            public Optional<Path> credentials() {
                return Optional.of(directory);
            }
        };
        tls = new OutboundTls(deployment);
        Path host = directory.resolve("ca/host");
        issuer = new StorageIssuer(tls.context(
                Optional.empty(),
                Optional.of(ProxyCredential.read(Files.readString(host.resolve("hostcert.pem"))
                        + Files.readString(host.resolve("hostkey.pem"))))));
        Clock clock = Clock.systemUTC();
        HttpOptions options = new HttpOptions();
        StorageTokens tokens = new StorageTokens(
                new StorageTokenSettings(), issuer, new TokenVerification() {}, new Registry() {}, clock);
        http = new HttpStorage(
                options,
                new HttpCalls(options, tls, clock),
                new HttpCredentials(
                        options, tokens, new ProxyDelivery() {}, new ServerCredentials(deployment), deployment, clock));
        Files.writeString(directory.resolve("webdav-password"), PASSWORD);
        for (String name : List.of("xrootd1", "xrootd2")) {
            String port = FreePorts.one();
            SITES.put(name, site(name, "https", port, Map.of("TokenSupport", "yes")));
            xrootd(name, "start");
        }
        SITES.put(
                "webdav",
                site(
                        "webdav",
                        "davs",
                        FreePorts.one(),
                        Map.of("Username", "dirac", "Password", "credential:webdav-password")));
        webdav("webdav", "start");
        S3StorageElement s3 = new S3StorageElement(
                options, new S3Options(), new HttpCalls(options, tls, clock), new ServerCredentials(deployment), clock);
        s3Port = FreePorts.one();
        s3("stop");
        s3("install");
        s3("start");
        Files.createDirectories(S3.resolve("data/testbucket"));
        Files.copy(S3.resolve("secret"), directory.resolve("s3-secret"));
        SITES.put(
                "s3",
                new Site(
                        "s3",
                        s3,
                        new StorageEndpoint(
                                new SeName("s3"),
                                "S3",
                                "S3",
                                "s3",
                                false,
                                Map.of(
                                        "Host", "127.0.0.1",
                                        "Port", s3Port,
                                        "SecureConnection", "no",
                                        "PartSize", "6",
                                        "Aws_access_key_id", "testkey",
                                        "Aws_secret_access_key", "credential:s3-secret"))));
    }

    private static void s3(String action) {
        RunningSystem.run(Map.of("S3_PORT", s3Port), "testbed/s3.sh", action, S3.toString());
    }

    @AfterAll
    static void leaveNothing() {
        xrootd("xrootd1", "stop");
        xrootd("xrootd2", "stop");
        webdav("webdav", "stop");
        s3("stop");
        issuer.close();
        RunningSystem.run(Map.of(), "/bin/rm", "-rf", directory.toString());
    }

    static Stream<Site> sites() {
        return SITES.values().stream();
    }

    static Stream<Arguments> pairs() {
        return sites().flatMap(one -> sites().filter(other -> !other.equals(one)).map(other -> Arguments.of(one, other)));
    }

    @ParameterizedTest
    @MethodSource("sites")
    void aFileIsWrittenReadListedAndRemoved(Site site) throws IOException {
        byte[] content = content(3_000_000);
        String name = fresh("all/of it/f");
        StoragePlace file = site.place(name + "/ü+%.root");
        assertThat(site.protocol().stat(file)).isEmpty();

        StoredEntry written = write(site, file, content);

        assertThat(written.size()).isEqualTo(content.length);
        assertThat(written.checksums()).isEqualTo(sums(content));
        assertThat(site.protocol().stat(file)).hasValueSatisfying(entry -> {
            assertThat(entry.size()).isEqualTo(content.length);
            assertThat(entry.directory()).isFalse();
            assertThat(entry.checksums().contradict(sums(content))).isFalse();
        });
        assertThat(read(site, file, 0, OptionalLong.empty())).isEqualTo(content);
        assertThat(read(site, file, 1_000_000, OptionalLong.of(10)))
                .isEqualTo(Arrays.copyOfRange(content, 1_000_000, 1_000_010));
        assertThat(read(site, file, 2_999_999, OptionalLong.empty())).hasSize(1);
        assertThat(read(site, file, 3_000_000, OptionalLong.empty())).isEmpty();
        fails(Reason.PRESENT, () -> write(site, file, content));
        assertThat(read(site, file, 0, OptionalLong.empty()))
                .as("not overwritten")
                .isEqualTo(content);
        assertThat(site.protocol().stat(site.place(name)).orElseThrow().directory())
                .isTrue();
        assertThat(site.protocol().list(site.place(name), Optional.empty(), 10).entries())
                .extracting(StoredEntry::name)
                .containsExactly("ü+%.root");
        fails(Reason.PRESENT, () -> site.protocol().removeDirectory(site.place(name)));
        fails(Reason.BROKEN, () -> site.protocol().remove(site.place(name)));
        assertThat(site.protocol().remove(file)).isTrue();
        assertThat(site.protocol().remove(file)).isFalse();
        assertThat(site.protocol().stat(file)).isEmpty();
        assertThat(site.protocol().removeDirectory(site.place(name)))
                .as("S3 has none that are empty")
                .isEqualTo(!site.name().equals("s3"));
        assertThat(site.protocol().removeDirectory(site.place(name))).isFalse();
        fails(Reason.ABSENT, () -> read(site, file, 0, OptionalLong.empty()));
    }

    @ParameterizedTest
    @MethodSource("sites")
    void directoriesAreMadeWithThoseAboveAndListedInParts(Site site) throws IOException {
        String name = fresh("d/e/f");
        site.protocol().makeDirectory(site.place(name));
        site.protocol().makeDirectory(site.place(name));
        List<String> names = new ArrayList<>();
        for (int number = 0; number < 5; number++) {
            write(site, site.place(name + "/" + number), content(number));
        }
        Optional<String> after = Optional.empty();
        do {
            StoredPage page = site.protocol().list(site.place(name), after, 2);
            page.entries().forEach(entry -> {
                names.add(entry.name());
                assertThat(entry.size()).isEqualTo(Long.parseLong(entry.name()));
            });
            after = page.next();
        } while (after.isPresent());
        assertThat(names).containsExactly("0", "1", "2", "3", "4");
        fails(Reason.ABSENT, () -> site.protocol().list(site.place(name + "/nothing"), Optional.empty(), 2));
    }

    @ParameterizedTest
    @MethodSource("sites")
    void whatIsNotAsAnnouncedIsNotThereAfterwards(Site site) {
        byte[] content = content(500_000);
        StoragePlace file = site.place(fresh("f"));

        fails(Reason.OTHER_CONTENT, () -> site.protocol()
                .write(file, content.length, sums(content(10)), new ByteArrayInputStream(content)));
        assertThat(site.protocol().stat(file)).isEmpty();
        fails(Reason.OTHER_CONTENT, () -> site.protocol()
                .write(file, content.length + 1, sums(content), new ByteArrayInputStream(content)));
        assertThat(site.protocol().stat(file)).isEmpty();
        fails(Reason.OTHER_CONTENT, () -> site.protocol()
                .write(file, content.length - 1, sums(content), new ByteArrayInputStream(content)));
        assertThat(site.protocol().stat(file)).isEmpty();
        fails(Reason.OTHER_CONTENT, () -> site.protocol()
                .write(file, content.length, sums(content), new BreakingStream(content, 300_000)));
        assertThat(site.protocol().stat(file)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aFileIsStreamedFromOneToTheOther(Site from, Site to) throws IOException {
        byte[] content = content(1_000_000);
        StoragePlace source = from.place(fresh("s"));
        StoragePlace target = to.place(fresh("t"));
        write(from, source, content);

        try (StorageContent bytes = from.protocol().read(source, 0, OptionalLong.empty())) {
            to.protocol().write(target, bytes.size(), sums(content), bytes.content());
        }

        assertThat(read(to, target, 0, OptionalLong.empty())).isEqualTo(content);
    }

    @ParameterizedTest
    @CsvSource({"pull, none", "none, push", "pull, push"})
    void theyCopyAmongThemselves(String ofTarget, String ofSource) throws IOException {
        byte[] content = content(2_000_000);
        Site from = copying(SITES.get("xrootd1"), ofSource);
        Site to = copying(SITES.get("xrootd2"), ofTarget);
        StoragePlace source = from.place(fresh("new/s"));
        StoragePlace target = to.place(fresh("new/directory/t"));
        write(from, source, content);

        assertThat(http.copy(source, target, content.length, sums(content))).isTrue();

        assertThat(read(to, target, 0, OptionalLong.empty())).isEqualTo(content);
        fails(Reason.PRESENT, () -> http.copy(source, target, content.length, sums(content)));
        StoragePlace other = to.place(fresh("t"));
        fails(Reason.OTHER_CONTENT, () -> http.copy(source, other, content.length, sums(content(5))));
        assertThat(to.protocol().stat(other)).isEmpty();
        StoragePlace nothing = from.place(fresh("nothing"));
        assertThatThrownBy(() -> http.copy(nothing, other, content.length, sums(content)))
                .isInstanceOf(StorageFailure.class);
        assertThat(to.protocol().stat(other)).isEmpty();
        assertThat(http.copy(SITES.get("webdav").place("f"), target, 1, sums(content)))
                .isFalse();
    }

    @Test
    void aTokenForAnotherPathOrOneThatIsOverIsRefused() throws IOException {
        Site site = SITES.get("xrootd1");
        StoragePlace file = site.place(fresh("f"));
        write(site, file, content(10));
        try {
            issuer.allowsInstead("storage.read:/demo/elsewhere storage.modify:/demo/elsewhere");
            fails(Reason.DENIED, () -> read(site, file, 0, OptionalLong.empty()));
            fails(Reason.DENIED, () -> write(site, site.place(fresh("f")), content(10)));
            issuer.allowsInstead("");
            issuer.lives(Duration.ofSeconds(-5));
            fails(Reason.DENIED, () -> read(site, file, 0, OptionalLong.empty()));
        } finally {
            issuer.allowsInstead("");
            issuer.lives(Duration.ofMinutes(20));
        }
        // the next one is a new one
        assertThat(read(site, file, 0, OptionalLong.empty())).hasSize(10);
    }

    @Test
    void aClientReadsAndWritesByItselfWhatItMayAndNothingElse() throws Exception {
        Site site = SITES.get("xrootd1");
        byte[] content = content(1000);
        StoragePlace file = site.place(fresh("client/f"));
        ClientAccess writing = site.protocol()
                .access(file, AccessPurpose.CREATE, OptionalLong.of(1000))
                .orElseThrow();

        assertThat(status(writing, writing.url(), "PUT", content)).isLessThan(300);
        assertThat(status(writing, writing.url(), "PUT", content(1000)))
                .as("overwriting")
                .isEqualTo(403);
        assertThat(status(writing, writing.url(), "DELETE", content)).isEqualTo(403);
        assertThat(status(writing, writing.url().resolve("g"), "PUT", content)).isEqualTo(403);
        ClientAccess reading = site.protocol()
                .access(file, AccessPurpose.READ, OptionalLong.empty())
                .orElseThrow();
        assertThat(status(reading, reading.url(), "GET", content)).isEqualTo(200);
        assertThat(status(reading, reading.url(), "DELETE", content)).isEqualTo(403);
        assertThat(read(site, file, 0, OptionalLong.empty())).isEqualTo(content);
        assertThat(http.access(SITES.get("webdav").place("f"), AccessPurpose.READ, OptionalLong.empty()))
                .as("nobody is given our password")
                .isEmpty();
    }

    @Test
    void aClientGetsALinkToABucketAndFilesGoThereInParts() throws Exception {
        Site site = SITES.get("s3");
        byte[] content = content(13_000_000);
        StoragePlace file = site.place(fresh("large"));
        write(site, file, content);
        assertThat(read(site, file, 0, OptionalLong.empty())).isEqualTo(content);

        ClientAccess reading = site.protocol()
                .access(file, AccessPurpose.READ, OptionalLong.empty())
                .orElseThrow();
        assertThat(status(reading, reading.url(), "GET", content)).isEqualTo(200);
        assertThat(status(reading, reading.url(), "DELETE", content)).isEqualTo(403);
        StoragePlace other = site.place(fresh("small"));
        ClientAccess writing = site.protocol()
                .access(other, AccessPurpose.CREATE, OptionalLong.of(5))
                .orElseThrow();
        assertThat(status(writing, writing.url(), "PUT", content(5))).isEqualTo(200);
        assertThat(read(site, other, 0, OptionalLong.empty())).isEqualTo(content(5));
        assertThat(status(writing, URI.create(writing.url().toString().replace("small", "smell")), "PUT", content(5)))
                .isEqualTo(403);
        assertThat(writing.url().toString())
                .doesNotContain(Files.readString(S3.resolve("secret")).strip());
    }

    @Test
    void aCorruptByteIsFoundOnTheWayToAnother() throws IOException {
        Site from = SITES.get("xrootd1");
        Site to = SITES.get("xrootd2");
        byte[] content = content(100_000);
        StoragePlace source = from.place(fresh("s"));
        StoragePlace target = to.place(fresh("t"));
        write(from, source, content);
        byte[] corrupt = content.clone();
        corrupt[50_000]++;
        Path stored = directory.resolve("xrootd1/data" + source.path());
        Files.write(stored, corrupt);

        fails(Reason.OTHER_CONTENT, () -> http.copy(source, target, content.length, sums(content)));
        assertThat(to.protocol().stat(target)).isEmpty();
        fails(Reason.OTHER_CONTENT, () -> {
            try (StorageContent bytes = from.protocol().read(source, 0, OptionalLong.empty())) {
                to.protocol().write(target, bytes.size(), sums(content), bytes.content());
            }
        });
        assertThat(to.protocol().stat(target)).isEmpty();
    }

    @Test
    void aSourceOrTargetThatDiesInTheMiddleLeavesNothing() throws IOException {
        Site from = SITES.get("xrootd1");
        Site to = SITES.get("xrootd2");
        byte[] content = content(50_000_000);
        StoragePlace source = from.place(fresh("s"));
        StoragePlace target = to.place(fresh("t"));
        write(from, source, content);

        fails(Reason.OTHER_CONTENT, () -> {
            try (StorageContent bytes = from.protocol().read(source, 0, OptionalLong.empty())) {
                to.protocol()
                        .write(
                                target,
                                bytes.size(),
                                sums(content),
                                new Midway(bytes.content(), 10_000_000, () -> xrootd("xrootd1", "kill")));
            }
        });
        assertThat(to.protocol().stat(target)).isEmpty();
        fails(Reason.AWAY, () -> read(from, source, 0, OptionalLong.empty()));
        xrootd("xrootd1", "start");
        fails(Reason.AWAY, () -> {
            try (StorageContent bytes = from.protocol().read(source, 0, OptionalLong.empty())) {
                to.protocol()
                        .write(
                                target,
                                bytes.size(),
                                sums(content),
                                new Midway(bytes.content(), 10_000_000, () -> xrootd("xrootd2", "kill")));
            }
        });
        xrootd("xrootd2", "start");
        // it could not be told to remove what came; whoever wrote it is told so
        to.protocol().remove(target);
        assertThat(http.copy(source, target, content.length, sums(content))).isTrue();
    }

    @Test
    void whoShowsNoCertificateThatIsGoodIsNotSpokenTo() throws IOException {
        Site site = SITES.get("xrootd1");

        authority.expired("old");
        Path old = authority.certificate("old");
        try (StorageIssuer other = new StorageIssuer(tls.context(
                Optional.empty(),
                Optional.of(ProxyCredential.read(Files.readString(old) + Files.readString(authority.key("old"))))))) {
            String port = Integer.toString(URI.create(other.url()).getPort());
            assertThatThrownBy(() -> http.stat(site.with("Port", port).place("f")))
                    .isInstanceOf(StorageFailure.class)
                    .hasMessageContaining("NotAfter");
        }
        for (String host : List.of("169.254.169.254", "0.0.0.0", "[fe80::1]", "2130706433")) {
            fails(Reason.BROKEN, () -> http.stat(site.with("Host", host).place("f")));
        }
    }

    private static Site copying(Site site, String direction) {
        return site.with("ThirdPartyCopy", direction.equals("none") ? " , " : direction);
    }

    private static Site site(String name, String protocol, String port, Map<String, String> options) {
        Map<String, String> all = new HashMap<>(options);
        all.put("Host", "localhost");
        all.put("Port", port);
        all.put("StallTimeout", "20");
        all.put("AnswerTimeout", "20");
        return new Site(name, http, new StorageEndpoint(new SeName(name), "DAVS", "DAVS", protocol, false, all));
    }

    private static void xrootd(String name, String action) {
        RunningSystem.run(
                StorageIssuer.environment(
                        issuer, SITES.get(name).endpoint().option("Port").orElseThrow()),
                XROOTD,
                action,
                directory.resolve(name).toString(),
                directory.resolve("ca").toString());
    }

    private static void webdav(String name, String action) {
        RunningSystem.run(
                Map.of(
                        "WEBDAV_PORT",
                        SITES.get(name).endpoint().option("Port").orElseThrow(),
                        "WEBDAV_PASSWORD",
                        PASSWORD),
                WEBDAV,
                action,
                directory.resolve(name).toString(),
                directory.resolve("ca").toString());
    }

    private static StoredEntry write(Site site, StoragePlace file, byte[] content) {
        return site.protocol().write(file, content.length, sums(content), new ByteArrayInputStream(content));
    }

    private static byte[] read(Site site, StoragePlace file, long from, OptionalLong length) {
        try (StorageContent content = site.protocol().read(file, from, length)) {
            return content.content().readAllBytes();
        } catch (IOException broken) {
            throw new StorageFailure(Reason.AWAY, "the stream broke", broken);
        }
    }

    private static int status(ClientAccess access, URI url, String method, byte[] content) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .method(
                        method,
                        method.equals("PUT")
                                ? HttpRequest.BodyPublishers.ofByteArray(content)
                                : HttpRequest.BodyPublishers.noBody());
        access.headers().forEach(request::setHeader);
        return HttpClient.newBuilder()
                .sslContext(tls.context(Optional.empty(), Optional.empty()))
                .build()
                .send(request.build(), BodyHandlers.discarding())
                .statusCode();
    }

    private static void fails(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(StorageFailure.class, failure -> assertThat(failure.reason())
                .as(failure.detail())
                .isEqualTo(reason));
    }

    private static String fresh(String name) {
        return "storage-it/" + FILES.incrementAndGet() + "/" + name;
    }

    private static byte[] content(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static Checksums sums(byte[] content) {
        Adler32 sum = new Adler32();
        sum.update(content);
        return new Checksums(Optional.of(String.format("%08x", sum.getValue())), Optional.empty());
    }

    /** Does something when it has given so many bytes. */
    private static final class Midway extends FilterInputStream {

        private final Runnable act;
        private long left;

        Midway(InputStream stream, long after, Runnable act) {
            super(stream);
            this.left = after;
            this.act = act;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, length);
            if (left > 0 && (left -= read) <= 0) {
                act.run();
            }
            return read;
        }
    }

    /** Breaks after so many bytes. */
    private static final class BreakingStream extends FilterInputStream {

        private long left;

        BreakingStream(byte[] content, long after) {
            super(new ByteArrayInputStream(content));
            this.left = after;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (left <= 0) {
                throw new IOException("the client went away");
            }
            int read = super.read(target, offset, (int) Math.min(length, left));
            left -= read;
            return read;
        }
    }
}
