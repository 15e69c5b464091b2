/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.inner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.diracee.pilot.process.PayloadCommand;

/**
 * Namespaces of the kernel, entered by {@code bwrap}: a payload sees the system's directories read-only, its own directory, its
 * own {@code /tmp}, and of all processes only its own, which end when its first one does.
 *
 * @param program {@code bwrap}
 * @param workDirectory where the directories of all jobs are
 * @param hidden files and directories of the system that are not for others
 * @param binds what payloads see besides
 * @param devices that payloads may use besides the usual ones
 * @param sharedMemoryBytes the most that a payload may keep in {@code /dev/shm}; absent where {@code bwrap} cannot bound it
 */
public record Bubblewrap(
        Path program,
        Path workDirectory,
        List<Path> hidden,
        List<Bind> binds,
        List<Path> devices,
        OptionalLong sharedMemoryBytes)
        implements InnerCe {

    private static final Path ROOT = Path.of("/");
    /** Directories of the system that a program needs, whichever of them there are. */
    private static final List<String> SYSTEM = List.of(
            "usr",
            "bin",
            "sbin",
            "lib",
            "lib32",
            "lib64",
            "libx32",
            "etc",
            "opt",
            "cvmfs",
            "sys",
            // where accounts and certificates are looked up on some systems
            "var/lib/sss/mc",
            "var/lib/sss/pipes",
            "var/lib/ca-certificates");

    /** Opens the file of more words for {@code bwrap}, which closes it when it has read them. */
    private static final List<String> WITH_MORE_WORDS = List.of("/bin/sh", "-c", "exec \"$@\" 9<\"$0\"");

    private static final Path NAME_SERVERS = Path.of("/etc/resolv.conf");

    /**
     * The first process of the payload's namespace, which no signal from within can end; it waits for the payload, so that its
     * exit code and all CPU time come out exactly.
     */
    private static final List<String> FIRST_PROCESS = List.of("/bin/sh", "-c", "\"$@\"; exit $?", "dirac-payload");

    public Bubblewrap {
        hidden = List.copyOf(hidden);
        binds = List.copyOf(binds);
        devices = List.copyOf(devices);
    }

    @Override
    public boolean showsSystem() {
        return true;
    }

    @Override
    public boolean shows(Path path) {
        return SYSTEM.stream().anyMatch(name -> path.startsWith(ROOT.resolve(name)))
                || binds.stream().anyMatch(bind -> path.startsWith(bind.source()));
    }

    @Override
    public PayloadCommand around(PayloadCommand payload, Path temporary, boolean usesGpu) {
        List<String> words = new ArrayList<>(WITH_MORE_WORDS);
        words.add(environmentFile(payload.environment(), temporary).toString());
        words.addAll(List.of(
                program.toString(),
                "--args",
                "9",
                "--unshare-user-try",
                "--unshare-pid",
                "--unshare-ipc",
                "--unshare-uts",
                "--unshare-cgroup-try",
                "--die-with-parent",
                "--new-session",
                "--as-pid-1",
                "--cap-drop",
                "ALL"));
        SYSTEM.forEach(name -> addSystem(words, ROOT.resolve(name)));
        addNameServers(words);
        words.addAll(List.of("--proc", "/proc", "--dev", "/dev"));
        if (usesGpu) {
            devices.forEach(device -> add(words, "--dev-bind-try", device, device));
        }
        add(words, "--bind", temporary, Path.of("/tmp"));
        add(words, "--bind", temporary, Path.of("/var/tmp"));
        binds.forEach(bind -> add(words, bind.writable() ? "--bind" : "--ro-bind", bind.source(), bind.target()));
        hidden.forEach(path -> hide(words, path));
        if (shows(workDirectory)) {
            words.addAll(List.of("--tmpfs", workDirectory.toString()));
        }
        Path job = payload.directory();
        add(words, "--bind", job, job);
        // what is written to a file system in memory counts as nobody's
        sharedMemoryBytes.ifPresent(
                bytes -> words.addAll(List.of("--size", Long.toString(bytes), "--tmpfs", "/dev/shm")));
        words.addAll(List.of("--remount-ro", "/dev", "--remount-ro", "/"));
        words.addAll(List.of("--chdir", job.toString(), "--"));
        words.addAll(FIRST_PROCESS);
        words.addAll(payload.command());
        return payload.enclosed(words);
    }

    /**
     * Writes the words that set the payload's variables: to {@code bwrap} itself they would do harm, and on its command line all
     * accounts of the node could read them.
     */
    private static Path environmentFile(Map<String, String> variables, Path temporary) {
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("TMPDIR", "/tmp");
        StringBuilder words = new StringBuilder();
        environment.forEach((name, value) -> {
            if (value.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("The variable " + name + " has a NUL in its value");
            }
            words.append("--setenv\0").append(name).append('\0').append(value).append('\0');
        });
        try {
            Path file = Files.createFile(
                    temporary.resolveSibling(temporary.getFileName() + ".environment"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return Files.write(file, words.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }

    private static void add(List<String> words, String option, Path source, Path target) {
        words.addAll(List.of(option, source.toString(), target.toString()));
    }

    /** On most systems {@code /bin} and {@code /lib} are links into {@code /usr}, and must stay that. */
    private static void addSystem(List<String> words, Path path) {
        if (Files.isSymbolicLink(path)) {
            try {
                add(words, "--symlink", Files.readSymbolicLink(path), path);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        } else {
            add(words, "--ro-bind-try", path, path);
        }
    }

    /** The list of name servers is often a link to where a daemon writes it. */
    private static void addNameServers(List<String> words) {
        try {
            Path real = NAME_SERVERS.toRealPath();
            if (!real.startsWith(Path.of("/etc"))) {
                add(words, "--ro-bind-try", real, real);
            }
        } catch (IOException none) {
            // nor have payloads
            return;
        }
    }

    private static void hide(List<String> words, Path path) {
        if (Files.isDirectory(path)) {
            words.addAll(List.of("--tmpfs", path.toString()));
        } else {
            add(words, "--ro-bind", Path.of("/dev/null"), path);
        }
    }

    @Override
    public boolean isIsolated() {
        return true;
    }

    @Override
    public String toString() {
        return "bubblewrap";
    }
}
