/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Printable;
import org.diracee.cli.output.Table;
import org.diracee.cli.output.Times;
import org.diracee.client.ApiClient;
import org.diracee.client.ApiError;
import org.diracee.client.DataRefused;
import org.diracee.client.FileMetadata;
import org.diracee.client.Files;
import org.diracee.client.wire.BulkAnswer;
import org.diracee.client.wire.CatalogEntry;
import org.diracee.client.wire.CatalogPage;
import org.diracee.client.wire.LfnAnswer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/** A command that names files or directories and tells of each that fails why. */
abstract class LfnCommand implements Callable<Integer> {

    static final String LFN = "LFN";
    static final String LFNS = "Files or directories; - reads them from the standard input, one a line.";

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    private @Nullable ApiClient client;
    private @Nullable Files files;

    LfnCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    final Surroundings surroundings() {
        return surroundings;
    }

    final Files files() {
        Files known = files;
        if (known == null) {
            known = new Files(client());
            files = known;
        }
        return known;
    }

    final ApiClient client() {
        ApiClient known = client;
        if (known == null) {
            known = connection.client();
            client = known;
        }
        return known;
    }

    final FileMetadata metadata() {
        return new FileMetadata(connection.client());
    }

    final boolean json() {
        return connection.json();
    }

    final Times times() {
        return new Times(surroundings.clock().getZone(), surroundings.terminal());
    }

    /** The names as given, or those on the standard input if that is what - stands for. */
    final List<String> names(List<String> given) {
        if (!given.equals(List.of("-"))) {
            return given;
        }
        List<String> read;
        try {
            read = new String(surroundings.readInput(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException unreadable) {
            throw CommandFailure.local("The standard input cannot be read.", unreadable);
        }
        if (read.isEmpty()) {
            throw CommandFailure.usage("The standard input names nothing.");
        }
        return read;
    }

    /** Whether the catalogue has a directory of that name. */
    final boolean isDirectory(String lfn) {
        return files().entries(List.of(lfn)).success().values().stream().anyMatch(LfnCommand::isDirectory);
    }

    static boolean isDirectory(CatalogEntry entry) {
        return entry.kind().equals("directory");
    }

    /**
     * All that is below a directory, each directory after what is in it.
     *
     * @param at what the names that are told begin with
     */
    final void below(String directory, String at, BiConsumer<String, CatalogEntry> found) {
        Optional<String> cursor = Optional.empty();
        do {
            CatalogPage page = files().list(directory, false, Files.MAX_PAGE, cursor);
            for (CatalogEntry entry : page.entries()) {
                String name = at + entry.lfn().substring(entry.lfn().lastIndexOf('/') + 1);
                if (isDirectory(entry)) {
                    below(entry.lfn(), name + "/", found);
                }
                found.accept(name, entry);
            }
            cursor = page.next();
        } while (cursor.isPresent());
    }

    /** Calls as often as all items need, and shows the answers as one. */
    final <I, V> int call(
            List<I> items, Function<List<I>, LfnAnswer<V>> request, Consumer<Map<String, V>> presentation) {
        LfnAnswer<V> answer = LfnAnswer.inParts(items, Files.MOST, request);
        if (json()) {
            JsonOutput.print(surroundings.out(), answer);
        } else if (!answer.success().isEmpty()) {
            presentation.accept(answer.success());
        }
        return told(answer.failed());
    }

    /** Says of each that failed why; the exit code that this makes. */
    final int told(Map<?, BulkAnswer.FailedItem> failed) {
        failed.forEach((name, why) -> surroundings.say(
                Printable.text(why.detail().contains(name.toString()) ? why.detail() : name + ": " + why.detail())));
        return failed.isEmpty() ? ExitCode.OK : ExitCode.JOBS_FAILED;
    }

    /** What a program is told of why something failed. */
    static BulkAnswer.FailedItem failedItem(Throwable failure) {
        String detail = CommandFailure.sentence(failure);
        if (failure instanceof DataRefused refused) {
            return new BulkAnswer.FailedItem(detail, refused.code(), refused.errno());
        }
        if (failure instanceof ApiError error) {
            return new BulkAnswer.FailedItem(detail, error.code(), error.errno());
        }
        return new BulkAnswer.FailedItem(detail, "", 0);
    }

    /** Prints a table, or says that there is nothing. */
    final void print(Table table, String nothing) {
        if (table.isEmpty()) {
            surroundings.say(nothing);
        } else {
            table.print(surroundings.out(), surroundings.terminal());
        }
    }

    /** Says what became of each of the names: one a line for a program. */
    final void changed(Map<String, String> outcomes) {
        outcomes.forEach((lfn, outcome) ->
                surroundings.out().println(Printable.text(surroundings.terminal() ? lfn + " " + outcome : lfn)));
    }
}
