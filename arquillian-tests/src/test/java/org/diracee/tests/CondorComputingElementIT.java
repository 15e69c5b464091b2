/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Jobs run by pilots at an HTCondor-CE, which here is the double {@code testbed/condor.sh}: no HTCondor is run. Tokens are the
 * server's own, checked by the double with the server's published keys.
 */
@Tag("real")
class CondorComputingElementIT {

    private static final String CONDOR = "testbed/condor.sh";
    private static final String CE = "ce.condor.test";

    private static Path directory;
    private static RunningSystem system;
    private static CeJobs jobs;
    private static long before;

    @BeforeAll
    static void connect() throws IOException {
        system = RunningSystem.up();
        jobs = new CeJobs(system);
        directory = Files.createTempDirectory(Path.of("/var/tmp"), "dirac-condor");
        RunningSystem.run(
                Map.of(
                        "CONDOR_ISSUER",
                        system.base().toString(),
                        "CONDOR_CA",
                        system.ca().toString(),
                        "CONDOR_CE",
                        CE),
                CONDOR,
                "start",
                directory.toString());
        system.credential("condor-expired", jwt("{\"iss\":\"" + system.base() + "\",\"exp\":1000}"));
        Map<String, String> options = new HashMap<>();
        ce(options, "remote", Map.of("UseLocalSchedd", "False", "Tag", "Token"));
        ce(options, "schedd", Map.of("Tag", "Token"));
        ce(options, "expired", Map.of("UseLocalSchedd", "False", "TokenFile", "credential:condor-expired"));
        ce(
                options,
                "held",
                Map.of(
                        "UseLocalSchedd",
                        "False",
                        "Tag",
                        "Token",
                        "ExtraSubmitString",
                        "periodic_hold = JobStatus == 1\\nperiodic_hold_reason = \"no such route\"\\nperiodic_hold_subcode = 7"));
        before = CeJobs.commit(system, options);
    }

    @AfterAll
    static void leaveNothing() {
        try {
            new ConfigurationCalls(system.user("root")).rollBack(before);
        } finally {
            RunningSystem.run(Map.of(), CONDOR, "stop", directory.toString());
            RunningSystem.run(Map.of(), "/bin/rm", "-rf", directory.toString());
        }
    }

    private static void ce(Map<String, String> options, String name, Map<String, String> own) {
        String path = "Resources/Sites/DIRAC." + name + ".test/CEs/" + CE + "/";
        options.put(path + "CEType", "HTCondorCE");
        options.put(path + "CondorCommands", directory.resolve("bin").toString());
        own.forEach((option, value) -> options.put(path + option, value));
        CeJobs.queue(options, path + "Queues/default/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"remote", "schedd"})
    void aJobRunsToItsOutput(String ce) {
        jobs.runsToItsOutput(ce);
    }

    @ParameterizedTest
    @ValueSource(strings = {"remote", "schedd"})
    void aTestOfTheQueueGoesWell(String ce) {
        CeJobs.passesTheTest(system, ce);
    }

    @ParameterizedTest
    @ValueSource(strings = {"remote", "schedd"})
    void aKilledPilotLeavesNoProcess(String ce) {
        jobs.isKilled(ce, ce.equals("remote") ? "600.645" : "600.745");
    }

    @Test
    void whyAPilotIsHeldIsTold() {
        jobs.failsWith("held", "Held by the computing element (code 3, subcode 7): no such route");
    }

    @Test
    void aTokenThatHasEndedIsTold() {
        jobs.failsWith("expired", "the token has expired");
    }

    private static String jwt(String claims) {
        return part("{\"alg\":\"ES256\",\"kid\":\"none\"}") + "." + part(claims) + "." + part("no signature");
    }

    private static String part(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
