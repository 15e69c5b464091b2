/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Uploads files and registers them. */
@Command(
        name = "put",
        description =
                "Upload files to a storage element and register them. A file that is registered already with the same"
                        + " content is left as it is; what an earlier try has sent is taken up where the storage element can.")
public final class PutFiles extends MovingFiles {

    @Parameters(
            arity = "2..*",
            paramLabel = "FILE... LFN",
            description =
                    "What to upload, and under which name. The LFN is that of the file, or if it ends with / or there are"
                            + " several files, of the directory that they go into. A directory needs -r; what is in it goes below the LFN.")
    private List<String> names = List.of();

    @Option(
            names = "--se",
            paramLabel = "SE",
            description = "The storage element; unless given the first of the VO's UploadSEs that takes the file.")
    private String se = "";

    @Option(
            names = {"-r", "-R", "--recursive"},
            description = "Upload directories with all that is below them.")
    private boolean recursive;

    public PutFiles(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public Integer call() throws InterruptedException {
        List<String> files = names.subList(0, names.size() - 1);
        String target = names.get(names.size() - 1);
        Map<String, Path> planned = new LinkedHashMap<>();
        for (String file : files) {
            Path path = surroundings().path(file);
            if (Files.isDirectory(path)) {
                if (!recursive) {
                    throw CommandFailure.usage(file + " is a directory: give -r to upload what is below it");
                }
                String top = files.size() > 1 ? below(target, path.normalize().getFileName()) : target;
                below(path).forEach(found -> add(planned, below(top, path.relativize(found)), found));
            } else {
                boolean intoDirectory = files.size() > 1 || target.endsWith("/");
                add(planned, intoDirectory ? below(target, path.getFileName()) : target, path);
            }
        }
        Map<String, Move> moves = new LinkedHashMap<>();
        Optional<String> wanted = Optional.of(se).filter(name -> !name.isEmpty());
        planned.forEach((lfn, path) -> moves.put(lfn, (data, progress) -> data.upload(path, lfn, wanted, progress)));
        return move("Uploading", "is at", moves);
    }

    private static void add(Map<String, Path> planned, String lfn, Path file) {
        if (planned.put(lfn, file) != null) {
            throw CommandFailure.usage("Two of the files would become " + lfn);
        }
    }

    private static String below(String directory, Path name) {
        List<String> parts = new ArrayList<>();
        name.forEach(part -> parts.add(part.toString()));
        return (directory.endsWith("/") ? directory.substring(0, directory.length() - 1) : directory) + "/"
                + String.join("/", parts);
    }

    private static List<Path> below(Path directory) {
        try (Stream<Path> found = Files.walk(directory)) {
            return found.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException unreadable) {
            throw CommandFailure.local(directory + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }
}
