/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.diracee.tests.Curl.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates, proxies and VOMS attributes of the testbed's CA, shown by curl to a server that trusts it. */
@Tag("real")
class X509IT {

    private static final String WHO_AM_I = "/api/auth/userinfo";
    private static final String LOG_IN = "/api/auth/certificate";
    private static final String JOB = "[\"Executable = \\\"/bin/true\\\";\"]";
    private static final Duration A_MINUTE = Duration.ofSeconds(60);

    static RunningSystem system;
    static GridAuthority grid;
    static GridAuthority foreign;
    static Curl curl;

    @BeforeAll
    static void start() {
        system = RunningSystem.ofItsOwn("x509", 1);
        grid = GridAuthority.in(system.directory().resolve("grid"), "Test CA");
        foreign = GridAuthority.in(system.directory().resolve("foreign"), "Foreign CA");
        Stream.of("alice", "bob", "mallory", "ruth", "dave").forEach(grid::user);
        grid.user("eve", "/DC=test/DC=grid/CN=Eve Example/emailAddress=eve@example.org");
        grid.expired("old");
        foreign.user("alice");
        foreign.user("fred");
        grid.trustVomsServer("gvo");
        system.node(0)
                .start(Map.of(
                        "DIRAC_CA_DIR",
                        grid.certificates().toString(),
                        "DIRAC_VOMS_DIR",
                        grid.vomsServers().toString()));
        curl = Curl.of(system);
        commit("""
                Registry
                {
                  gvo
                  {
                    DefaultGroup = gvo_user
                    Users
                    {
                      u-1
                      {
                        PreferedUsername = alice
                        DNs = /DC=test/DC=grid/CN=alice
                      }
                      u-2
                      {
                        PreferedUsername = bob
                        DNs = /DC=test/DC=grid/CN=bob
                      }
                      u-3
                      {
                        PreferedUsername = eve
                        DNs = /DC=test/DC=grid/CN=Eve Example/Email=eve@example.org
                      }
                      u-4
                      {
                        PreferedUsername = ruth
                        DNs = /DC=test/DC=grid/CN=ruth
                      }
                      u-5
                      {
                        PreferedUsername = fred
                        DNs = /DC=test/DC=grid/CN=fred
                      }
                      u-6
                      {
                        PreferedUsername = old
                        DNs = /DC=test/DC=grid/CN=old
                      }
                      u-7
                      {
                        PreferedUsername = dave
                        DNs = /DC=test/DC=grid/CN=dave
                        Suspended = true
                      }
                    }
                    Groups
                    {
                      gvo_user
                      {
                        Properties = NormalUser
                        Users = u-1, u-2, u-3, u-4, u-5, u-6, u-7
                        VOMSRole = /gvo
                      }
                      gvo_prod
                      {
                        Properties = NormalUser, JobAdministrator
                        Users = u-1
                        VOMSRole = /gvo/Role=production
                      }
                    }
                  }
                }
                """);
    }

    @AfterAll
    static void stop() {
        if (system != null) {
            system.close();
        }
    }

    private static void commit(String document) {
        ObjectNode commit = new ObjectMapper().createObjectNode();
        commit.put(
                "base",
                system.user("root")
                        .get("/api/config/revisions?limit=1")
                        .json()
                        .at("/revisions/0/revision")
                        .asLong());
        commit.put("message", "for the tests");
        commit.put("document", document);
        commit.put("mode", "merge");
        Answer answer = system.user("root").post("/api/config/revisions", commit.toString());
        assertThat(answer.status()).as(answer.toString()).isIn(200, 201);
    }

    private static Curl certificateOf(String name) {
        return curl.showing(grid.certificate(name), grid.key(name));
    }

    private static void isUser(Curl client, String username, String group) {
        Reply reply = client.get(WHO_AM_I);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.json().path("preferred_username").asText()).isEqualTo(username);
        assertThat(reply.json().path("dirac_group").asText()).isEqualTo(group);
    }

    private static void isRefused(Curl client, String reason) {
        Reply reply = client.get(WHO_AM_I);
        assertThat(reply.status()).as(reply.body()).isEqualTo(401);
        assertThat(reply.detail())
                .startsWith("The certificate does not count here: ")
                .contains(reason);
        assertThat(reply.json().path("code").asText()).isEqualTo("UNTRUSTED_CERTIFICATE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--tls-max=1.2", "--tlsv1.3", "--http1.1", "--http2"})
    void aCertificateAndItsProxiesStandForTheirHolder(String option) {
        String[] options = option.split("=", 2);
        isUser(certificateOf("alice").with(options), "alice", "gvo_user");
        Path proxy = grid.proxy("alice");
        isUser(curl.showing(proxy).with(options), "alice", "gvo_user");
        isUser(curl.showing(grid.proxyOf(proxy, "alice")).with(options), "alice", "gvo_user");
    }

    @Test
    void aRefusedCertificateIsInTheAuditLog() {
        // the tests before may have used up this minute's rows of strangers
        await().atMost(Duration.ofSeconds(75)).untilAsserted(() -> {
            isRefused(certificateOf("old"), "expired at");
            assertThat(system.user("root")
                            .get("/api/audit?act=authentication&target=" + Http.encoded("GET " + WHO_AM_I))
                            .json()
                            .path("records"))
                    .anySatisfy(row -> assertThat(row.path("detail").asText()).contains("expired at"));
        });
    }

    @Test
    void aNameWithAnAddressIsFoundHoweverItIsSpelled() {
        isUser(certificateOf("eve"), "eve", "gvo_user");
    }

    @Test
    void aLimitedProxyReadsButStartsNothing() {
        Path limited = grid.proxy("alice", "--limited");
        Path below = grid.proxyOf(limited, "alice");
        for (Path proxy : new Path[] {limited, below}) {
            Curl client = curl.showing(proxy);
            isUser(client, "alice", "gvo_user");
            assertThat(client.post("/api/jobs/search", "{}").status()).isEqualTo(200);
            Reply refused = client.post("/api/jobs/jdl", JOB);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.detail()).contains("limited proxy");
            assertThat(client.form(LOG_IN, "scope=").status()).isEqualTo(403);
        }
        assertThat(curl.showing(grid.proxy("alice")).post("/api/jobs/jdl", JOB).status())
                .isEqualTo(201);
    }

    @Test
    void aChainIsNoLongerThanItsProxiesAllow() {
        Path last = grid.proxy("alice", "--pathlen", "0");
        isUser(curl.showing(last), "alice", "gvo_user");
        isRefused(curl.showing(grid.proxyOf(last, "alice")), "");
    }

    @Test
    void whatIsOverDoesNotCount() {
        isRefused(certificateOf("old"), "expired at");
        isRefused(curl.showing(grid.proxy("old")), "expired at");
        isRefused(curl.showing(grid.proxy("alice", "--expired")), "the proxy expired at");
    }

    @Test
    void certificatesOfOthersDoNotCount() throws IOException {
        isRefused(curl.showing(foreign.certificate("alice"), foreign.key("alice")), "");
        isRefused(curl.showing(foreign.proxy("alice")), "");
        isRefused(certificateOf("mallory"), "is not registered");
        isRefused(certificateOf("dave"), "suspended");
        // mallory's proxy before alice's certificate
        Path mixed = Files.createTempFile(system.directory(), "mixed", ".pem");
        String proxy = Files.readString(grid.proxy("mallory"));
        Files.writeString(
                mixed,
                proxy.substring(0, proxy.lastIndexOf("-----BEGIN CERTIFICATE"))
                        + Files.readString(grid.certificate("alice")));
        isRefused(curl.showing(mixed), "");
    }

    @Test
    void aRevocationCountsWithinAMinuteWithoutARestart() {
        isUser(certificateOf("ruth"), "ruth", "gvo_user");
        Path proxy = grid.proxy("ruth");
        isUser(curl.showing(proxy), "ruth", "gvo_user");
        grid.revoke("ruth");
        await("revocation counts").atMost(A_MINUTE).untilAsserted(() -> {
            isRefused(certificateOf("ruth"), "revoked");
            isRefused(curl.showing(proxy), "revoked");
        });
        isUser(certificateOf("alice"), "alice", "gvo_user");
    }

    @Test
    void aNewAuthorityCountsWithinAMinuteWithoutARestart() {
        GridAuthority later = GridAuthority.in(system.directory().resolve("later"), "Later CA");
        later.user("fred");
        Curl fred = curl.showing(later.certificate("fred"), later.key("fred"));
        isRefused(fred, "");
        later.joins(grid);
        await("CA counts").atMost(A_MINUTE).untilAsserted(() -> isUser(fred, "fred", "gvo_user"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-newformat"})
    void vomsAttributesChooseTheGroup(String format) {
        String[] options = format.isEmpty() ? new String[0] : new String[] {format};
        isUser(curl.showing(grid.voms("alice", "gvo", "/gvo/Role=production", options)), "alice", "gvo_prod");
        isUser(curl.showing(grid.voms("alice", "gvo", "/gvo/Role=NULL/Capability=NULL", options)), "alice", "gvo_user");
        // not a member of what the attribute stands for
        isUser(curl.showing(grid.voms("bob", "gvo", "/gvo/Role=production", options)), "bob", "gvo_user");
    }

    @Test
    void attributesThatNoTrustedServerSignedCountAsNone() throws IOException {
        // no LSC file for that VO
        isUser(curl.showing(grid.voms("alice", "nvo", "/nvo/Role=production")), "alice", "gvo_user");
        // a server of one VO speaks of another
        isUser(curl.showing(grid.voms("alice", "nvo", "/gvo/Role=production")), "alice", "gvo_user");
        isUser(curl.showing(grid.voms("alice", "gvo", "/nvo/Role=production")), "alice", "gvo_user");
        // over, or of the wrong server
        isUser(
                curl.showing(grid.voms("alice", "gvo", "/gvo/Role=production", "-pastac", "20:00", "-vomslife", "1")),
                "alice",
                "gvo_user");
        isUser(
                curl.showing(grid.voms("alice", "gvo", "/gvo/Role=production", "-uri", "other.test.grid:15000")),
                "alice",
                "gvo_user");
        Path lsc = grid.vomsServers().resolve("wvo/voms.test.grid.lsc");
        Files.createDirectories(lsc.getParent());
        Files.writeString(lsc, "/DC=test/DC=grid/CN=another\n/DC=test/DC=grid/CN=Test CA\n");
        isUser(curl.showing(grid.voms("alice", "wvo", "/wvo/Role=production")), "alice", "gvo_user");
    }

    @Test
    void theGroupThatAProxyIsMadeForCounts() {
        isUser(curl.showing(grid.proxy("alice", "--group", "gvo_prod")), "alice", "gvo_prod");
        isRefused(curl.showing(grid.proxy("bob", "--group", "gvo_prod")), "no member of the group gvo_prod");
    }

    @ParameterizedTest
    @CsvSource({
        // certificate, header, status, user or detail
        "none, none, 401, Authorization header is missing",
        "none, good, 200, root",
        "none, bad, 401, Invalid JWT",
        "none, malformed, 400, Invalid authorization header",
        "good, none, 200, alice",
        "good, good, 200, root",
        "good, bad, 401, Invalid JWT",
        "good, malformed, 400, Invalid authorization header",
        "good, empty, 400, Invalid authorization header",
        "good, basic, 401, Authorization: the scheme is not accepted here",
        "foreign, none, 401, The certificate does not count here",
        "foreign, good, 200, root",
        "foreign, bad, 401, Invalid JWT",
        "limited, good, 200, root",
        "limited, bad, 401, Invalid JWT"
    })
    void aHeaderDecidesAlone(String certificate, String header, int status, String outcome) {
        Curl client =
                switch (certificate) {
                    case "good" -> certificateOf("alice");
                    case "limited" -> curl.showing(grid.proxy("alice", "--limited"));
                    case "foreign" -> curl.showing(foreign.certificate("alice"), foreign.key("alice"));
                    default -> curl;
                };
        client = switch (header) {
            case "good" ->
                client.with("-H", "Authorization: Bearer " + system.user("root").token());
            case "bad" -> client.with("-H", "Authorization: Bearer a.b.c");
            case "malformed" -> client.with("-H", "Authorization: Bearer a b");
            case "empty" -> client.with("-H", "Authorization;");
            case "basic" -> client.with("-H", "Authorization: Basic YWxpY2U6eA==");
            default -> client;
        };
        Reply reply = client.get(WHO_AM_I);
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        if (status == 200) {
            assertThat(reply.json().path("preferred_username").asText()).isEqualTo(outcome);
        } else {
            assertThat(reply.detail()).startsWith(outcome);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-SSL-Client-Cert",
                "SSL_CLIENT_CERT",
                "X-Client-Cert",
                "X-Forwarded-Client-Cert",
                "Client-Cert",
                "X-SSL-Client-S-DN",
                "X-SSL-Cipher"
            })
    void noHeaderIsTakenForACertificate(String header) throws IOException {
        String value = header.contains("DN")
                ? "/DC=test/DC=grid/CN=alice"
                : Files.readString(grid.certificate("alice"))
                        .replaceAll("\\s+", " ")
                        .strip();
        Reply reply = curl.with("-H", header + ": " + value).get(WHO_AM_I);
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.detail()).isEqualTo("Authorization header is missing");
        // nor in the place of another's
        Reply other = certificateOf("bob").with("-H", header + ": " + value).get(WHO_AM_I);
        assertThat(other.json().path("preferred_username").asText()).isEqualTo("bob");
    }

    @Test
    void publicRoutesAnswerWhateverIsShown() {
        Curl stranger = curl.showing(foreign.certificate("alice"), foreign.key("alice"));
        assertThat(stranger.get("/api/health/ready").status()).isEqualTo(200);
        assertThat(stranger.get("/.well-known/dirac-metadata").status()).isEqualTo(200);
    }

    @Test
    void aCertificateGivesTokensOfItsScope() {
        Reply tokens = certificateOf("alice").form(LOG_IN, "scope=vo:gvo group:gvo_prod");
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        String access = tokens.json().path("access_token").asText();
        isUser(curl.with("-H", "Authorization: Bearer " + access), "alice", "gvo_prod");
        Reply refreshed = curl.with("-d", "grant_type=refresh_token", "-d", "client_id=myDIRACClientID")
                .form(
                        "/api/auth/token",
                        "refresh_token=" + tokens.json().path("refresh_token").asText());
        assertThat(refreshed.status()).as(refreshed.body()).isEqualTo(200);

        assertThat(certificateOf("bob")
                        .form(LOG_IN, "scope=vo:gvo group:gvo_prod")
                        .status())
                .isEqualTo(403);
        assertThat(certificateOf("bob").form(LOG_IN, "scope=vo:demo").status()).isEqualTo(401);
        assertThat(curl.showing(grid.proxy("alice", "--group", "gvo_user"))
                        .form(LOG_IN, "scope=vo:gvo group:gvo_prod")
                        .status())
                .isEqualTo(403);
        assertThat(curl.form(LOG_IN, "scope=vo:gvo").status()).isEqualTo(401);
        assertThat(certificateOf("alice")
                        .with("-H", "Authorization: Bearer a.b.c")
                        .form(LOG_IN, "scope=vo:gvo")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void theCommandLineLogsInWithACertificateOrAProxy() {
        assertThat(logIn(
                        "--cert",
                        grid.certificate("alice").toString(),
                        "--key",
                        grid.key("alice").toString()))
                .contains("Logged in as alice, VO gvo, group gvo_user");
        assertThat(logIn("--group", "gvo_prod", "--proxy", grid.proxy("alice").toString()))
                .contains("Logged in as alice, VO gvo, group gvo_prod");
    }

    @Test
    void aCertificateAloneTakesAJobToItsOutputByPilotsThatAnArcComputingElementLetsInByAProxy() throws IOException {
        Arex.install();
        Path directory = Files.createTempDirectory(Path.of("/var/tmp"), "dirac-x509");
        RunningSystem.run(Map.of(), "/bin/chmod", "755", directory.toString());
        Arex arex =
                Arex.ofProcesses(directory.resolve("arc"), system.directory().resolve("grid"), system);
        try {
            arex.start();
            Path trusted = directory.resolve("trusted.pem");
            Files.writeString(
                    trusted,
                    Files.readString(system.ca())
                            + Files.readString(system.directory().resolve("grid/ca/ca.pem")));
            Map<String, String> options = new HashMap<>();
            arex.describe(options, "certificates", "gvo", trusted);
            options.put("Operations/gvo/Pilot/GenericPilotUser", "alice");
            options.put("Operations/gvo/Pilot/GenericPilotGroup", "gvo_user");
            assertThat(new ConfigurationCalls(system.user("root"))
                            .commit(ConfigurationCalls.edits(options))
                            .status())
                    .isEqualTo(201);
            String[] certificate = {
                "--cert",
                grid.certificate("alice").toString(),
                "--key",
                grid.key("alice").toString()
            };
            logIn(certificate);
            dirac().run(Stream.concat(Stream.of("proxy", "upload"), Stream.of(certificate))
                    .toArray(String[]::new));
            dirac().takesAJobToItsOutput("certificates");
        } finally {
            arex.stop();
            RunningSystem.run(Map.of(), "/bin/rm", "-rf", directory.toString());
        }
    }

    private static String logIn(String... how) {
        return dirac().run(
                        Stream.concat(Stream.of("login", "gvo"), Stream.of(how)).toArray(String[]::new));
    }

    private static CommandLine dirac() {
        return new CommandLine(system, system.directory().resolve("home"));
    }

    @Test
    void machinesDoNotCall() {
        grid.user("machine");
        commit("""
                Registry
                {
                  Hosts
                  {
                    machine.test.grid
                    {
                      DN = /DC=test/DC=grid/CN=machine
                      Properties = TrustedHost
                    }
                  }
                }
                """);
        isRefused(certificateOf("machine"), "is a machine's");
    }
}
