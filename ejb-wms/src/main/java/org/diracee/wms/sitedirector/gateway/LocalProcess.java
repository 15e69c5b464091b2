/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A pilot's process: leader of a session of its own, a shell that keeps the pilot's exit code. On Linux the pilot's
 * offspring is found by the session, elsewhere by descent.
 */
final class LocalProcess {

    /** The instants of a process that two Java machines tell may differ, as the system's idea of its boot time wanders. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    private static final Duration SIGNAL_LIMIT = Duration.ofSeconds(5);
    private static final Path PROC = Path.of("/proc");
    private static final int STAT_STATE = 0;
    private static final int STAT_SESSION = 3;

    /**
     * Notes its own process, runs the pilot, keeps its exit code. A signal to the group reaches the pilot; the shell
     * outlasts it. The note appears whole and before the pilot starts.
     */
    private static final String GUARD = """
            umask 077
            echo $$ >pid.part && mv pid.part pid || exit 125
            trap '' HUP
            trap : TERM INT
            "$@" </dev/null >stdout 2>stderr
            echo $? >exit-code.part && mv exit-code.part exit-code
            """;

    private final ProcessHandle handle;
    private final LocalReference reference;

    private LocalProcess(ProcessHandle handle, LocalReference reference) {
        this.handle = handle;
        this.reference = reference;
    }

    /** Starts the command; what it writes goes to files of the directory. */
    static LocalProcess start(List<String> command, PilotDirectory directory) throws IOException {
        List<String> words = new ArrayList<>();
        // without setsid, the guard's trap still keeps a terminal's end away from the pilot
        program("setsid").ifPresent(words::add);
        words.addAll(List.of("/bin/sh", "-c", GUARD, "dirac-pilot-guard"));
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(directory.path().toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(directory.guardLog())
                .redirectError(directory.guardLog());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        environment.put("HOME", directory.path().toString());
        environment.put("LANG", "C.UTF-8");
        Process process = builder.start();
        ProcessHandle handle = process.toHandle();
        Instant started = handle.info().startInstant().orElseGet(directory::created);
        return new LocalProcess(handle, LocalReference.here(handle.pid(), started));
    }

    /** The reference of a process that noted its number in the directory. */
    static LocalReference reference(long pid, PilotDirectory directory) {
        Instant noted = directory.created();
        return ProcessHandle.of(pid)
                .flatMap(handle -> handle.info().startInstant())
                .filter(start -> isNear(start, noted))
                .map(start -> LocalReference.here(pid, start))
                .orElseGet(() -> LocalReference.here(pid, noted));
    }

    /** The process, if it is alive and still the same. */
    static Optional<LocalProcess> of(LocalReference reference) {
        return ProcessHandle.of(reference.pid())
                .filter(ProcessHandle::isAlive)
                .filter(handle -> handle.info()
                        .startInstant()
                        .map(start -> isNear(start, reference.started()))
                        .orElse(true))
                .filter(handle ->
                        stat(handle.pid()).map(stat -> !stat.isZombie()).orElse(true))
                .map(handle -> new LocalProcess(handle, reference));
    }

    LocalReference reference() {
        return reference;
    }

    /** Asks the pilot to stop its jobs and to end. */
    void askToEnd() {
        signalGroup("TERM");
    }

    /** Ends the process and all that it started, at once. */
    void kill() {
        List<ProcessHandle> offspring = handle.descendants().toList();
        signalGroup("KILL");
        offspring.forEach(ProcessHandle::destroyForcibly);
        handle.destroyForcibly();
        killOrphans(reference);
    }

    /** Ends what is left of the session of a process that is no more. */
    static void killOrphans(LocalReference reference) {
        Optional<ProcessHandle> leader = ProcessHandle.of(reference.pid()).filter(ProcessHandle::isAlive);
        if (leader.isPresent() && of(reference).isEmpty()) {
            return; // the number belongs to another process by now, and so may a session of that number
        }
        for (long member : members(reference.pid())) {
            ProcessHandle.of(member).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private void signalGroup(String signal) {
        // the shell's own kill, since not every machine has one as a program
        ProcessBuilder builder = new ProcessBuilder(
                        "/bin/sh", "-c", "kill -s \"$1\" -- \"-$2\"", "kill", signal, Long.toString(reference.pid()))
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            Process sent = builder.start();
            if (!sent.waitFor(SIGNAL_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                sent.destroyForcibly();
            } else if (sent.exitValue() != 0) {
                // no group of that number: started without setsid
                handle.descendants().forEach(ProcessHandle::destroy);
            }
        } catch (IOException failure) {
            handle.descendants().forEach(ProcessHandle::destroy);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isNear(Instant one, Instant other) {
        return Duration.between(one, other).abs().compareTo(TOLERANCE) <= 0;
    }

    private static Optional<String> program(String name) {
        return List.of("/usr/bin/", "/bin/", "/usr/local/bin/").stream()
                .map(directory -> directory + name)
                .filter(path -> Files.isExecutable(Path.of(path)))
                .findFirst();
    }

    private static List<Long> members(long session) {
        List<Long> members = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                long pid = Long.parseLong(process.getFileName().toString());
                stat(pid).filter(stat -> stat.session() == session).ifPresent(stat -> members.add(pid));
            }
        } catch (IOException | NumberFormatException noProc) {
            return List.of();
        }
        return members;
    }

    private static Optional<Stat> stat(long pid) {
        try {
            String text = Files.readString(PROC.resolve(pid + "/stat"));
            // the name stands in parentheses and may hold anything
            String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
            return Optional.of(new Stat(fields[STAT_STATE].equals("Z"), Long.parseLong(fields[STAT_SESSION])));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        } catch (IOException | RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    private record Stat(boolean isZombie, long session) {}
}
