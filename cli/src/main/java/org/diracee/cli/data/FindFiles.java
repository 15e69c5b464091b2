/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Printable;
import org.diracee.cli.output.Table;
import org.diracee.client.FileMetadata;
import org.diracee.client.Files;
import org.diracee.client.wire.CatalogEntry;
import org.diracee.client.wire.CatalogPage;
import org.diracee.client.wire.FindByMetadata;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds files or directories by metadata. */
@Command(
        name = "find",
        description = "Find files by what is written on them and on the directories above.",
        footerHeading = "%n",
        footer = {
            "A condition is NAME, one of = != > < >= <=, and a value; = and != take several with commas between. =Any means"
                    + " that there is a value, =Missing that there is none. In texts of files * and ? stand for other"
                    + " characters. What is quoted is meant literally. Besides declared fields there are SE, CreationDate,"
                    + " ModificationDate, User, Group, Name, CheckSum, GUID, Size and Status of files.",
            "",
            "dirac-ee data find /demo/production run=1,2 'quality>0.5' SE=CERN-disk"
        })
public final class FindFiles extends LfnCommand {

    private static final int USUAL_LIMIT = 1000;

    @Parameters(
            arity = "0..*",
            paramLabel = "[DIRECTORY] CONDITION",
            description = "The directory to look in, that of the VO unless given, and what to look for.")
    private List<String> given = List.of();

    @Option(
            names = {"-d", "--directories"},
            description = "Find directories.")
    private boolean directories;

    @Option(
            names = "--values",
            description = "Tell the values that fields of directories have where the conditions are met.")
    private boolean values;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            description = "At most so many; " + USUAL_LIMIT + " unless given.")
    private int limit = USUAL_LIMIT;

    @Option(names = "--cursor", paramLabel = "CURSOR", description = "Go on where another search has ended.")
    private Optional<String> cursor = Optional.empty();

    public FindFiles(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public Integer call() {
        if (limit < 1) {
            throw CommandFailure.usage("--limit " + limit + ": at least 1 is needed.");
        }
        boolean hasPath = !given.isEmpty() && given.get(0).startsWith("/");
        FindByMetadata query = new FindByMetadata(
                QueryText.query(hasPath ? given.subList(1, given.size()) : given),
                hasPath ? Optional.of(given.get(0)) : Optional.empty());
        return values ? showValues(query) : find(query);
    }

    private int find(FindByMetadata query) {
        FileMetadata metadata = metadata();
        List<CatalogEntry> found = new ArrayList<>();
        Optional<String> next = cursor;
        do {
            // a page may be short while there are more
            CatalogPage page = metadata.find(query, directories, Math.min(limit - found.size(), Files.MAX_PAGE), next);
            found.addAll(page.entries());
            next = page.next();
        } while (next.isPresent() && found.size() < limit);
        if (json()) {
            JsonOutput.print(surroundings().out(), new CatalogPage(found, next));
            return ExitCode.OK;
        }
        if (found.isEmpty()) {
            surroundings().say("Nothing is found.");
        }
        found.forEach(entry -> surroundings().out().println(Printable.text(entry.lfn())));
        next.ifPresent(more ->
                surroundings().say("There is more: --limit shows more at once, --cursor " + more + " the rest."));
        return ExitCode.OK;
    }

    private int showValues(FindByMetadata query) {
        Map<String, List<Object>> found = metadata().values(query);
        if (json()) {
            JsonOutput.print(surroundings().out(), found);
            return ExitCode.OK;
        }
        Table table = new Table("NAME", "VALUES");
        found.forEach(
                (name, all) -> table.row(name, all.stream().map(String::valueOf).collect(Collectors.joining(", "))));
        print(table, "The VO has declared no fields for directories.");
        return ExitCode.OK;
    }
}
