/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Printable;
import org.diracee.cli.output.Table;
import org.diracee.cli.output.Times;
import org.diracee.client.Files;
import org.diracee.client.wire.CatalogEntry;
import org.diracee.client.wire.CatalogPage;
import org.diracee.client.wire.ReplicaRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists what is in a directory. */
@Command(name = "ls", description = "List what is in a directory: its directories by name, then its files.")
public final class ListDirectory extends LfnCommand {

    private static final int USUAL_LIMIT = 1000;

    @Parameters(paramLabel = "DIRECTORY", description = "Its LFN.")
    private String directory = "";

    @Option(
            names = {"-l", "--long"},
            description = "With mode, owner, size and time; a + after the mode tells of an access list.")
    private boolean inFull;

    @Option(names = "--replicas", description = "With the storage elements where each file lies; implies --long.")
    private boolean replicas;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            description = "At most so many; " + USUAL_LIMIT + " unless given.")
    private @Nullable Integer asked;

    @Option(names = "--cursor", paramLabel = "CURSOR", description = "Go on where another list has ended.")
    private Optional<String> cursor = Optional.empty();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "Print everything that there is: ${COMPLETION-CANDIDATES}. ndjson has one JSON object a line.")
    private @Nullable Format format;

    public ListDirectory(Surroundings surroundings) {
        super(surroundings);
    }

    /** How everything is printed that is in the directory. */
    enum Format {
        csv,
        ndjson
    }

    @Override
    public Integer call() {
        if (format != null) {
            return export(format);
        }
        int limit = asked == null ? USUAL_LIMIT : asked;
        if (limit < 1) {
            throw CommandFailure.usage("--limit " + limit + ": at least 1 is needed.");
        }
        List<CatalogEntry> entries = new ArrayList<>();
        Optional<String> next = read(limit, entries::addAll);
        if (json()) {
            JsonOutput.print(surroundings().out(), new CatalogPage(entries, next));
            return ExitCode.OK;
        }
        if (entries.isEmpty()) {
            surroundings().say(directory + " is empty.");
        } else if (inFull || replicas) {
            table(entries).print(surroundings().out(), surroundings().terminal());
        } else {
            entries.forEach(entry -> surroundings().out().println(Printable.text(name(entry))));
        }
        next.ifPresent(more ->
                surroundings().say("There is more: --limit shows more at once, --cursor " + more + " the rest."));
        return ExitCode.OK;
    }

    private int export(Format wanted) {
        if (asked != null) {
            throw CommandFailure.usage("--format prints all that there is; with --limit use --json.");
        }
        if (wanted == Format.csv) {
            surroundings().out().println("lfn,kind,mode,owner,group,size,adler32,modified,replicas");
        }
        read(Integer.MAX_VALUE, entries -> {
            for (CatalogEntry entry : entries) {
                if (wanted == Format.csv) {
                    surroundings().out().println(csv(entry));
                } else {
                    JsonOutput.printLine(surroundings().out(), entry);
                }
            }
        });
        return ExitCode.OK;
    }

    private Optional<String> read(int limit, Consumer<List<CatalogEntry>> pages) {
        Files files = files();
        Optional<String> next = cursor;
        int left = limit;
        do {
            CatalogPage page = files.list(directory, replicas, Math.min(left, Files.MAX_PAGE), next);
            pages.accept(page.entries());
            left -= page.entries().size();
            next = page.next();
        } while (next.isPresent() && left > 0);
        return next;
    }

    private Table table(List<CatalogEntry> entries) {
        Times times = times();
        Table table = replicas
                ? new Table("MODE", "OWNER", "GROUP", "SIZE", "CHANGED", "NAME", "REPLICAS")
                : new Table("MODE", "OWNER", "GROUP", "SIZE", "CHANGED", "NAME");
        for (CatalogEntry entry : entries) {
            List<String> cells = new ArrayList<>(List.of(
                    (isDirectory(entry) ? "d" : "-")
                            + entry.mode()
                            + (entry.acl().isEmpty() ? "" : "+"),
                    entry.owner(),
                    entry.group(),
                    entry.size().map(String::valueOf).orElse(""),
                    times.text(entry.modified()),
                    name(entry)));
            if (replicas) {
                cells.add(places(entry, " "));
            }
            table.row(cells);
        }
        return table;
    }

    private static String csv(CatalogEntry entry) {
        return Stream.of(
                        entry.lfn(),
                        entry.kind(),
                        entry.mode(),
                        entry.owner(),
                        entry.group(),
                        entry.size().map(String::valueOf).orElse(""),
                        entry.adler32().orElse(""),
                        entry.modified().toString(),
                        places(entry, " "))
                .map(ListDirectory::quoted)
                .collect(Collectors.joining(","));
    }

    private static String quoted(String cell) {
        return cell.matches("[^\",]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }

    private static String places(CatalogEntry entry, String between) {
        return entry.replicas().orElse(List.of()).stream()
                .map(ReplicaRecord::se)
                .collect(Collectors.joining(between));
    }

    /** The last part of the LFN; a directory ends in a slash. */
    private static String name(CatalogEntry entry) {
        String name = entry.lfn().substring(entry.lfn().lastIndexOf('/') + 1);
        return isDirectory(entry) ? name + "/" : name;
    }
}
