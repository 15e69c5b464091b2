/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.admin;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Printable;
import org.diracee.cli.output.Times;
import org.diracee.client.Administration;
import org.diracee.client.wire.JobTrace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells who is behind something that happened. */
@Command(
        name = "trace",
        description = "Tell who is behind a job, or behind what a worker node did at a time: user, credential, pilot,"
                + " payload, tokens.")
public final class Trace implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Option(names = "--job", paramLabel = "ID", description = "The job.")
    private Optional<String> job = Optional.empty();

    @Option(names = "--address", paramLabel = "ADDRESS", description = "Address that the worker node reaches us from.")
    private Optional<String> address = Optional.empty();

    @Option(names = "--time", paramLabel = "TIME", description = "When, as in 2026-11-26T12:00Z.")
    private Optional<String> time = Optional.empty();

    public Trace(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        if (job.isPresent() == address.isPresent() || address.isPresent() != time.isPresent()) {
            throw CommandFailure.usage("Either --job, or --address with --time is needed.");
        }
        Map<String, String> question = new LinkedHashMap<>();
        job.ifPresent(value -> question.put("job", value));
        address.ifPresent(value -> question.put("address", value));
        time.ifPresent(value -> question.put("time", value));
        List<JobTrace> found = new Administration(connection.client()).trace(question);
        if (job.isPresent() && found.isEmpty()) {
            throw CommandFailure.refused("There is no job " + job.get() + " that you watch over.");
        }
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), found);
        } else if (found.isEmpty()) {
            surroundings.say("Nothing ran there then.");
        } else {
            found.forEach(this::print);
        }
        return ExitCode.OK;
    }

    private void print(JobTrace trace) {
        Times times = new Times(surroundings.clock().getZone(), surroundings.terminal());
        PrintWriter out = surroundings.out();
        out.println("Job " + trace.job() + ", attempt " + trace.attempt() + ", " + Printable.text(trace.status()));
        fact("User", trace.user() + ", group " + trace.group() + ", VO " + trace.vo());
        trace.submittedWith().ifPresent(value -> fact("Submitted with", value));
        trace.submittedFrom().ifPresent(value -> fact("Submitted from", value));
        fact("Description", "sha256:" + trace.descriptionHash());
        trace.sandboxes().forEach(value -> fact("Input sandbox", value));
        trace.pilot().ifPresent(value -> fact("Pilot", value));
        trace.site().ifPresent(value -> fact("Site", value));
        trace.address().ifPresent(value -> fact("Taken from", value));
        trace.started().ifPresent(value -> fact("Taken at", times.text(value)));
        trace.ended().ifPresent(value -> fact("Ended at", times.text(value)));
        trace.tokens().forEach(value -> fact("Token", value));
    }

    private void fact(String name, String value) {
        surroundings.out().println("  %-16s%s".formatted(name, Printable.text(value)));
    }
}
