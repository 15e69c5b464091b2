/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Jobs run by pilots in instances of a cloud: its Keystone is real, its Nova is the double {@code testbed/nova.sh}, whose instances are
 * processes. Needs root.
 */
@Tag("real")
class CloudComputingElementIT {

    private static final String KEYSTONE = "testbed/keystone.sh";
    private static final String NOVA = "testbed/nova.sh";
    private static final Map<String, String> PORTS =
            Map.of("KEYSTONE_PORT", FreePorts.one(), "NOVA_PORT", FreePorts.one());
    private static final String COMPUTE = "http://127.0.0.1:" + PORTS.get("NOVA_PORT") + "/v2.1";

    private static Path directory;
    private static String authUrl;
    private static String credential;
    private static RunningSystem system;
    private static CeJobs jobs;
    private static long before;

    @BeforeAll
    static void connect() throws IOException {
        directory = Files.createTempDirectory(Path.of("/var/tmp"), "dirac-cloud");
        RunningSystem.run(Map.of(), "/bin/chmod", "755", directory.toString());
        RunningSystem.run(PORTS, KEYSTONE, "install", keystone());
        Map<String, String> admin = RunningSystem.run(PORTS, KEYSTONE, "start", keystone())
                .lines()
                .map(line -> line.split("=", 2))
                .filter(pair -> pair.length == 2)
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        Map<String, String> environment = new HashMap<>(PORTS);
        environment.putAll(admin);
        RunningSystem.run(environment, NOVA, "start", directory.resolve("nova").toString());
        authUrl = admin.get("OS_AUTH_URL");
        credential = RunningSystem.run(PORTS, KEYSTONE, "credential", keystone(), "dirac")
                .strip();
        system = RunningSystem.up();
        jobs = new CeJobs(system);
        system.credential("cloud-demo", credential);
        system.credential("cloud-wrong", credential.split(" ")[0] + " wrong-secret");
        Map<String, String> options = new HashMap<>();
        ce(options, "small", "cloud-{vo}", "m1.small");
        ce(options, "huge", "cloud-{vo}", "m1.huge");
        ce(options, "unschedulable", "cloud-{vo}", "m1.unschedulable");
        ce(options, "stranger", "cloud-wrong", "m1.small");
        before = CeJobs.commit(system, options);
    }

    @AfterAll
    static void leaveNothing() {
        try {
            if (system != null) {
                new ConfigurationCalls(system.user("root")).rollBack(before);
            }
        } finally {
            RunningSystem.run(PORTS, NOVA, "stop", directory.resolve("nova").toString());
            RunningSystem.run(PORTS, KEYSTONE, "stop", keystone());
            RunningSystem.run(Map.of(), "/bin/rm", "-rf", directory.toString());
        }
    }

    private static String keystone() {
        return directory.resolve("keystone").toString();
    }

    private static void ce(Map<String, String> options, String name, String alias, String flavor) {
        String path = "Resources/Sites/DIRAC." + name + ".test/CEs/" + name + "/";
        options.put(path + "CEType", "Cloud");
        options.put(path + "CloudAuthURL", authUrl);
        options.put(path + "CloudAuth", "credential:" + alias);
        options.put(path + "Instance_Image", "debian-12");
        options.put(path + "Instance_Flavor", flavor);
        options.put(path + "Instance_Networks", "7a000000-0000-4000-8000-000000000001");
        CeJobs.queue(options, path + "Queues/default/");
    }

    @Test
    void aJobRunsToItsOutput() {
        jobs.runsToItsOutput("small");
    }

    @Test
    void aTestOfTheQueueGoesWell() {
        CeJobs.passesTheTest(system, "small");
    }

    @Test
    void aKilledPilotLeavesNoProcess() {
        jobs.isKilled("small", "600.755");
    }

    @Test
    void theQuotaIsTold() {
        jobs.failsWith("huge", "Quota exceeded for cores: Requested 64");
    }

    @Test
    void whyAnInstanceIsInErrorIsTold() {
        jobs.failsWith("unschedulable", "The instance is in ERROR: No valid host was found.");
    }

    @Test
    void aWrongCredentialIsTold() {
        jobs.failsWith("stranger", "does not accept the application credential of credential:cloud-wrong: 401");
    }

    @Test
    void anInstanceOfNoPilotIsDeletedAndThatOfOthersIsNot() {
        String token = token();
        String ours = "{\"dirac_stamp\":\"0badcafe\",\"dirac_queue\":\"" + system.base()
                + " DIRAC.small.test/small/default\",\"double_created\":\"2026-01-01T00:00:00Z\"}";
        String zombie = create(token, ours);
        String others = create(token, ours.replace(system.base().toString(), "https://other.test"));

        jobs.awaitInLog("Instance " + zombie + " of DIRAC.small.test/small/default is deleted");
        assertThat(call(token, "GET", "/servers/" + others, "").statusCode()).isEqualTo(200);
        call(token, "DELETE", "/servers/" + others, "");
    }

    private static String create(String token, String metadata) {
        String body = call(
                        token,
                        "POST",
                        "/servers",
                        "{\"server\":{\"name\":\"dirac-0badcafe\",\"imageRef\":\"6f2b1a2e-0000-4000-8000-000000000002\","
                                + "\"flavorRef\":\"1\",\"metadata\":" + metadata + "}}")
                .body();
        return body.replaceAll(".*\"id\": \"([^\"]+)\".*", "$1");
    }

    private static String token() {
        String[] words = credential.split(" ");
        return send(HttpRequest.newBuilder(URI.create(authUrl + "/auth/tokens"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "{\"auth\":{\"identity\":{\"methods\":[\"application_credential\"],\"application_credential\":{\"id\":\""
                                        + words[0] + "\",\"secret\":\"" + words[1] + "\"}}}}")))
                .headers()
                .firstValue("X-Subject-Token")
                .orElseThrow();
    }

    private static HttpResponse<String> call(String token, String method, String path, String body) {
        return send(HttpRequest.newBuilder(URI.create(COMPUTE + path))
                .header("X-Auth-Token", token)
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
