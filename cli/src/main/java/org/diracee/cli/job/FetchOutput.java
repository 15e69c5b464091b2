/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.ProgressBar;
import org.diracee.client.ApiClient;
import org.diracee.client.Sandboxes;
import org.diracee.client.sandbox.SandboxUnpacker;
import org.diracee.client.sandbox.UnpackLimits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Fetches the output sandboxes of jobs, several at a time. */
@Command(
        name = "output",
        description = "Fetch the output sandboxes of jobs, each into a directory named by the job's id.")
public final class FetchOutput implements Callable<Integer> {

    private static final int AT_A_TIME = 4;
    private static final long MAX_ARCHIVE = 1L << 30;

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Parameters(arity = "1..*", paramLabel = "ID", description = "Job ids and ranges, as in 1-24.")
    private List<String> ids = List.of();

    @Option(
            names = {"-D", "--dir"},
            paramLabel = "DIR",
            defaultValue = ".",
            description = "Where the directories are made; here unless given.")
    private String directory = ".";

    public FetchOutput(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() throws InterruptedException {
        List<Long> jobs = JobIds.parse(ids);
        ApiClient client = connection.client();
        Path top = surroundings.path(directory);
        Map<Long, List<String>> fetched = new LinkedHashMap<>();
        List<Long> missing = new ArrayList<>();
        ExecutorService workers = Executors.newFixedThreadPool(Math.min(AT_A_TIME, jobs.size()));
        try (ProgressBar bar = new ProgressBar(surroundings, "Fetching")) {
            Map<Long, Future<List<String>>> running = new LinkedHashMap<>();
            jobs.forEach(job ->
                    running.put(job, workers.submit(() -> fetch(client, bar, job, top.resolve(job.toString())))));
            for (Map.Entry<Long, Future<List<String>>> job : running.entrySet()) {
                List<String> files = result(job.getValue());
                if (files.isEmpty()) {
                    missing.add(job.getKey());
                } else {
                    fetched.put(job.getKey(), files);
                }
            }
        } finally {
            workers.shutdownNow();
        }
        tell(top, fetched, missing);
        return missing.isEmpty() ? ExitCode.OK : ExitCode.JOBS_FAILED;
    }

    private void tell(Path top, Map<Long, List<String>> fetched, List<Long> missing) {
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), fetched);
        } else if (surroundings.terminal()) {
            surroundings
                    .out()
                    .println("Output of " + JobIds.counted(fetched.keySet()) + " in "
                            + top.toAbsolutePath().normalize());
        } else {
            fetched.forEach((job, files) -> files.forEach(file -> surroundings
                    .out()
                    .println(job + "\t" + top.resolve(job.toString()).resolve(file))));
        }
        if (!missing.isEmpty()) {
            surroundings.say("No output sandbox: " + JobIds.text(missing));
        }
    }

    /** Returns the names of the files; none if the job has no output sandbox. */
    private static List<String> fetch(ApiClient client, ProgressBar bar, long job, Path directory) throws IOException {
        List<String> files = new ArrayList<>();
        for (String pfn : new Sandboxes(client).of(job, Sandboxes.Kind.OUTPUT)) {
            Path archive = Files.createTempFile("dirac-ee-", ".archive");
            try {
                new Sandboxes(client, bar.transfer()).download(pfn, archive, MAX_ARCHIVE);
                files.addAll(new SandboxUnpacker(UnpackLimits.STANDARD).unpack(archive, directory));
            } finally {
                Files.deleteIfExists(archive);
            }
        }
        return files;
    }

    private static List<String> result(Future<List<String>> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            throw CommandFailure.local("An output sandbox cannot be stored: " + cause.getMessage(), cause);
        }
    }
}
