/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.diracee.tests.ConfigurationCalls.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;
import org.diracee.framework.configuration.control.CfgReader;
import org.diracee.framework.configuration.control.CfgWriter;
import org.diracee.framework.configuration.control.ConfigurationDocument;
import org.diracee.framework.configuration.control.RealisticConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The configuration of another installation takes the place of ours: its people log in, ours do not, and it can be taken
 * back. Has a system of its own, because for the time it is another installation.
 */
class ConfigurationImportIT {

    static RunningSystem system;
    static ConfigurationCalls root;

    private long before;
    private ConfigurationCalls administrator = root;

    @BeforeAll
    static void start() {
        system = RunningSystem.ofItsOwn("system-import", 1);
        system.startServer();
        root = new ConfigurationCalls(system.user("root"));
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @BeforeEach
    void remember() {
        before = root.inForce();
    }

    @AfterEach
    void restore() {
        Answer back = administrator.rollBack(before);
        assertThat(back.status()).as(back.toString()).isIn(200, 201);
        assertThat(root.set("/Operations/Defaults/JobScheduling/MaxRescheduling", "3")
                        .status())
                .as("the administrator of before is administrator again")
                .isEqualTo(200);
    }

    @Test
    void ofSixtySitesAndFiveVosComesBackAsItWas() {
        ConfigurationDocument theirs = RealisticConfiguration.withUsers(300);
        String text = CfgWriter.write(theirs);

        takeOver(text);

        assertThat(administrator.text("")).isEqualTo(text);
        assertThat(CfgReader.read(administrator.text(""))).isEqualTo(theirs);
        ObjectNode yaml = document(
                        before + 1,
                        administrator
                                .caller()
                                .get("/api/config/document?format=yaml")
                                .json()
                                .path("document")
                                .asText())
                .put("format", "yaml");
        Answer same = administrator.commit(yaml);
        assertThat(same.status()).as(same.toString()).isEqualTo(200);
    }

    @Test
    void bringsItsVosGroupsAndUsersWhoLogInAndSubmit() {
        system.user("alice");

        takeOver(CfgWriter.write(RealisticConfiguration.withUsers(300)));

        JsonNode served = administrator.caller().get("/api/config/").json();
        assertThat(served.path("Registry").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("lhcb", "biomed", "belle", "ctao", "gridpp");
        assertThat(served.at("/Registry/lhcb/Groups").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("lhcb_user", "lhcb_prod", "lhcb_pilot", "lhcb_admin");
        assertThat(served.at("/Registry/gridpp/Users").findValuesAsText("PreferedUsername"))
                .contains("user00001", "user00002", "user00003");
        assertThat(served.at("/Operations/lhcb/JobDescription/MaxCPUTime").asInt())
                .isEqualTo(200_000);

        Answer stranger = system.anonymous()
                .form(
                        "/api/auth/token",
                        Map.of(
                                "grant_type",
                                "refresh_token",
                                "client_id",
                                RunningSystem.CLIENT,
                                "refresh_token",
                                system.refreshToken("alice")));
        assertThat(stranger.status()).as(stranger.toString()).isEqualTo(400);
        assertThat(stranger.detail())
                .isEqualTo("Invalid scope: there is no VO 'demo': possible are lhcb, biomed, belle, ctao, gridpp");

        Http member = system.user("user00001");
        JsonNode info = member.get("/api/auth/userinfo").json();
        assertThat(info.path("preferred_username").asText()).isEqualTo("user00001");
        assertThat(info.path("dirac_group").asText()).isEqualTo("gridpp_prod");
        Answer submitted =
                member.post("/api/jobs/jdl", JobsHttpIT.jdls("Executable = \"/bin/true\"; Site = \"LCG.Site7.uk\";"));
        Answer nowhere = member.post(
                "/api/jobs/jdl", JobsHttpIT.jdls("Executable = \"/bin/true\"; Site = \"DIRAC.Nowhere.test\";"));
        assertThat(nowhere.status()).as(nowhere.toString()).isEqualTo(400);
        assertThat(submitted.status()).as(submitted.toString()).isEqualTo(201);
    }

    @Test
    void ofTenThousandUsersIsCommittedAndComesBackAsItWas() {
        String text = CfgWriter.write(RealisticConfiguration.withUsers(10_000));
        assertThat(text.length()).isGreaterThan(5_000_000);

        timed("commit of " + text.length() + " characters", () -> takeOver(text));

        timed("export", () -> assertThat(administrator.text("").equals(text)).isTrue());
        timed("first GET /api/config/", () -> assertThat(
                        administrator.caller().get("/api/config/").status())
                .isEqualTo(200));
        timed("change of one option", () -> assertThat(administrator
                        .set("/Registry/Users/user05000/Quota", "1000")
                        .status())
                .isEqualTo(201));
        timed("blame of one user", () -> assertThat(administrator
                        .caller()
                        .get("/api/config/blame?path=/Registry/Users/user05000")
                        .json())
                .hasSizeGreaterThan(8));
        timed("difference of two revisions", () -> assertThat(administrator
                        .caller()
                        .get("/api/config/diff?from=" + (before + 1) + "&to=" + (before + 2))
                        .json()
                        .path("changes"))
                .hasSize(1));
    }

    @Test
    void fromTheTimeOfSetupsLosesTheirLevel() {
        String text = """
                DIRAC
                {
                  Setup = Grid-Production
                  Setups
                  {
                    Grid-Production
                    {
                      WorkloadManagement = Production
                    }
                  }
                }
                Systems
                {
                  WorkloadManagement
                  {
                    Production
                    {
                      Agents
                      {
                        StalledJobAgent
                        {
                          StalledTime = 3
                        }
                      }
                    }
                  }
                }
                """;

        Answer answer = root.preview(document(before, text).put("mode", "merge"));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.json().path("notes").toString())
                .contains("/Systems/WorkloadManagement/Production: moved to /Systems/WorkloadManagement");
        assertThat(answer.json().path("changes").findValuesAsText("path"))
                .containsExactly("/Systems/WorkloadManagement/Agents/StalledJobAgent/StalledTime", "/DIRAC");
    }

    private void takeOver(String text) {
        Answer imported = root.commit(document(before, text));
        assertThat(imported.status()).as(beginning(imported)).isEqualTo(201);
        administrator = new ConfigurationCalls(system.user("user00003"));
    }

    /** Measures for the record; what a busy machine takes is no reason to fail. */
    private static void timed(String what, Runnable work) {
        long begin = System.nanoTime();
        work.run();
        System.out.println("measured: " + what + ": "
                + Duration.ofNanos(System.nanoTime() - begin).toMillis() + " ms");
    }

    private static String beginning(Answer answer) {
        String text = answer.toString();
        return text.substring(0, Math.min(text.length(), 2_000));
    }
}
