/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.UUID;

/** Pilots that a test plays itself, without a process. */
final class Pilots {

    private Pilots() {}

    /**
     * A pilot that runs a job.
     *
     * @param pilot calls as the pilot
     * @param wrapper calls as the wrapper of the job's present attempt
     */
    record Running(String stamp, Http pilot, Http wrapper, long job, int attempt) {}

    static String unique() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    /** Records a pilot as the SiteDirector does, and returns its one-time secret. */
    static String register(RunningSystem system, String stamp, String vo) {
        String secret = "secret-" + UUID.randomUUID();
        try (Connection connection = system.database().dataSource().getConnection();
                PreparedStatement pilot = connection.prepareStatement(
                        "insert into wms.pilot (stamp, vo, status, submission_time, last_update_time) values (?, ?, 'Submitted', now(), now())");
                PreparedStatement kept = connection.prepareStatement(
                        "insert into wms.pilot_secret (secret_hash, pilot_stamps, vos, expires) values (?, array[?], array[?], now() + interval '1 hour')")) {
            pilot.setString(1, stamp);
            pilot.setString(2, vo);
            pilot.executeUpdate();
            kept.setString(
                    1,
                    HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256")
                                    .digest(secret.getBytes(StandardCharsets.UTF_8))));
            kept.setString(2, stamp);
            kept.setString(3, vo);
            kept.executeUpdate();
            return secret;
        } catch (SQLException | NoSuchAlgorithmException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** A pilot of the VO demo with its token. */
    static Http started(RunningSystem system, String stamp) {
        return started(system, stamp, "demo");
    }

    static Http started(RunningSystem system, String stamp, String vo) {
        String secret = register(system, stamp, vo);
        Answer answer = system.anonymous()
                .post(
                        "/api/auth/secret-exchange",
                        "{\"pilot_stamp\":\"" + stamp + "\",\"pilot_secret\":\"" + secret + "\"}");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return system.anonymous().as(answer.json().path("access_token").asText());
    }

    /** Submits a job that fits nowhere but here, has a new pilot match it, and reports it Running. */
    static Running runningOneJobOf(Http owner, RunningSystem system) {
        return runningOneJobOf(owner, system, "demo", "Executable = \"/bin/true\";");
    }

    /** @param jdl without tags, which make it fit nowhere else */
    static Running runningOneJobOf(Http owner, RunningSystem system, String vo, String jdl) {
        String tag = "T" + unique().substring(0, 20);
        long id = JobsHttpIT.ids(owner.post("/api/jobs/jdl", JobsHttpIT.jdls(jdl + " Tags = {\"" + tag + "\"};")))
                .get(0);
        String stamp = unique();
        Http pilot = started(system, stamp, vo);
        JsonNode matched = match(pilot, tag);
        assertThat(matched.path("JobID").asLong()).isEqualTo(id);
        Http wrapper = system.anonymous().as(matched.path("Token").asText());
        Answer running = JobsHttpIT.status(wrapper, id, "Running", "Job Initialization");
        assertThat(running.status()).as(running.toString()).isEqualTo(200);
        return new Running(stamp, pilot, wrapper, id, matched.path("Attempt").asInt());
    }

    /** Asks for one job that wants this tag. */
    static JsonNode match(Http pilot, String tag) {
        Answer answer = pilot.post(
                "/api/jobs/match",
                "{\"Site\":\"DIRAC.Nowhere.test\",\"CPUTime\":500000,\"NumberOfJobs\":1,\"Tags\":[\"" + tag
                        + "\"],\"RequiredTags\":[\"" + tag + "\"]}");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json().path("Jobs").path(0);
    }
}
