/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the administrator of one site sees and may do, and that it is nothing else. */
class SiteManagersHttpIT {

    private static final String SITE = "DIRAC.Managed.test";
    private static final String ELSEWHERE = "DIRAC.Nowhere.test";
    private static final String CE = "ce.managed.test";
    private static final String SEARCH = "{\"search\":[]}";

    static RunningSystem system;
    static Http root;
    static Http manager;
    static long before;
    static Pilots.Running here;
    static Pilots.Running there;

    @BeforeAll
    static void aSiteWithItsAdministrator() {
        system = RunningSystem.up();
        root = system.user("root");
        Map<String, String> options = new TreeMap<>();
        options.put("/Registry/demo/Users/site-sub/PreferedUsername", "sonja");
        options.put("/Registry/demo/Groups/managed_site/Properties", "SiteManager");
        options.put("/Registry/demo/Groups/managed_site/Users", "site-sub");
        options.put("/Registry/demo/Groups/managed_site/Sites", SITE);
        options.put("/Resources/Sites/" + SITE + "/CEs/" + CE + "/CEType", "Nothing");
        options.put("/Resources/Sites/" + SITE + "/CEs/" + CE + "/Queues/default/CPUTime", "3600");
        IsolatedVo.allowLegacyExchange(options);
        ConfigurationCalls configuration = new ConfigurationCalls(root);
        before = configuration.inForce();
        Answer answer = configuration.commit(ConfigurationCalls.edits(options));
        assertThat(answer.status()).as(answer.toString()).isIn(200, 201);
        manager = system.anonymous()
                .as(IsolatedVo.exchanged(system, "demo", "sonja", "managed_site")
                        .path("access_token")
                        .asText());
        here = Pilots.runningOneJobOf(system.user("alice"), system);
        there = Pilots.runningOneJobOf(system.user("bob"), system);
        move(here, SITE, CE);
        move(there, ELSEWHERE, "ce");
    }

    private static void move(Pilots.Running running, String site, String ce) {
        try (Connection connection = system.database().dataSource().getConnection();
                PreparedStatement pilot = connection.prepareStatement(
                        "update wms.pilot set grid_site = ?, destination_site = ?, queue = 'default', status = 'Running' where stamp = ?");
                PreparedStatement job = connection.prepareStatement("update wms.job set site = ? where id = ?")) {
            pilot.setString(1, site);
            pilot.setString(2, ce);
            pilot.setString(3, running.stamp());
            pilot.executeUpdate();
            job.setString(1, site);
            job.setLong(2, running.job());
            job.executeUpdate();
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @AfterAll
    static void leavesTheConfigurationAsItWas() {
        new ConfigurationCalls(root).rollBack(before);
    }

    @Test
    void seesThePilotsAndJobsOfTheSiteAndNoOthers() {
        JsonNode pilots = manager.post("/api/pilots/search", SEARCH).json();
        assertThat(pilots.findValuesAsText("PilotStamp")).containsExactly(here.stamp());
        assertThat(manager.get("/api/pilots/" + here.stamp() + "/log").status()).isEqualTo(200);
        assertThat(manager.get("/api/pilots/" + there.stamp() + "/log").status())
                .isEqualTo(404);
        JsonNode jobs = manager.post("/api/jobs/search", SEARCH).json();
        // that of a test of the site is there, too
        assertThat(jobs.findValuesAsText("JobID"))
                .contains(Long.toString(here.job()))
                .doesNotContain(Long.toString(there.job()));
        assertThat(jobs.findValuesAsText("Site")).containsOnly(SITE);
        assertThat(manager.get("/api/jobs/" + here.job() + "/log").status()).isEqualTo(200);
        assertThat(manager.get("/api/jobs/" + there.job() + "/log").status()).isEqualTo(404);
        JsonNode sites = manager.get("/api/resources/sites").json();
        assertThat(sites).hasSize(1);
        assertThat(sites.path(0).path("name").asText()).isEqualTo(SITE);
        assertThat(sites.at("/0/ces/0/queues/0/problem").asText()).contains("CEType Nothing");
        assertThat(sites.at("/0/ces/0/queues/0/pilots/Running").asLong()).isEqualTo(1);
        assertThat(manager.get("/api/resources/sites/" + ELSEWHERE).status()).isEqualTo(404);
    }

    @Test
    void mayNeitherReadWhatIsPrivateNorChangeAnything() {
        for (String private_ : List.of("", "/jdl", "/parameters", "/sandbox", "/explain", "/heartbeats")) {
            assertThat(manager.get("/api/jobs/" + here.job() + private_).status())
                    .as(private_)
                    .isEqualTo(403);
        }
        assertThat(manager.post("/api/pilots/kill", "{\"pilot_stamps\":[\"" + here.stamp() + "\"]}")
                        .status())
                .isEqualTo(403);
        assertThat(manager.post("/api/jobs/jdl", JobsHttpIT.jdls("Executable = \"/bin/true\";"))
                        .status())
                .isEqualTo(403);
        assertThat(JobsHttpIT.status(manager, here.job(), "Killed", "mine").status())
                .isEqualTo(403);
        assertThat(manager.get("/api/events?topic=pilots&duration=1").status()).isEqualTo(403);
        assertThat(new ConfigurationCalls(manager)
                        .set("/Registry/demo/Groups/managed_site/Sites", ELSEWHERE)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void bansAllowsAndTestsTheSiteAlone() {
        assertThat(manager.post("/api/bans", ban(ELSEWHERE)).detail()).contains("only " + SITE);
        assertThat(manager.post("/api/bans", ban(SITE).replace("site\"", "ce\""))
                        .status())
                .isEqualTo(403);
        assertThat(manager.post("/api/resources/tests", "{\"site\":\"" + ELSEWHERE + "\"}")
                        .status())
                .isEqualTo(403);
        Answer tested = manager.post("/api/resources/tests", "{\"site\":\"" + SITE + "\"}");
        assertThat(tested.status()).as(tested.toString()).isEqualTo(200);
        long test = tested.json().at("/0/id").asLong();
        assertThat(manager.get("/api/resources/tests/" + test)
                        .json()
                        .path("author")
                        .asText())
                .isEqualTo("sonja");
        assertThat(system.user("alice").get("/api/resources/tests/" + test).status())
                .isEqualTo(403);

        Answer banned = manager.post("/api/bans", ban(SITE));
        assertThat(banned.status()).as(banned.toString()).isEqualTo(200);
        assertThat(manager.get("/api/resources/sites")
                        .json()
                        .at("/0/bans/0/reason")
                        .asText())
                .isEqualTo("cooling");
        assertThat(manager.delete("/api/bans/" + banned.json().path("id").asLong() + "?reason=cool")
                        .status())
                .isEqualTo(204);

        Answer above = root.post("/api/bans", ban(SITE));
        assertThat(above.status()).as(above.toString()).isEqualTo(200);
        String path = "/api/bans/" + above.json().path("id").asLong() + "?reason=mine";
        assertThat(manager.delete(path).detail()).contains("root");
        assertThat(manager.post("/api/bans", ban(SITE).replace("cooling", "warmer"))
                        .detail())
                .contains("root");
        assertThat(root.delete(path).status()).isEqualTo(204);
    }

    private static String ban(String site) {
        return "{\"kind\":\"site\",\"name\":\"" + site + "\",\"all_vos\":true,\"reason\":\"cooling\"}";
    }
}
