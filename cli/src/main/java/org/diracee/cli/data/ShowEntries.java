/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.data;

import java.util.List;
import java.util.Locale;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.Printable;
import org.diracee.client.wire.CatalogEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows files and directories with all that is known of them. */
@Command(name = "stat", description = "Show what the catalogue knows of files and directories.")
public final class ShowEntries extends LfnCommand {

    @Parameters(arity = "1..*", paramLabel = LFN, description = LFNS)
    private List<String> names = List.of();

    public ShowEntries(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public Integer call() {
        return call(names(names), files()::entries, entries -> entries.values().forEach(this::print));
    }

    private void print(CatalogEntry entry) {
        surroundings().out().println(Printable.text(entry.lfn()));
        line("Kind", entry.kind());
        entry.size().ifPresent(size -> line("Size", size + " bytes"));
        entry.adler32().ifPresent(sum -> line("Adler32", sum));
        entry.sha256().ifPresent(sum -> line("SHA-256", sum));
        entry.guid().ifPresent(guid -> line("GUID", guid.toString()));
        entry.status().ifPresent(status -> line("Status", status));
        line("Owner", entry.owner() + ":" + entry.group());
        line("Mode", entry.mode());
        entry.acl().forEach(allowed -> line("Access", allowed));
        entry.defaultAcl().forEach(allowed -> line("Default", allowed));
        entry.jobId().ifPresent(job -> line("Job", Long.toString(job)));
        line("Registered", times().text(entry.created()));
        line("Changed", times().text(entry.modified()));
    }

    private void line(String name, String value) {
        surroundings().out().println(Printable.text(String.format(Locale.ROOT, "  %-10s  %s", name, value)));
    }
}
