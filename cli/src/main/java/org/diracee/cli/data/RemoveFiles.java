/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.client.Files;
import org.diracee.client.wire.LfnAnswer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Removes files with all their replicas. */
@Command(
        name = "rm",
        description =
                "Remove files at all storage elements and from the catalogue. They are hidden at once; what is ordered is"
                        + " carried out even if a storage element is away for now.")
public final class RemoveFiles extends OrderedOperations {

    @Parameters(
            arity = "1..*",
            paramLabel = LFN,
            description = "Files, with -r also directories; - reads them from the standard input, one a line.")
    private List<String> names = List.of();

    @Option(
            names = {"-r", "-R", "--recursive"},
            description = "Also all files below directories, and then the directories.")
    private boolean recursive;

    public RemoveFiles(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public Integer call() throws InterruptedException {
        List<String> wanted = new ArrayList<>();
        List<String> directories = new ArrayList<>();
        for (String lfn : names(names)) {
            if (recursive && isDirectory(lfn)) {
                below(lfn, "", (name, entry) -> (isDirectory(entry) ? directories : wanted).add(entry.lfn()));
                directories.add(lfn);
            } else {
                wanted.add(lfn);
            }
        }
        int code = order(wanted, data()::remove, "is removed");
        if (code != ExitCode.OK || !waits() || directories.isEmpty()) {
            return code;
        }
        LfnAnswer<Boolean> removed = LfnAnswer.inParts(directories, Files.MOST, files()::removeDirectories);
        if (!json()) {
            Map<String, String> outcomes = new LinkedHashMap<>();
            removed.success().keySet().forEach(lfn -> outcomes.put(lfn, "is removed"));
            changed(outcomes);
        }
        return told(removed.failed());
    }
}
