/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes {@code docs/benchmarks.md} from the results. */
final class Report {

    private static final String HEAD = """
            # Benchmarks

            Generated from `benchmarks/results` by `benchmarks/run report`; do not edit. A figure is the median of its runs, taken
            after warm-up, with server, PostgreSQL (fsync and synchronous commit on) and load generator on the same machine.
            *Limit* is the same rows written or read by a bare JDBC client on the same PostgreSQL: what the machine could do
            without us. *Peer* is another program on the same machine, asked the same by the same load generator. Below *floor* the
            work is not done; *goal* is where we want to be.

            | benchmark | work | value | floor | goal | limit | peer | verdict |
            | --- | --- | ---: | ---: | ---: | ---: | ---: | --- |
            """;

    private Report() {}

    static void write(Path results, Path document) throws IOException {
        List<Result> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(results)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
                all.add(Result.read(file));
            }
        }
        StringBuilder text = new StringBuilder(HEAD);
        for (Result result : all) {
            text.append(String.format(
                    Locale.ROOT,
                    "| `%s` | %s | %s %s | %s | %s | %s | %s | %s |%n",
                    result.name(),
                    result.work(),
                    number(result.value()),
                    result.unit(),
                    number(result.floor()),
                    number(result.goal()),
                    number(result.limit()),
                    peer(result.peer()),
                    verdict(result)));
        }
        text.append("\nRuns and machines:\n\n");
        for (Result result : all) {
            List<String> runs = new ArrayList<>();
            for (double run : result.runs()) {
                runs.add(number(run));
            }
            text.append(String.format(
                    Locale.ROOT,
                    "- `%s`: %s; `%s`, %s, %d cores, %d MiB, JDK %s%n",
                    result.name(),
                    String.join(", ", runs),
                    result.command(),
                    result.date(),
                    result.machine().cores(),
                    result.machine().memoryMiB(),
                    result.machine().jdk()));
        }
        Files.writeString(document, text.toString());
    }

    private static String verdict(Result result) {
        Double floor = result.floor();
        Double goal = result.goal();
        if (floor == null || goal == null) {
            return "";
        }
        boolean higher = result.better().equals("higher");
        if (higher ? result.value() >= goal : result.value() <= goal) {
            return "goal reached";
        }
        return (higher ? result.value() >= floor : result.value() <= floor) ? "above the floor" : "**below the floor**";
    }

    private static String peer(Result.@Nullable Peer peer) {
        return peer == null ? "–" : number(peer.value()) + " (" + peer.name() + " " + peer.version() + ")";
    }

    private static String number(@Nullable Double value) {
        if (value == null) {
            return "–";
        }
        return value >= 100 ? String.format(Locale.ROOT, "%,.0f", value) : String.format(Locale.ROOT, "%.2f", value);
    }
}
