/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

    private static final Duration IDLE = Duration.ofSeconds(10);

    private final ApiClient user;

    ActionBenchmarks(ApiClient user) {
        this.user = user;
    }

    /** @param sweeps of 10 000 jobs that one request kills */
    List<Result> kill(String name, String jobs, int sweeps, int runs) throws InterruptedException {
        Load.run(1, IDLE, this::submitOne);
        Load.Run idle = Load.run(1, IDLE, this::submitOne);
        double[] killed = new double[runs];
        List<Load.Run> beside = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            killed[run] = killGroup(sweeps, beside);
        }
        return List.of(
                Result.of(
                        name,
                        jobs + " waiting jobs killed by one request, rests included",
                        "jobs/s",
                        null,
                        null,
                        "higher",
                        null,
                        killed),
                Result.of(
                        name + "-beside",
                        String.format(
                                Locale.ROOT,
                                "p99 of single submissions meanwhile, one connection, pieces of 2 s; without the kill it was %.1f ms",
                                idle.millisecondsAt(0.99)),
                        "ms",
                        null,
                        null,
                        "lower",
                        null,
                        Load.millisecondsAt(0.99, beside.toArray(new Load.Run[0]))));
    }

    private double killGroup(int sweeps, List<Load.Run> beside) throws InterruptedException {
        String group = "kill" + UUID.randomUUID().toString().substring(0, 8);
        for (int sweep = 0; sweep < sweeps; sweep++) {
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
            beside.add(Load.run(1, Duration.ofSeconds(2), this::submitOne));
            now = operations.operation(id);
        }
        System.out.printf("  %d of %d killed%n", now.done(), now.total().orElseThrow());
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
