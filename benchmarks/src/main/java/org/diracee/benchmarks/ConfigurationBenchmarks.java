/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.benchmarks;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.diracee.client.ApiClient;
import org.diracee.client.ApiRequest;
import org.diracee.client.Configurations;
import org.diracee.client.wire.CommitConfiguration;
import org.diracee.client.wire.CommittedConfiguration;
import org.diracee.client.wire.ConfigurationEdit;
import org.diracee.client.wire.RollBackConfiguration;

/** Reading and changing the configuration. */
final class ConfigurationBenchmarks {

    private static final int USERS = 10_000;
    private static final int READERS = 16;
    private static final String NOTE = "/Operations/Defaults/EMail/Benchmark";

    private final Target target;
    private final ApiClient user;
    private final Configurations configurations;

    ConfigurationBenchmarks(Target target, ApiClient user) {
        this.target = target;
        this.user = user;
        this.configurations = new Configurations(user);
    }

    /** The whole document each time. */
    Result read() throws Exception {
        double[] runs = Load.repeat(READERS, () -> {
            user.exchange(ApiRequest.get("/api/config/"));
            return 1;
        });
        return Result.of(
                "config-read",
                "GET of DiracX's view of a small configuration, 16 connections",
                "requests/s",
                2_000.0,
                3_000.0,
                "higher",
                null,
                runs);
    }

    /** The question whether anything has changed, which nothing has. */
    Result readUnchanged() throws Exception {
        String tag = user.exchange(ApiRequest.get("/api/config/"))
                .header("ETag")
                .orElseThrow(() -> new IllegalStateException("no ETag"));
        double[] runs = Load.repeat(READERS, () -> {
            user.exchange(
                    ApiRequest.get("/api/config/").header("If-None-Match", tag).anyStatus());
            return 1;
        });
        return Result.of(
                "config-read-unchanged",
                "the same on condition, answered 304, 16 connections",
                "requests/s",
                2_000.0,
                3_000.0,
                "higher",
                null,
                runs);
    }

    /** One option of a document of 5 MB. */
    Result commit() throws Exception {
        long before = configurations.revisionInForce();
        String large = largeDocument();
        configurations.commit(
                CommitConfiguration.ofDocument(before, "benchmark: 10 000 users", large, "cfg", "merge"),
                UUID.randomUUID().toString());
        AtomicLong number = new AtomicLong();
        try {
            double[] runs = Load.repeat(1, () -> {
                CommittedConfiguration done = configurations.commit(
                        CommitConfiguration.ofEdits(
                                "benchmark", List.of(ConfigurationEdit.set(NOTE, "n" + number.incrementAndGet()))),
                        UUID.randomUUID().toString());
                return done.revision().isPresent() ? 1 : 0;
            });
            try (Bare bare = new Bare(target)) {
                double limit = Load.limit(1, () -> bare.store(large));
                return Result.of(
                        "config-commit-5mb",
                        "commits of one option in a document of 5 MB with 10 000 users, one after the other",
                        "commits/s",
                        null,
                        null,
                        "higher",
                        limit,
                        runs);
            }
        } finally {
            configurations.rollBack(
                    new RollBackConfiguration(before, Optional.empty(), "benchmark done"),
                    UUID.randomUUID().toString());
        }
    }

    private static String largeDocument() {
        StringBuilder text = new StringBuilder("Registry\n{\n  bench\n  {\n    Users\n    {\n");
        for (int i = 0; i < USERS; i++) {
            text.append("      subject-")
                    .append(i)
                    .append("\n      {\n        PreferedUsername = user")
                    .append(i);
            text.append("\n        Email = user").append(i).append("@bench.example.org\n        DNs = ");
            text.append("/DC=org/DC=example/OU=People/OU=")
                    .append("x".repeat(300))
                    .append("/CN=User ")
                    .append(i);
            text.append("\n      }\n");
        }
        return text.append("    }\n  }\n}\n").toString();
    }
}
