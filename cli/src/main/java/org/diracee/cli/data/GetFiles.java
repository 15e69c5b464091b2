/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Downloads files. */
@Command(
        name = "get",
        description =
                "Download files, each by one of its replicas after the other until it is here as registered. What an"
                        + " earlier try has got lies beside it in a hidden file, *.dirac-part, and is taken up.")
public final class GetFiles extends MovingFiles {

    @Parameters(
            arity = "1..*",
            paramLabel = LFN,
            description = "Files, with -r also directories; - reads them from the standard input, one a line.")
    private List<String> names = List.of();

    @Option(
            names = {"-D", "--dir"},
            paramLabel = "DIR",
            defaultValue = ".",
            description = "Where the files go; here unless given.")
    private String directory = ".";

    @Option(
            names = {"-r", "-R", "--recursive"},
            description = "Download directories with all that is below them.")
    private boolean recursive;

    @Option(
            names = "--site",
            paramLabel = "SITE",
            description = "Where this machine is: replicas near it are read first (else: DIRAC_SITE).")
    private String site = "";

    public GetFiles(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public Integer call() throws InterruptedException {
        Path top = surroundings().path(directory).normalize();
        Map<Path, String> planned = new LinkedHashMap<>();
        for (String lfn : names(names)) {
            String name = lfn.substring(lfn.replaceAll("/+$", "").lastIndexOf('/') + 1)
                    .replaceAll("/+$", "");
            if (recursive && isDirectory(lfn)) {
                Path target = inside(top, top.resolve(name));
                below(lfn, "", (inside, entry) -> {
                    if (!isDirectory(entry)) {
                        add(planned, entry.lfn(), inside(target, target.resolve(inside)));
                    }
                });
            } else {
                add(planned, lfn, inside(top, top.resolve(name)));
            }
        }
        Optional<String> near = Optional.of(site)
                .filter(given -> !given.isEmpty())
                .or(() -> surroundings().variable("DIRAC_SITE"));
        Map<String, Move> moves = new LinkedHashMap<>();
        planned.forEach((path, lfn) -> moves.put(lfn, (data, progress) -> {
            makeDirectory(path);
            return data.download(lfn, path, near, progress);
        }));
        return move("Downloading", "came from", moves);
    }

    private static void add(Map<Path, String> planned, String lfn, Path path) {
        String other = planned.putIfAbsent(path, lfn);
        if (other != null && !other.equals(lfn)) {
            throw CommandFailure.usage("Two of the files would become " + path);
        }
    }

    /** A name in the catalogue must not lead out of the directory. */
    private static Path inside(Path directory, Path path) {
        Path normal = path.normalize();
        if (!normal.startsWith(directory.normalize()) || normal.equals(directory.normalize())) {
            throw CommandFailure.usage(path + " would be outside of " + directory);
        }
        return normal;
    }

    private static void makeDirectory(Path file) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
    }
}
