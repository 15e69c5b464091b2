/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.diracee.client.ApiClient;
import org.diracee.client.ApiRequest;

/** A pilot of a VO that is registered as the SiteDirector registers its own. */
final class BenchPilot {

    private final Target target;
    private final String vo;

    BenchPilot(Target target, String vo) {
        this.target = target;
        this.vo = vo;
    }

    /** Takes at most so many waiting jobs; returns how many there were. */
    static long match(ApiClient pilot, String site, String platform, int cpuTime, int jobs) {
        return pilot.call(
                        ApiRequest.post("/api/jobs/match")
                                .json(Map.of(
                                        "Site",
                                        site,
                                        "Platform",
                                        platform,
                                        "CPUTime",
                                        cpuTime,
                                        "GridCE",
                                        "ce.example.org",
                                        "MaxRAM",
                                        4_000,
                                        "NumberOfJobs",
                                        jobs)),
                        JsonNode.class)
                .path("Jobs")
                .size();
    }

    /** Swaps a fresh one-time secret for the pilot's access token. */
    String token() throws Exception {
        String stamp = UUID.randomUUID().toString().replace("-", "");
        String secret = UUID.randomUUID().toString();
        String hash = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
        try (Connection connection = target.connect();
                PreparedStatement pilot = connection.prepareStatement(
                        "insert into wms.pilot (stamp, vo, status, submission_time, last_update_time)"
                                + " values (?, ?, 'Submitted', now(), now())");
                PreparedStatement kept = connection.prepareStatement(
                        "insert into wms.pilot_secret (secret_hash, pilot_stamps, vos, expires)"
                                + " values (?, array[?], array[?], now() + interval '1 hour')")) {
            pilot.setString(1, stamp);
            pilot.setString(2, vo);
            pilot.executeUpdate();
            kept.setString(1, hash);
            kept.setString(2, stamp);
            kept.setString(3, vo);
            kept.executeUpdate();
        }
        ApiClient client = target.client();
        return client.call(
                        ApiRequest.post("/api/auth/secret-exchange")
                                .anonymous()
                                .json(Map.of("pilot_stamp", stamp, "pilot_secret", secret)),
                        JsonNode.class)
                .path("access_token")
                .asText();
    }
}
