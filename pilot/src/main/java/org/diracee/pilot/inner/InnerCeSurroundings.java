/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.inner;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.diracee.pilot.process.PayloadCommand;
import org.diracee.pilot.process.SearchPath;
import org.diracee.pilot.process.ShortCommand;

/**
 * What an inner computing element has to know of the worker node.
 *
 * @param workDirectory where the directories of jobs are made
 * @param memoryBytes of the slot; 0 if unknown
 * @param devices graphics processors
 */
public record InnerCeSurroundings(Path workDirectory, long memoryBytes, List<Path> devices) {

    private static final Duration LONGEST_TRIAL = Duration.ofSeconds(20);
    /** An image may have to be fetched. */
    private static final Duration LONGEST_CONTAINER_TRIAL = Duration.ofMinutes(2);

    private static final Path SETTINGS = Path.of("/etc");

    public InnerCeSurroundings {
        devices = List.copyOf(devices);
    }

    /** Returns the device files of graphics processors that this worker node has. */
    public static List<Path> graphicsDevices() {
        List<Path> devices = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(Path.of("/dev"), "{nvidia*,dri,kfd}")) {
            found.forEach(devices::add);
        } catch (IOException unreadable) {
            return List.of();
        }
        return devices;
    }

    /** Refuses to show payloads what is not there, or the directories of other jobs, by whatever link. */
    void check(List<Bind> binds) throws InnerCeUnusable {
        Path work = realWorkDirectory();
        for (Bind bind : binds) {
            Path source;
            try {
                source = bind.source().toRealPath();
            } catch (IOException absent) {
                throw new BindRefused("--bind " + bind + ": there is no " + bind.source() + " on this worker node");
            }
            if (work.startsWith(source) || source.startsWith(work)) {
                throw new BindRefused(
                        "--bind " + bind + " would show jobs the directories of all others, which are in " + work);
            }
        }
    }

    /** Finds Apptainer and tries it out with the image. */
    Apptainer apptainer(SearchPath path, String root, List<Bind> binds, List<String> options) throws InnerCeUnusable {
        Path program = path.find("apptainer")
                .or(() -> path.find("singularity"))
                .orElseThrow(() -> new InnerCeUnusable(
                        "Apptainer is not there: neither apptainer nor singularity is a command of this worker node"));
        Apptainer apptainer = new Apptainer(program, root, binds, options, !devices.isEmpty());
        Optional<String> problem = problem(apptainer, realWorkDirectory(), LONGEST_CONTAINER_TRIAL);
        if (problem.isPresent()) {
            throw new InnerCeUnusable(apptainer + " does not work on this worker node: " + problem.get());
        }
        return apptainer;
    }

    /** Finds bubblewrap and tries it out. */
    Bubblewrap bubblewrap(SearchPath path, List<Bind> binds) throws InnerCeUnusable {
        Path real = realWorkDirectory();
        Path program = path.find("bwrap")
                .orElseThrow(
                        () -> new InnerCeUnusable("bubblewrap is not there: bwrap is no command of this worker node"));
        Bubblewrap bubblewrap = new Bubblewrap(program, real, hidden(SETTINGS), binds, devices, sharedMemory(program));
        Optional<String> problem = problem(bubblewrap, real, LONGEST_TRIAL);
        if (problem.isPresent()) {
            throw new InnerCeUnusable("bubblewrap does not work on this worker node: " + problem.get());
        }
        return bubblewrap;
    }

    private Path realWorkDirectory() throws InnerCeUnusable {
        try {
            return Files.createDirectories(workDirectory).toRealPath();
        } catch (IOException unusable) {
            throw new InnerCeUnusable("The directory of all jobs cannot be used: " + unusable);
        }
    }

    private OptionalLong sharedMemory(Path program) {
        boolean bounds = memoryBytes > 0
                && ShortCommand.run(List.of(program.toString(), "--help"), LONGEST_TRIAL)
                        .filter(help -> help.output().contains("--size"))
                        .isPresent();
        return bounds ? OptionalLong.of(memoryBytes) : OptionalLong.empty();
    }

    private static Optional<String> problem(InnerCe innerCe, Path work, Duration longest) {
        try {
            Path top = Files.createTempDirectory(work, "trial");
            try {
                Path job = Files.createDirectory(top.resolve("job"));
                Path temporary = Files.createDirectory(top.resolve("tmp"));
                PayloadCommand trial = innerCe.around(
                        new PayloadCommand(List.of("true"), job, job, job, Map.of(), false), temporary, true);
                return ShortCommand.run(trial.command(), trial.environment(), longest)
                        // a node that has just begun may be slow once
                        .or(() -> ShortCommand.run(trial.command(), trial.environment(), longest))
                        .map(answer -> answer.isSuccess() ? Optional.<String>empty() : Optional.of(answer.lastLine()))
                        .orElse(Optional.of("it does not answer"));
            } finally {
                delete(top);
            }
        } catch (IOException unusable) {
            return Optional.of(unusable.toString());
        }
    }

    private static void delete(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(
                    Path visited, @org.jspecify.annotations.Nullable IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Returns what this account may read there and not everybody may: nothing, unless the pilot runs as root or owns some of it. */
    static List<Path> hidden(Path directory) {
        List<Path> hidden = new ArrayList<>();
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
                    return isHidden(visited, hidden) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    boolean unused = attributes.isRegularFile() && isHidden(file, hidden);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException unreadable) {
            return hidden;
        }
        return hidden;
    }

    private static boolean isHidden(Path path, List<Path> hidden) {
        try {
            boolean secret = !Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_READ)
                    && Files.isReadable(path);
            if (secret) {
                hidden.add(path);
            }
            return secret;
        } catch (IOException gone) {
            return false;
        }
    }
}
