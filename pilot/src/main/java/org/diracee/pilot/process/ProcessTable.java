/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The processes of this machine, as {@code /proc} tells them at the moment of each call. */
public final class ProcessTable {

    private final Path proc;

    public ProcessTable(Path proc) {
        this.proc = proc;
    }

    public static ProcessTable ofThisMachine() {
        return new ProcessTable(Path.of("/proc"));
    }

    /** Returns all processes; one that ends meanwhile may be missing. */
    public List<ProcessStat> all() {
        List<ProcessStat> all = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path entry : entries) {
                read(entry.resolve("stat")).map(ProcessStat::parse).ifPresent(all::add);
            }
        } catch (IOException unreadable) {
            throw new IllegalStateException("Cannot list " + proc, unreadable);
        }
        return all;
    }

    public Optional<ProcessStat> process(long pid) {
        return read(proc.resolve(Long.toString(pid)).resolve("stat")).map(ProcessStat::parse);
    }

    /** Whether the process was started with this {@code NAME=value} in its environment; false if we may not know. */
    public boolean hasInEnvironment(long pid, String setting) {
        return read(proc.resolve(Long.toString(pid)).resolve("environ"))
                .map(environment -> ("\0" + environment).contains("\0" + setting + "\0"))
                .orElse(false);
    }

    /** Returns the words of the process's command, with blanks between them; empty if we may not know. */
    public String commandLine(long pid) {
        return read(proc.resolve(Long.toString(pid)).resolve("cmdline"))
                .map(words -> words.replace('\0', ' ').strip())
                .orElse("");
    }

    /** Whether the process works in this directory, or writes to a file there; false if we may not know. */
    public boolean worksIn(long pid, Path directory) {
        Path process = proc.resolve(Long.toString(pid));
        return Stream.of("cwd", "fd/1", "fd/2").anyMatch(link -> leadsInto(process.resolve(link), directory));
    }

    private static boolean leadsInto(Path link, Path directory) {
        try {
            return Files.readSymbolicLink(link).startsWith(directory);
        } catch (IOException goneOrForbidden) {
            return false;
        }
    }

    /** Returns the resident memory in bytes; 0 if the process has gone. */
    public long residentBytes(long pid) {
        return read(proc.resolve(Long.toString(pid)).resolve("status"))
                .flatMap(status ->
                        status.lines().filter(line -> line.startsWith("VmRSS:")).findFirst())
                .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                .orElse(0L);
    }

    /** Returns this program's own process. */
    public ProcessStat ownProcess() {
        return process(ProcessHandle.current().pid())
                .orElseThrow(() -> new IllegalStateException(proc + " does not show this program"));
    }

    private static Optional<String> read(Path file) {
        try {
            String content = new String(Files.readAllBytes(file), ISO_8859_1);
            return content.isEmpty() ? Optional.empty() : Optional.of(content);
        } catch (IOException goneOrForbidden) {
            return Optional.empty();
        }
    }
}
