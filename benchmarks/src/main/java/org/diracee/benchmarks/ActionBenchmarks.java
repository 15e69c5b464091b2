/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.diracee.client.ApiClient;
import org.diracee.client.Jobs;
import org.diracee.client.Operations;
import org.diracee.client.wire.OperationRecord;
import org.diracee.client.wire.SearchCondition;
import org.diracee.client.wire.StartJobAction;

/** Acts on all jobs of a group, and looks what others notice of it. */
final class ActionBenchmarks {

    private static final int SWEEPS = 10;
    private static final int RUNS = 3;
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final ApiClient user;

    ActionBenchmarks(ApiClient user) {
        this.user = user;
    }

    Result kill() throws InterruptedException {
        Load.Run idle = Load.run(1, IDLE, this::submitOne);
        System.out.printf(
                "  submission while idle: p50 %.1f ms, p99 %.1f ms%n",
                idle.millisecondsAt(0.5), idle.millisecondsAt(0.99));
        double[] runs = new double[RUNS];
        for (int run = 0; run < RUNS; run++) {
            runs[run] = killGroup();
        }
        return Result.of(
                "bulk-kill",
                "100 000 waiting jobs killed by one request, rests included",
                "jobs/s",
                null,
                null,
                "higher",
                null,
                runs);
    }

    private double killGroup() throws InterruptedException {
        String group = "kill" + UUID.randomUUID().toString().substring(0, 8);
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            submit("Parameters = 10000; JobGroup = \"" + group + "\"; " + Main.NOWHERE);
        }
        Operations operations = new Operations(user);
        long id = operations
                .start(
                        new StartJobAction(
                                "kill", Optional.empty(), List.of(SearchCondition.of("JobGroup", "eq", group))),
                        UUID.randomUUID().toString())
                .id();
        OperationRecord now = operations.operation(id);
        while (!now.over()) {
            Load.Run others = Load.run(1, Duration.ofSeconds(2), this::submitOne);
            now = operations.operation(id);
            System.out.printf(
                    "  %d of %d killed; submission meanwhile: p50 %.1f ms, p99 %.1f ms%n",
                    now.done(), now.total(), others.millisecondsAt(0.5), others.millisecondsAt(0.99));
        }
        Duration took = Duration.between(now.created(), now.ended().orElseThrow());
        return now.done() / (took.toMillis() / 1000.0);
    }

    private long submitOne() {
        return submit(Main.NOWHERE);
    }

    private long submit(String jdl) {
        return new Jobs(user).submit(List.of(jdl), UUID.randomUUID().toString()).size();
    }
}
