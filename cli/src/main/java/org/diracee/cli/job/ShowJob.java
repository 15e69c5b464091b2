/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.job;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Printable;
import org.diracee.cli.output.Times;
import org.diracee.client.ApiError;
import org.diracee.client.Jobs;
import org.diracee.client.wire.JobLogEntry;
import org.diracee.client.wire.JobView;
import org.diracee.kernel.value.JobStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows everything about jobs, and of one that failed, first of all why. */
@Command(name = "show", description = "Show jobs, of each: its state, why it failed, what it used, its history.")
public final class ShowJob implements Callable<Integer> {

    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final String EXIT_CODE = "ExitCode";
    private static final String ERROR_MESSAGE = "Error Message";
    static final String OUTPUT = "StandardOutput";

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Parameters(arity = "1..*", paramLabel = "ID", description = "Job ids and ranges, as in 1-24.")
    private List<String> ids = List.of();

    public ShowJob(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        List<Long> wanted = JobIds.parse(ids);
        Jobs jobs = new Jobs(connection.client());
        List<JobView> views = new ArrayList<>();
        for (long job : wanted) {
            try {
                views.add(jobs.job(job));
            } catch (ApiError refused) {
                if (wanted.size() == 1 || (refused.status() != NOT_FOUND && refused.status() != FORBIDDEN)) {
                    throw refused;
                }
                // ranges have gaps
                surroundings.say(
                        refused.status() == NOT_FOUND ? refused.detail() : "Job " + job + ": " + refused.detail());
            }
        }
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), wanted.size() == 1 ? views.get(0) : views);
        } else {
            for (int i = 0; i < views.size(); i++) {
                if (i > 0) {
                    surroundings.out().println();
                }
                show(views.get(i), jobs);
            }
        }
        return views.size() == wanted.size() ? ExitCode.OK : ExitCode.JOBS_FAILED;
    }

    private void show(JobView view, Jobs jobs) {
        facts(view);
        if (view.status() == JobStatus.FAILED) {
            reason(view);
        }
        if (view.status() == JobStatus.WAITING) {
            section("Why it waits", List.of("dirac-ee job explain " + view.jobId() + " tells"));
        }
        section("Warnings", view.warnings());
        Map<String, String> used = new TreeMap<>(view.parameters());
        String output = used.remove(OUTPUT);
        used.remove(ERROR_MESSAGE);
        if (!used.isEmpty()) {
            aligned("Parameters", used);
        }
        if (output != null && !output.isBlank() && !view.status().isFinal()) {
            section("Standard output so far", Printable.text(output).lines().toList());
        }
        history(jobs.log(view.jobId()));
    }

    private void facts(JobView view) {
        Times times = new Times(surroundings.clock().getZone(), true);
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Status", view.status().text());
        facts.put("Minor status", view.minorStatus());
        facts.put("Application", view.applicationStatus());
        facts.put("Owner", view.owner() + ", group " + view.ownerGroup() + ", VO " + view.vo());
        facts.put("Site", view.site());
        facts.put("Group, type", view.jobGroup() + ", " + view.jobType());
        view.clientRef().ifPresent(reference -> facts.put("Reference", reference));
        facts.put("Submitted", times.text(view.submissionTime()));
        put(facts, "Started", view.startExecTime(), times);
        put(facts, "Last sign of life", view.heartBeatTime(), times);
        put(facts, "Ended", view.endExecTime(), times);
        facts.put("Attempt", Integer.toString(view.attempt()));
        view.pilotStamp().ifPresent(stamp -> facts.put("Pilot", stamp));
        surroundings.out().println("Job " + view.jobId() + "  " + Printable.text(view.jobName()));
        print(facts);
    }

    private static void put(Map<String, String> facts, String name, Optional<Instant> time, Times times) {
        time.ifPresent(when -> facts.put(name, times.text(when)));
    }

    private void reason(JobView view) {
        PrintWriter out = surroundings.out();
        out.println();
        out.println("Why it failed");
        Optional.ofNullable(view.parameters().get(EXIT_CODE))
                .ifPresentOrElse(
                        code -> out.println("  exit code " + code + " (" + view.minorStatus() + ")"),
                        () -> out.println("  " + view.minorStatus()));
        Optional.ofNullable(view.parameters().get(ERROR_MESSAGE)).ifPresent(message -> {
            out.println("  its last words:");
            Printable.text(message).lines().forEach(line -> out.println("    " + line));
        });
    }

    private void history(List<JobLogEntry> log) {
        surroundings.out().println();
        surroundings.out().println("History");
        ShowLog.table(log, new Times(surroundings.clock().getZone(), true)).print(surroundings.out(), true);
    }

    private void aligned(String title, Map<String, String> values) {
        surroundings.out().println();
        surroundings.out().println(title);
        print(values);
    }

    private void print(Map<String, String> values) {
        int width = values.keySet().stream().mapToInt(String::length).max().orElse(0);
        values.forEach((name, value) -> {
            if (!value.isBlank()) {
                String[] lines = Printable.text(value).split("\n", -1);
                surroundings.out().println("  " + name + " ".repeat(width - name.length() + 2) + lines[0]);
                for (int i = 1; i < lines.length; i++) {
                    surroundings.out().println(" ".repeat(width + 4) + lines[i]);
                }
            }
        });
    }

    private void section(String title, List<String> lines) {
        if (!lines.isEmpty()) {
            surroundings.out().println();
            surroundings.out().println(title);
            lines.forEach(line -> surroundings.out().println("  " + line));
        }
    }
}
