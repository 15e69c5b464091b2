/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Pilots of the image as worker nodes get it, each a process of its own that does everything often and waits for nothing long. */
final class StartedPilots implements AutoCloseable {

    static final Path IMAGE = Path.of(System.getProperty("project.root", ".."), "pilot/target/pilot-image")
            .toAbsolutePath()
            .normalize();
    static final Path PROGRAM = IMAGE.resolve("bin/dirac-pilot");

    private final Path directory;
    private final List<Process> started = new ArrayList<>();

    /** @param directory for the one-time secret, the log and the jobs */
    StartedPilots(Path directory) throws IOException {
        this.directory = directory;
        Files.createFile(secret(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(secret(), "secret\n");
    }

    Path secret() {
        return directory.resolve("secret");
    }

    /** @param more words that are given, too */
    Process start(Map<String, String> environment, List<String> more) throws IOException {
        List<String> command = new ArrayList<>(List.of(PROGRAM.toString(), "--stamp", "stamp", "--vo", "demo"));
        command.addAll(List.of("--site", "DIRAC.Local.demo", "--ce", "ce.demo", "--queue", "default"));
        command.addAll(List.of("--work-dir", directory.resolve("work").toString()));
        command.addAll(List.of("--secret-file", secret().toString()));
        command.addAll(List.of("--heartbeat", "0.2", "--watch", "0.1", "--kill-grace", "1", "--retry-pause", "0.05"));
        command.addAll(more);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("pilot.log").toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        started.add(process);
        return process;
    }

    /** What the pilot that was started last wrote. */
    String log() throws IOException {
        return Files.readString(directory.resolve("pilot.log"));
    }

    @Override
    public void close() {
        started.forEach(Process::destroyForcibly);
    }

    /** Directories of the processes of this machine. */
    static Stream<Path> processes() throws IOException {
        return Files.list(Path.of("/proc"))
                .filter(path -> path.getFileName().toString().matches("[0-9]+"));
    }

    static List<String> commandsWith(String word) throws IOException {
        try (Stream<Path> all = processes()) {
            return all.map(process -> read(process.resolve("cmdline")).replace('\0', ' '))
                    .filter(command -> command.contains(word))
                    .toList();
        }
    }

    /** Empty if the process is gone. */
    static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), UTF_8);
        } catch (IOException gone) {
            return "";
        }
    }
}
