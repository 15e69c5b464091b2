/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.job;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Printable;
import org.diracee.cli.output.Times;
import org.diracee.client.Jobs;
import org.diracee.client.wire.JobExplanation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells why a job waits or has failed: first the answer, then what it rests on. */
@Command(name = "explain", description = "Tell why a job waits, where it stands, or why it failed.")
public final class ExplainJob implements Callable<Integer> {

    private static final int HUNDRED = 100;

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Parameters(paramLabel = "ID", description = "The job.")
    private String id = "";

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "Show so many resources at most, the best first; 20 by default.")
    private int limit;

    public ExplainJob(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        JobExplanation job = new Jobs(connection.client()).explain(SingleJob.parse(id));
        PrintWriter out = surroundings.out();
        if (connection.json()) {
            JsonOutput.print(out, job);
            return ExitCode.OK;
        }
        out.println(Printable.text(job.sentence()));
        job.waiting().ifPresent(this::print);
        job.failure().ifPresent(this::print);
        job.pilot()
                .ifPresent(pilot ->
                        out.println("\nPilot " + pilot.stamp() + " at " + pilot.gridSite() + " is " + pilot.status()));
        return ExitCode.OK;
    }

    private void print(JobExplanation.Waiting waiting) {
        PrintWriter out = surroundings.out();
        JobExplanation.Queue queue = waiting.queue();
        out.println();
        out.println("Its queue (" + queue.id() + "): " + queue.ahead() + " jobs ahead, " + queue.handedOut()
                + " handed out in the last hour"
                + queue.share()
                        .map(share -> String.format(
                                Locale.ROOT,
                                ", %.1f %% of the weight of the %d queues that compete for the same resource",
                                share * HUNDRED,
                                queue.rivals()))
                        .orElse(""));
        if (waiting.resources().known() > 0) {
            out.println();
            out.println(waiting.resources().known() + " resources are known, "
                    + waiting.resources().fitting() + " fit, "
                    + waiting.resources().taking() + " would take it now");
            ResourceTable.of(
                            waiting.resources(),
                            limit,
                            new Times(surroundings.clock().getZone(), true))
                    .print(out, true);
        }
    }

    private void print(JobExplanation.Failure failure) {
        PrintWriter out = surroundings.out();
        out.println();
        out.println("Cause: " + failure.cause() + " (" + failure.source() + ")");
        failure.evidence().forEach(line -> Printable.text(line).lines().forEach(part -> out.println("  " + part)));
    }
}
