/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.diracee.client.ClientJson;
import org.diracee.client.FakeServer;
import org.diracee.kernel.proxy.ProxyChain;
import org.diracee.kernel.proxy.ProxyCredential;
import org.diracee.kernel.proxy.ProxyKey;
import org.diracee.kernel.proxy.ProxyRequest;
import org.diracee.kernel.proxy.ProxyTerms;
import org.diracee.kernel.proxy.TestAuthority;
import org.diracee.kernel.value.GroupName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProxyCommandsTest {

    private static final TestAuthority AUTHORITY = new TestAuthority("Test CA", Program.NOW);
    private static final ProxyCredential ALICE = AUTHORITY.person("alice");
    private static final ProxyKey SERVERS = ProxyKey.generate();
    private static final String BEGIN = "POST /api/proxies/requests";
    private static final String COMPLETE = "PUT /api/proxies/requests/r-1";
    private static final String STORED = """
            {"id":"p-1","vo":"demo","user":"alice","subject":"a-1","dn":"/DC=test/DC=grid/CN=alice",
             "stored":"2026-11-01T00:00:00Z","expires":"2026-12-01T00:00:00Z"%s}""";

    private final FakeServer server;
    private final Program program;
    private final Path directory;
    private final Path proxyFile;

    ProxyCommandsTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        this.proxyFile = directory.resolve("x509up");
        server = new FakeServer();
        Path globus = Files.createDirectories(directory.resolve(".globus"));
        write(globus.resolve("usercert.pem"), ALICE.chain().pem());
        write(globus.resolve("userkey.pem"), keyOf(ALICE));
        program = new Program(server, directory)
                .loggedIn()
                .with("HOME", directory.toString())
                .with("X509_USER_PROXY", proxyFile.toString());
    }

    private static String keyOf(ProxyCredential credential) {
        String text = credential.pem();
        String end = "-----END RSA PRIVATE KEY-----\n";
        return text.substring(text.indexOf("-----BEGIN RSA"), text.indexOf(end) + end.length());
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private ProxyCredential made() throws IOException {
        return ProxyCredential.read(Files.readString(proxyFile));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Nested
    class Init {

        @Test
        void makesAProxyThatOnlyItsOwnerReads() throws IOException {
            Program.Result result = program.run("proxy", "init");

            assertThat(result.code()).as(result.err()).isZero();
            assertThat(result.out()).isEqualTo(proxyFile + "\n");
            assertThat(result.err()).contains("Proxy of /DC=test/DC=grid/CN=alice until");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(proxyFile)))
                    .isEqualTo("rw-------");
            ProxyChain chain = made().chain();
            assertThat(chain.expires()).isEqualTo(Program.NOW.plus(Duration.ofHours(12)));
            assertThat(chain.isLimited()).isFalse();
            assertThat(chain.diracGroup()).isEmpty();
            assertThat(server.requests()).isEmpty();
            try (var files = Files.list(directory)) {
                assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.endsWith(".part"));
            }
        }

        @Test
        void takesGroupLifeAndPlaceAsTold() throws IOException {
            Program.Result result = program.run(
                    "proxy",
                    "init",
                    "--rfc",
                    "--group",
                    "demo_user",
                    "--limited",
                    "--valid",
                    "100",
                    "--out",
                    "mine.pem");

            assertThat(result.code()).as(result.err()).isZero();
            ProxyChain chain = ProxyChain.read(Files.readString(directory.resolve("mine.pem")));
            assertThat(chain.diracGroup()).contains("demo_user");
            assertThat(chain.isLimited()).isTrue();
            assertThat(chain.expires()).isEqualTo(Program.NOW.plus(Duration.ofHours(100)));
        }

        @Test
        void saysThatTheCertificateEndsFirstOnlyIfItDoes() {
            program.at(Program.NOW.plusMillis(500));

            assertThat(program.run("proxy", "init").err()).doesNotContain("ends earlier");
            assertThat(program.run("proxy", "init", "--valid", "87600").err()).contains("ends earlier");
        }

        @Test
        void followsNoLinkThatSomebodyPutInTheWay() throws IOException {
            Path victim = directory.resolve("victim");
            Files.writeString(victim, "precious");
            Files.createSymbolicLink(proxyFile, victim);

            assertThat(program.run("proxy", "init").code()).isZero();

            assertThat(victim).hasContent("precious");
            assertThat(Files.isSymbolicLink(proxyFile)).isFalse();
        }

        @Test
        void opensKeysWithAPassword() throws Exception {
            Path key = directory.resolve(".globus/userkey.pem");
            for (boolean old : new boolean[] {true, false}) {
                write(key, encrypted("secret", old));

                assertThat(program.reading("secret\n")
                                .run("proxy", "init", "--password-file", "-")
                                .code())
                        .isZero();
                Program.Result wrong = program.reading("wrong\n").run("proxy", "init", "--password-file", "-");
                assertThat(wrong.code()).isEqualTo(ExitCode.LOCAL);
                assertThat(wrong.err()).contains("the password is wrong").doesNotContain("secret");
                assertThat(program.run("proxy", "init").err()).contains("give --password-file");
            }
        }

        @Test
        void refusesAKeyThatOthersCanRead() throws IOException {
            Files.setPosixFilePermissions(
                    directory.resolve(".globus/userkey.pem"), PosixFilePermissions.fromString("rw-r--r--"));

            Program.Result result = program.run("proxy", "init");

            assertThat(result.code()).isEqualTo(ExitCode.USAGE);
            assertThat(result.err()).contains("can be read by others");
        }

        @Test
        void saysWhatIsMissingOrWrong() throws IOException {
            assertThat(program.run("proxy", "init", "--valid", "0").code()).isEqualTo(ExitCode.USAGE);
            assertThat(program.run("proxy", "init", "--group", "a b").err()).contains("--group");
            Program.Result missing = program.run("proxy", "init", "--cert", "nowhere.pem");
            assertThat(missing.code()).isEqualTo(ExitCode.LOCAL);
            assertThat(missing.err()).contains("nowhere.pem does not exist");
            write(
                    directory.resolve(".globus/usercert.pem"),
                    AUTHORITY.person("bob").chain().pem());
            assertThat(program.run("proxy", "init").err()).contains("is not for this private key");
        }

        @Test
        void uploadsACleanProxyAsWellIfTold() throws IOException {
            begun();
            server.on(COMPLETE, 200, completed(true));

            Program.Result result = program.run("proxy", "init", "--group", "demo_user", "--upload");

            assertThat(result.code()).as(result.err()).isZero();
            assertThat(made().chain().diracGroup()).contains("demo_user");
            assertThat(brought().diracGroup()).isEmpty();
        }
    }

    private static String json(Object value) {
        try {
            return ClientJson.MAPPER.writeValueAsString(value);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void begun() {
        server.on(
                BEGIN,
                201,
                json(new org.diracee.client.wire.BegunProxyUpload(
                        "r-1", SERVERS.request().pem(), Program.NOW.plusSeconds(300))));
    }

    private static String completed(boolean stored) {
        return "{\"dn\":\"/DC=test/DC=grid/CN=alice\",\"stored\":%s,\"expires\":\"2027-01-01T00:00:00Z\"}"
                .formatted(stored);
    }

    private ProxyChain brought() throws IOException {
        String body = server.requests(COMPLETE).get(0).body();
        assertThat(body).doesNotContain("PRIVATE");
        JsonNode sent = ClientJson.MAPPER.readTree(body);
        return SERVERS.with(ProxyChain.read(sent.get("chain").asText())).chain();
    }

    @Nested
    class Upload {

        @Test
        void signsTheServersRequestAndSendsNoPrivateKey() throws IOException {
            begun();
            server.on(COMPLETE, 200, completed(true));

            Program.Result result = program.run("proxy", "upload", "--valid", "240");

            assertThat(result.code()).as(result.err()).isZero();
            assertThat(result.err()).contains("The server has a proxy of /DC=test/DC=grid/CN=alice until");
            assertThat(brought().expires()).isEqualTo(Program.NOW.plus(Duration.ofHours(240)));
        }

        @Test
        void lastsAsLongAsTheCertificateUnlessTold() throws IOException {
            begun();
            server.on(COMPLETE, 200, completed(true));

            assertThat(program.run("proxy", "upload").code()).isZero();

            assertThat(brought().expires()).isEqualTo(ALICE.chain().expires());
        }

        @Test
        void signsWithAProxyIfTold() throws IOException {
            begun();
            server.on(COMPLETE, 200, completed(true));
            program.run("proxy", "init");

            assertThat(program.run("proxy", "upload", "--proxy", proxyFile.toString())
                            .code())
                    .isZero();

            assertThat(brought().proxies()).hasSize(2);
        }

        @Test
        void refusesProxiesThatOthersCanReadAreOldOrMissing() throws IOException {
            begun();
            program.run("proxy", "init");
            Files.setPosixFilePermissions(proxyFile, PosixFilePermissions.fromString("rw-r-----"));
            ProxyTerms over = new ProxyTerms(
                    Program.NOW.minus(Duration.ofHours(1)),
                    Program.NOW.minusSeconds(1),
                    false,
                    Optional.empty(),
                    Optional.empty());
            write(directory.resolve("old"), ALICE.proxy(over).pem());

            assertThat(program.run("proxy", "upload", "--proxy", "x509up").err())
                    .contains("can be read by others");
            assertThat(program.run("proxy", "upload", "--proxy", "old").err()).contains("ended at");
            assertThat(program.run("proxy", "upload", "--proxy", "none").err()).contains("There is no proxy in");
            assertThat(server.requests()).isEmpty();
        }

        @Test
        void saysThatTheServersOneIsLonger() {
            begun();
            server.on(COMPLETE, 200, completed(false));

            assertThat(program.run("proxy", "upload").err())
                    .contains("Not stored")
                    .contains("ends no earlier");
        }
    }

    @Nested
    class Download {

        @Test
        void makesTheKeyHereAndWritesTheProxy() throws IOException {
            // the answer can be made only when the request is known: first a wrong one
            server.on(
                    "POST /api/proxies/deliveries",
                    201,
                    delivered(ALICE.sign(SERVERS.request(), terms()).pem()));

            Program.Result wrong = program.run("proxy", "download", "--user", "alice", "-g", "demo_user", "--limited");

            assertThat(wrong.err()).contains("is not for this private key");
            assertThat(proxyFile).doesNotExist();
            JsonNode order = ClientJson.MAPPER.readTree(
                    server.requests("POST /api/proxies/deliveries").get(0).body());
            assertThat(order.get("user").asText()).isEqualTo("alice");
            assertThat(order.get("group").asText()).isEqualTo("demo_user");
            assertThat(order.get("limited").asBoolean()).isTrue();
            assertThat(order.has("lifetime")).isFalse();
            assertThat(ProxyRequest.read(order.get("request").asText())).isNotNull();
        }

        @Test
        void takesOneKindOnly() {
            assertThat(program.run("proxy", "download", "--limited", "--full").code())
                    .isEqualTo(ExitCode.USAGE);
        }

        private ProxyTerms terms() {
            return ProxyTerms.full(Program.NOW, Program.NOW.plusSeconds(3600)).in(new GroupName("demo_user"));
        }

        private String delivered(String chain) {
            return json(new org.diracee.client.wire.DeliveredProxy(
                    chain,
                    "/DC=test/DC=grid/CN=alice",
                    "demo_user",
                    false,
                    java.util.List.of(),
                    Instant.parse("2026-11-22T13:00:00Z"),
                    java.util.Optional.of(Instant.parse("2026-11-22T12:30:00Z"))));
        }
    }

    @Nested
    class Info {

        @Test
        void showsTheLocalOneAndThoseAtTheServer() {
            program.run("proxy", "init", "--group", "demo_user", "--limited");
            server.on("GET /api/proxies", 200, "[" + STORED.formatted(",\"warning\":\"ends in 8 days\"") + "]");

            Program.Result result = program.run("proxy", "info");

            assertThat(result.code()).as(result.err()).isZero();
            assertThat(result.out())
                    .contains("identity     /DC=test/DC=grid/CN=alice\n")
                    .contains("issuer       /DC=test/DC=grid/CN=alice\n")
                    .contains("type         RFC 3820 limited proxy\n")
                    .contains("key          RSA 2048\n")
                    .contains("DIRAC group  demo_user\n")
                    .contains("ends         2026-11-23T00:00:00Z\n")
                    .contains("time left    12 h 00 min\n")
                    .contains("p-1\talice\t/DC=test/DC=grid/CN=alice\t2026-12-01T00:00:00Z\tends in 8 days\n")
                    .doesNotContain("PRIVATE");
        }

        @Test
        void asksNobodyForTheLocalOneAlone() throws IOException {
            program.run("proxy", "init", "--out", "other.pem");

            Program.Result result = program.run("proxy", "info", "--local", "other.pem");

            assertThat(result.out()).contains("RFC 3820 proxy");
            assertThat(server.requests()).isEmpty();
            JsonNode json = ClientJson.MAPPER.readTree(program.run("proxy", "info", "--local", "other.pem", "--json")
                    .out());
            assertThat(json.at("/local/limited").asBoolean(true)).isFalse();
            assertThat(json.at("/local/expires").asText()).isEqualTo("2026-11-23T00:00:00Z");
            assertThat(json.has("stored")).isFalse();
        }

        @Test
        void saysThatThereIsNone() {
            server.on("GET /api/proxies", 200, "[]");

            Program.Result result = program.run("proxy", "info");

            assertThat(result.code()).isZero();
            assertThat(result.err()).contains("There is no proxy in " + proxyFile, "The server has no proxy of you");
            assertThat(program.run("proxy", "info", "--local", "nowhere").code())
                    .isEqualTo(ExitCode.LOCAL);
            assertThat(program.run("proxy", "info", "--local", "--stored").code())
                    .isEqualTo(ExitCode.USAGE);
        }
    }

    @Nested
    class Delete {

        @Test
        void deletesWhatIsNamed() {
            server.on("DELETE /api/proxies/p-1", 204, "");

            assertThat(program.run("proxy", "delete", "p-1")).isEqualTo(new Program.Result(0, "p-1\n", ""));
            assertThat(program.run("proxy", "delete", "p-2").code()).isEqualTo(ExitCode.REFUSED);
            assertThat(program.run("proxy", "delete").code()).isEqualTo(ExitCode.USAGE);
        }

        @Test
        void deletesAllOwnOnes() {
            server.on(
                    "GET /api/proxies",
                    200,
                    "[" + STORED.formatted("") + ","
                            + STORED.formatted("").replace("p-1", "p-2").replace("a-1", "b-2") + "]");
            server.on("GET /api/auth/userinfo", 200, """
                    {"sub":"demo:a-1","vo":"demo","dirac_group":"demo_admin","policies":{},"properties":["ProxyManagement"],
                     "preferred_username":"alice"}""");
            server.on("DELETE /api/proxies/p-1", 204, "");

            assertThat(program.run("proxy", "delete", "--all").out()).isEqualTo("p-1\n");
        }
    }

    private static String encrypted(String password, boolean old) throws IOException, OperatorCreationException {
        StringWriter text = new StringWriter();
        var key = TestAuthority.privateKey("alice");
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            if (old) {
                writer.writeObject(
                        key,
                        new JcePEMEncryptorBuilder("DES-EDE3-CBC")
                                .setProvider(new BouncyCastleProvider())
                                .build(password.toCharArray()));
            } else {
                writer.writeObject(new JcaPKCS8Generator(
                        key,
                        new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                                .setProvider(new BouncyCastleProvider())
                                .setPassword(password.toCharArray())
                                .build()));
            }
        }
        return text.toString();
    }
}
