/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Proxies of users on a server that trusts the CA of {@code testbed/ca.sh}, by the program {@code dirac-ee} and over plain HTTP. What is
 * tagged so also asks the grid's own tools what they hold of our proxies.
 */
class ProxiesHttpIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DN = "/DC=test/DC=grid/CN=alice";

    static RunningSystem system;
    static Path grid;

    @BeforeAll
    static void start() throws IOException {
        system = RunningSystem.ofItsOwn("proxies", 1);
        grid = system.directory().resolve("grid");
        ca("start");
        ca("user", "alice");
        ca("user", "mallory");
        system.node(0)
                .start(Map.of(
                        "DIRAC_CA_DIR", grid.resolve("certificates").toString(),
                        "DIRAC_VOMS_DIR", grid.resolve("vomsdir").toString()));
        ConfigurationCalls root = new ConfigurationCalls(system.user("root"));
        Map<String, String> options = new HashMap<>();
        options.put("/Registry/demo/Users/a-1/DNs", DN);
        options.put("/Registry/demo/Groups/demo_user/Properties", "NormalUser, PrivateLimitedDelegation");
        options.put(
                "/Registry/demo/Groups/demo_admin/Properties",
                "NormalUser, CSAdministrator, ProxyManagement, FullDelegation");
        options.forEach(
                (path, value) -> assertThat(root.set(path, value).status()).isEqualTo(201));
    }

    @AfterAll
    static void stop() {
        if (system != null) {
            system.close();
        }
    }

    @BeforeEach
    void forget() {
        system.sql("delete from framework.stored_proxy");
    }

    private static String ca(String action, String... arguments) {
        List<String> all = new ArrayList<>(List.of(action, grid.toString()));
        all.addAll(List.of(arguments));
        return RunningSystem.run(Map.of(), "testbed/ca.sh", all.toArray(String[]::new));
    }

    private static Path file(String name) {
        return grid.resolve(name);
    }

    private static String value(String sql) {
        try (Connection connection = system.database().dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery(sql)) {
            results.next();
            return String.valueOf(results.getString(1));
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** The program as this user of the demo VO runs it, with a certificate of the CA. */
    private static String program(String user, String... arguments) {
        return CommandLine.of(system, user)
                .run(
                        Map.of(
                                "X509_USER_PROXY",
                                file("proxy-of-" + user).toString(),
                                "X509_USER_CERT",
                                file("users/alice/usercert.pem").toString(),
                                "X509_USER_KEY",
                                file("users/alice/userkey.pem").toString()),
                        arguments);
    }

    private static String openssl(String... arguments) {
        return RunningSystem.run(Map.of(), "/usr/bin/openssl", arguments);
    }

    /** The request of a key that is made here. */
    private static String request(String name) throws IOException {
        openssl(
                "req",
                "-new",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-subj",
                "/CN=any",
                "-keyout",
                file(name + ".key").toString(),
                "-out",
                file(name + ".csr").toString());
        return Files.readString(file(name + ".csr"));
    }

    private static ObjectNode object() {
        return JSON.createObjectNode();
    }

    private static Answer bring(Http caller, String id, String chain) {
        return caller.send(
                "PUT",
                "/api/proxies/requests/" + id,
                Http.JSON,
                BodyPublishers.ofString(object().put("chain", chain).toString()));
    }

    @Test
    void aUserEntrustsAProxyAndGetsLimitedOnesOfIt() throws IOException {
        assertThat(program("alice", "proxy", "upload", "--valid", "240")).contains("The server has a proxy of " + DN);

        assertThat(program("alice", "proxy", "info", "--stored")).contains("\talice\t" + DN + "\t");
        String stored = value("select string_agg(p::text, '') from framework.stored_proxy p");
        assertThat(stored).contains(DN, "sealed:").doesNotContain("BEGIN", "MII");
        assertThat(value("select count(*) from framework.proxy_request")).isEqualTo("0");

        Path downloaded = file("downloaded");
        assertThat(program("alice", "proxy", "download", "--valid", "10", "--out", downloaded.toString()))
                .contains("Limited proxy of " + DN + " in the group demo_user");
        verify(downloaded);
        assertThat(program("alice", "proxy", "info", "--local", downloaded.toString()))
                .contains("RFC 3820 limited proxy", "DIRAC group  demo_user", "identity     " + DN);
        assertThat(value("""
                select string_agg(act || ' ' || outcome || ' ' || username || ' ' || target || ' ' || credential_kind, '; ' order by id)
                from framework.audit where act like 'proxy-%' and outcome = 'DONE'"""))
                .endsWith("proxy-upload DONE alice %1$s ACCESS_TOKEN; proxy-download DONE alice %1$s ACCESS_TOKEN"
                        .formatted(DN));
        assertThat(system.node(0).log()).doesNotContain("PRIVATE KEY");
    }

    @Test
    void whoHasTheRightGetsFullOnesOfOthersAndDeletesThem() throws IOException {
        program("alice", "proxy", "upload");

        Path downloaded = file("downloaded-by-root");
        assertThat(program(
                        "root",
                        "proxy",
                        "download",
                        "--user",
                        "alice",
                        "-g",
                        "demo_user",
                        "--full",
                        "--out",
                        downloaded.toString()))
                .contains("Proxy of " + DN + " in the group demo_user");
        verify(downloaded);
        String id = system.user("root").get("/api/proxies").json().at("/0/id").asText();
        assertThat(program("root", "proxy", "delete", id)).contains(id);
        assertThat(system.user("alice").get("/api/proxies").json()).isEmpty();
    }

    @Test
    void whatIsMadeHereIsAProxyForOpenssl() throws IOException {
        for (String[] options : new String[][] {{}, {"--limited"}, {"--group", "demo_user", "--valid", "100"}}) {
            List<String> command = new ArrayList<>(
                    List.of("proxy", "init", "--out", file("made").toString()));
            command.addAll(List.of(options));
            program("alice", command.toArray(String[]::new));
            verify(file("made"));
        }
    }

    private static void verify(Path proxy) {
        assertThat(openssl(
                        "verify",
                        "-allow_proxy_certs",
                        "-CAfile",
                        file("ca/ca.pem").toString(),
                        "-untrusted",
                        proxy.toString(),
                        proxy.toString()))
                .endsWith("OK\n");
        // the key is the certificate's
        assertThat(openssl("x509", "-in", proxy.toString(), "-noout", "-pubkey"))
                .isEqualTo(openssl("pkey", "-in", proxy.toString(), "-pubout"));
    }

    @Test
    void refusesWhatIsNotTheUsersOwnCleanProxyForTheServersKey() throws IOException {
        Http alice = system.user("alice");
        Answer begun = alice.post("/api/proxies/requests", "");
        assertThat(begun.status()).as(begun.toString()).isEqualTo(201);
        String id = begun.json().path("id").asText();
        assertThat(begun.json().path("request").asText()).startsWith("-----BEGIN CERTIFICATE REQUEST-----");
        ca("proxy", "alice", file("grouped").toString(), "--group", "demo_user");
        ca("proxy", "alice", file("limited").toString(), "--limited");
        ca("proxy", "alice", file("plain").toString());
        ca("proxy", "mallory", file("mallorys").toString());

        assertThat(bring(alice, id, Files.readString(file("grouped"))).detail()).contains("for a DIRAC group");
        assertThat(bring(alice, id, Files.readString(file("limited"))).detail()).contains("it is limited");
        assertThat(bring(alice, id, Files.readString(file("plain"))).detail())
                .contains("not for the key of this upload");
        assertThat(bring(alice, id, Files.readString(file("users/alice/usercert.pem")))
                        .detail())
                .contains("no proxy but a person's own certificate");
        Answer nonsense = bring(alice, id, "nonsense");
        assertThat(nonsense.status()).isEqualTo(400);
        assertThat(nonsense.detail()).contains("There is no certificate");
        assertThat(bring(system.user("bob"), id, "nonsense").status()).isEqualTo(404);
        assertThat(bring(system.user("carol"), id, "nonsense").status()).isEqualTo(404);
        assertThat(bring(system.anonymous(), id, "nonsense").status()).isEqualTo(401);
        assertThat(bring(alice, "no-uuid", "nonsense").status()).isEqualTo(400);
        assertThat(value("select count(*) from framework.stored_proxy")).isEqualTo("0");
        assertThatThrownBy(() -> program(
                        "alice",
                        "proxy",
                        "upload",
                        "--cert",
                        file("users/mallory/usercert.pem").toString(),
                        "--key",
                        file("users/mallory/userkey.pem").toString()))
                .hasMessageContaining("'/DC=test/DC=grid/CN=mallory' is none of the names");
        assertThatThrownBy(() -> program(
                        "alice", "proxy", "upload", "--proxy", file("limited").toString()))
                .hasMessageContaining("it is limited");
    }

    @Test
    void handsOutNothingToWhoMayNotHaveIt() throws IOException {
        program("alice", "proxy", "upload");
        String request = request("bobs");

        Answer others = system.user("bob")
                .post(
                        "/api/proxies/deliveries",
                        object().put("request", request).put("user", "alice").toString());
        assertThat(others.status()).isEqualTo(403);
        Answer full = system.user("alice")
                .post(
                        "/api/proxies/deliveries",
                        object().put("request", request).put("limited", false).toString());
        assertThat(full.status()).isEqualTo(403);
        Answer tooLong = system.user("alice")
                .post(
                        "/api/proxies/deliveries",
                        object().put("request", request)
                                .put("lifetime", 999_999_999)
                                .toString());
        assertThat(tooLong.status()).isEqualTo(400);
        assertThat(tooLong.detail()).contains("the stored one ends in");
        assertThat(system.user("carol")
                        .post(
                                "/api/proxies/deliveries",
                                object().put("request", request).toString())
                        .status())
                .isEqualTo(403);
        assertThat(system.user("carol").get("/api/proxies").json()).isEmpty();
        assertThat(system.user("bob").get("/api/proxies").json()).isEmpty();
        String id = system.user("alice").get("/api/proxies").json().at("/0/id").asText();
        assertThat(system.user("bob").delete("/api/proxies/" + id).status()).isEqualTo(404);
        assertThat(system.user("carol").delete("/api/proxies/" + id).status()).isEqualTo(404);
        assertThat(system.user("alice").delete("/api/proxies/" + id).status()).isEqualTo(204);
    }

    @Test
    @Tag("real")
    void theGridsOwnToolsTakeOurProxies() throws IOException {
        program(
                "alice",
                "proxy",
                "init",
                "--group",
                "demo_user",
                "--out",
                file("full").toString());
        assertThat(info("full")).contains("identity  : " + DN, "RFC compliant proxy", "strength  : 2048");
        program(
                "alice",
                "proxy",
                "init",
                "--limited",
                "--out",
                file("restricted").toString());
        assertThat(info("restricted")).contains("RFC compliant proxy", "issuer    : " + DN);
        program("alice", "proxy", "upload");
        program("alice", "proxy", "download", "--out", file("delivered").toString());
        assertThat(info("delivered")).contains("identity  : " + DN, "RFC compliant proxy");
        // exit code 0: it is good for an hour more
        RunningSystem.run(
                tools(), "/usr/bin/voms-proxy-info", "-file", file("delivered").toString(), "-exists", "-valid", "1:0");
    }

    @Test
    @Tag("real")
    void aProxyOfVomsIsShownAndNotStored() throws IOException {
        ca("lsc", "demo");
        ca("voms", "alice", file("voms-proxy").toString(), "demo", "/demo/Role=production/Capability=NULL");

        assertThat(program(
                        "alice", "proxy", "info", "--local", file("voms-proxy").toString()))
                .contains("VOMS         /demo/Role=production/Capability=NULL");
        assertThatThrownBy(() -> program(
                        "alice",
                        "proxy",
                        "upload",
                        "--proxy",
                        file("voms-proxy").toString()))
                .hasMessageContaining("VOMS attributes");
    }

    @Test
    @Tag("real")
    void aRealVomsServerSaysWhatTheHolderOfADeliveredProxyIs() throws IOException {
        ca("lsc", "demo");
        String port = voms("start", "demo").strip().replace("VOMS_PORT=", "");
        try {
            ConfigurationCalls root = new ConfigurationCalls(system.user("root"));
            Map.of(
                            "/Registry/demo/VOMSServers/127.0.0.1/DN", "/DC=test/DC=grid/CN=voms.test.grid",
                            "/Registry/demo/VOMSServers/127.0.0.1/Port", port,
                            "/Registry/demo/Groups/demo_user/VOMSRole", "/demo",
                            "/Registry/demo/Groups/demo_prod/Users", "a-1",
                            "/Registry/demo/Groups/demo_prod/Properties", "NormalUser, PrivateLimitedDelegation",
                            "/Registry/demo/Groups/demo_prod/VOMSRole", "/demo/Role=production")
                    .forEach((path, value) ->
                            assertThat(root.set(path, value).status()).isEqualTo(201));
            program("alice", "proxy", "upload", "--valid", "240");
            Answer stranger = order("demo_prod");
            assertThat(stranger.status()).as(stranger.toString()).isEqualTo(502);
            assertThat(stranger.detail()).contains("User unknown to this VO");

            voms("member", "alice", "/demo/Role=production");
            assertThat(attributes("demo_prod")).contains("attribute : /demo/Role=production/Capability=NULL");
            // the group alone, which the server writes in its long form
            assertThat(attributes("demo_user"))
                    .contains("attribute : /demo/Role=NULL/Capability=NULL")
                    .doesNotContain("production");
            // by the server's own client, so without DIRAC's group: the attribute that we verified chooses it
            RunningSystem.run(
                    tools(),
                    "/usr/bin/voms-proxy-init",
                    "-voms",
                    "demo:/demo/Role=production",
                    "-vomses",
                    file("voms/server/vomses").toString(),
                    "-cert",
                    file("users/alice/usercert.pem").toString(),
                    "-key",
                    file("users/alice/userkey.pem").toString(),
                    "-rfc",
                    "-out",
                    file("initialized").toString());
            assertThat(groupOf("initialized")).isEqualTo("demo_prod");

            voms("stop");
            // what it said lasts for a day
            assertThat(order("demo_prod").status()).isEqualTo(201);
            system.sql("delete from framework.kept_attributes");
            Answer away = order("demo_prod");
            assertThat(away.status()).isEqualTo(502);
            assertThat(away.detail()).contains("cannot be asked");
        } finally {
            voms("stop");
        }
    }

    /** What the grid's own tool says of a proxy with the attribute of the group; our server verifies it as well. */
    private static String attributes(String group) throws IOException {
        program(
                "alice",
                "proxy",
                "download",
                "--voms",
                "-g",
                group,
                "--out",
                file(group).toString());
        assertThat(groupOf(group)).isEqualTo(group);
        assertThat(system.node(0).log()).doesNotContain("DIRACFW-0100");
        RunningSystem.run(
                tools(), "/usr/bin/voms-proxy-info", "-file", file(group).toString(), "-acexists", "demo");
        assertThat(info(group))
                .contains("identity  : " + DN, "VO        : demo", "issuer    : /DC=test/DC=grid/CN=voms.test.grid");
        return info(group);
    }

    private static String groupOf(String proxy) {
        Curl.Reply reply = Curl.of(system).showing(file(proxy)).get("/api/auth/userinfo");
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json().path("dirac_group").asText();
    }

    private static Answer order(String group) throws IOException {
        return system.user("alice")
                .post(
                        "/api/proxies/deliveries",
                        object().put("request", request("ordered"))
                                .put("group", group)
                                .put("voms", true)
                                .toString());
    }

    private static String voms(String action, String... arguments) {
        List<String> all = new ArrayList<>(List.of(action, grid.toString()));
        all.addAll(List.of(arguments));
        return RunningSystem.run(Map.of(), "testbed/voms.sh", all.toArray(String[]::new));
    }

    private static Map<String, String> tools() {
        return Map.of(
                "X509_CERT_DIR",
                file("certificates").toString(),
                "X509_VOMS_DIR",
                file("vomsdir").toString());
    }

    private static String info(String name) {
        return RunningSystem.run(
                tools(), "/usr/bin/voms-proxy-info", "-file", file(name).toString(), "-all");
    }
}
