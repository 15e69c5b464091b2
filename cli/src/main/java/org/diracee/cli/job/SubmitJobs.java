/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.ProgressBar;
import org.diracee.cli.output.Times;
import org.diracee.client.ApiClient;
import org.diracee.client.ApiError;
import org.diracee.client.ClientFailure;
import org.diracee.client.Jobs;
import org.diracee.client.Sandboxes;
import org.diracee.client.ServerUnreachable;
import org.diracee.client.sandbox.PackedSandbox;
import org.diracee.client.sandbox.SandboxPacker;
import org.diracee.client.wire.CheckedDescription;
import org.diracee.client.wire.SubmittedJob;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Submits job descriptions with the files that they name. */
@Command(
        name = "submit",
        description = "Submit jobs.",
        footer = {
            "",
            "Files and directories of the InputSandbox are taken from beside the description, packed and sent along."
        })
public final class SubmitJobs implements Callable<Integer> {

    private static final int SHOWN_RESOURCES = 20;
    private static final int BAD_REQUEST = 400;
    private static final int MALFORMED = 422;

    /** How the server names one of several descriptions: counted from one in sentences, from zero in paths. */
    private static final Pattern NUMBER = Pattern.compile("Description ([0-9]{1,9}) of|\\[([0-9]{1,9})]");

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description =
                    "Job description in JDL, or in YAML or JSON if the name ends in .yaml, .yml or .json; - for JDL from the"
                            + " standard input. One with Parameters makes many jobs.")
    private List<String> files = List.of();

    @Option(
            names = {"-p", "--set"},
            paramLabel = "NAME=VALUE",
            description = "Set an attribute of every description; repeatable.")
    private List<String> settings = List.of();

    @Option(names = "--wait", description = "Wait until the jobs have ended; then as 'job wait'.")
    private boolean wait;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "With --wait: wait no longer.")
    private @Nullable Long timeout;

    @Option(
            names = "--idempotency-key",
            paramLabel = "KEY",
            description = "Name this submission: the same command under the same key makes no second jobs.")
    private @Nullable String key;

    @Option(
            names = "--dry-run",
            description = "Submit nothing: tell what would be made, and which resources would take it now.")
    private boolean dryRun;

    public SubmitJobs(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<JobFile> descriptions = new ArrayList<>();
        for (String file : files) {
            for (JobFile written : read(file)) {
                JobFile description = written;
                for (String setting : settings) {
                    description = description.with(setting);
                }
                JobFile complete = description;
                complete.warning().ifPresent(warning -> warn(complete, warning));
                descriptions.add(complete);
            }
        }
        ApiClient client = connection.client();
        if (dryRun) {
            return check(descriptions, new Jobs(client));
        }
        List<JobFile> ready;
        try (ProgressBar bar = new ProgressBar(surroundings, "Uploading")) {
            ready = withSandboxes(descriptions, () -> new Sandboxes(client, bar.transfer()));
        }
        List<SubmittedJob> submitted = submit(ready, new Jobs(client));
        List<Long> ids = submitted.stream().map(SubmittedJob::jobId).toList();

        if (connection.json()) {
            JsonOutput.print(surroundings.out(), submitted);
        } else if (surroundings.terminal()) {
            surroundings.out().println(JobIds.counted(ids) + " submitted: " + JobIds.text(ids));
        } else {
            surroundings.out().println(JobIds.text(ids));
        }
        surroundings.out().flush();
        if (wait) {
            return new JobWatch(surroundings, new Jobs(client))
                    .await(ids, Optional.ofNullable(timeout).map(Duration::ofSeconds))
                    .exitCode();
        }
        return ExitCode.OK;
    }

    /** Each by itself, so that a sweep may stand beside others. */
    private int check(List<JobFile> descriptions, Jobs jobs) {
        List<CheckedDescription> checks = new ArrayList<>();
        for (JobFile description : descriptions) {
            description.localFiles();
            try {
                JobFile sent = description.withoutLocalFiles();
                checks.addAll(jobs.dryRun(List.of(sent.isPlain() ? sent.attributes() : sent.text())));
            } catch (ApiError refused) {
                sayWhere(refused, List.of(description));
                throw refused;
            }
        }
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), checks);
            return ExitCode.OK;
        }
        PrintWriter out = surroundings.out();
        for (int i = 0; i < checks.size(); i++) {
            CheckedDescription check = checks.get(i);
            JobFile description = descriptions.get(i);
            check.warnings().forEach(warning -> warn(description, warning));
            out.println(
                    description.name() + " would make " + (check.jobs() == 1 ? "1 job" : check.jobs() + " jobs") + ".");
            for (CheckedDescription.CheckedQueue queue : check.queues()) {
                out.println((check.queues().size() == 1 ? "" : queue.jobs() + " of them: ") + queue.sentence());
                ResourceTable.of(
                                queue.resources(),
                                SHOWN_RESOURCES,
                                new Times(surroundings.clock().getZone(), true))
                        .print(out, true);
            }
        }
        return ExitCode.OK;
    }

    private List<JobFile> read(String file) throws IOException {
        if (file.equals("-")) {
            return List.of(JobFile.of(
                    "The standard input", surroundings.directory(), new String(surroundings.readInput(), UTF_8)));
        }
        Path path = surroundings.path(file);
        Path directory = path.toAbsolutePath().resolveSibling(".");
        String text = Files.readString(path);
        if (!PlainFile.isNamed(file)) {
            return List.of(JobFile.of(file, directory, text));
        }
        return PlainFile.read(file, text).stream()
                .map(attributes -> new JobFile(file, directory, attributes, true))
                .toList();
    }

    /** The same files of several descriptions are packed and asked for once. */
    private List<JobFile> withSandboxes(List<JobFile> descriptions, Supplier<Sandboxes> sandboxes) throws IOException {
        Map<List<Path>, String> known = new HashMap<>();
        List<JobFile> ready = new ArrayList<>();
        for (JobFile description : descriptions) {
            List<Path> local = description.localFiles();
            Optional<String> pfn = Optional.empty();
            if (!local.isEmpty()) {
                String stored = known.get(local);
                if (stored == null) {
                    stored = store(local, sandboxes.get());
                    known.put(local, stored);
                }
                pfn = Optional.of(stored);
            }
            ready.add(description.withSandbox(pfn));
        }
        return ready;
    }

    private static String store(List<Path> local, Sandboxes sandboxes) throws IOException {
        Path archive = Files.createTempFile("dirac-ee-", ".tar.zst");
        try {
            PackedSandbox packed = new SandboxPacker(SandboxPacker.Links.FOLLOW).pack(local, archive);
            return sandboxes.upload(packed);
        } finally {
            Files.deleteIfExists(archive);
        }
    }

    /**
     * A sweep is a call of its own. All others share one, which makes all of their jobs or none; those in JDL and those in YAML and
     * JSON have a route each.
     */
    private static List<List<JobFile>> calls(List<JobFile> all) {
        if (all.stream().anyMatch(JobFile::isSweep)) {
            return all.stream().map(List::of).toList();
        }
        return all.stream().collect(Collectors.partitioningBy(JobFile::isPlain)).values().stream()
                .filter(call -> !call.isEmpty())
                .toList();
    }

    private List<SubmittedJob> submit(List<JobFile> all, Jobs jobs) {
        String name = key == null ? UUID.randomUUID().toString() : key;
        List<List<JobFile>> calls = calls(all);
        List<SubmittedJob> submitted = new ArrayList<>();
        try {
            for (int i = 0; i < calls.size(); i++) {
                submitted.addAll(submit(calls.get(i), jobs, i == 0 ? name : name + "-" + i));
            }
        } catch (ClientFailure failed) {
            if (!submitted.isEmpty()) {
                surroundings.say("Submitted before the failure: "
                        + JobIds.text(
                                submitted.stream().map(SubmittedJob::jobId).toList()));
            }
            if (failed instanceof ServerUnreachable) {
                surroundings.say("It is unknown whether all jobs were made. To submit them once and not twice, repeat"
                        + " the command with --idempotency-key " + name);
            }
            throw failed;
        }
        return submitted;
    }

    private List<SubmittedJob> submit(List<JobFile> call, Jobs jobs, String name) {
        try {
            List<SubmittedJob> made = call.get(0).isPlain()
                    ? jobs.submitDescriptions(
                            call.stream().map(JobFile::attributes).toList(), name)
                    : jobs.submit(call.stream().map(JobFile::text).toList(), name);
            // a sweep is alone, so its jobs are all of the first
            for (int i = 0; i < Math.min(call.size(), made.size()); i++) {
                JobFile description = call.get(i);
                made.get(i).warnings().forEach(warning -> warn(description, warning));
            }
            return made;
        } catch (ApiError refused) {
            sayWhere(refused, call);
            throw refused;
        }
    }

    private void warn(JobFile description, String warning) {
        surroundings.say("Warning: " + description.name() + ": " + warning);
    }

    /** The server knows no files: it counts the descriptions of a call. */
    private void sayWhere(ApiError refused, List<JobFile> sent) {
        if (refused.status() != BAD_REQUEST && refused.status() != MALFORMED) {
            return;
        }
        Matcher number = NUMBER.matcher(refused.detail());
        if (sent.size() == 1) {
            surroundings.say("In " + sent.get(0).name() + ":");
        } else if (number.find()) {
            int place =
                    number.group(1) == null ? Integer.parseInt(number.group(2)) : Integer.parseInt(number.group(1)) - 1;
            if (place >= 0 && place < sent.size()) {
                surroundings.say("In " + sent.get(place).name() + ":");
            }
        }
    }
}
