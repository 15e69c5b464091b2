/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A certification authority with users, proxies and a VOMS server, run by {@code testbed/ca.sh}. */
final class GridAuthority {

    private final Path directory;

    private GridAuthority(Path directory) {
        this.directory = directory;
    }

    /** Makes one of this name in the directory. */
    static GridAuthority in(Path directory, String name) {
        GridAuthority authority = new GridAuthority(directory.toAbsolutePath().normalize());
        authority.script("start", name);
        return authority;
    }

    Path certificates() {
        return directory.resolve("certificates");
    }

    Path vomsServers() {
        return directory.resolve("vomsdir");
    }

    void user(String name) {
        script("user", name);
    }

    void user(String name, String subject) {
        script("user", name, subject);
    }

    void expired(String name) {
        script("expired", name);
    }

    void revoke(String name) {
        script("revoke", name);
    }

    void trustVomsServer(String vo) {
        script("lsc", vo);
    }

    Path certificate(String name) {
        return directory.resolve("users").resolve(name).resolve("usercert.pem");
    }

    Path key(String name) {
        return directory.resolve("users").resolve(name).resolve("userkey.pem");
    }

    /** The file of a new proxy. */
    Path proxy(String name, String... options) {
        Path file = fresh("proxy");
        script(Stream.concat(Stream.of("proxy", name, file.toString()), Stream.of(options))
                .toArray(String[]::new));
        return file;
    }

    /** The file of a new proxy of a proxy. */
    Path proxyOf(Path proxy, String name, String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("--of", proxy.toString()));
        return proxy(name, all.toArray(String[]::new));
    }

    /** The file of a new proxy with an attribute of the VO. */
    Path voms(String name, String vo, String fqan, String... options) {
        Path file = fresh("voms");
        script(Stream.concat(Stream.of("voms", name, file.toString(), vo, fqan), Stream.of(options))
                .toArray(String[]::new));
        return file;
    }

    /** Puts the CA and its revocation list into the directory of another. */
    void joins(GridAuthority other) {
        try (Stream<Path> files = Files.list(certificates())) {
            for (Path file : files.toList()) {
                Files.copy(file, other.certificates().resolve(file.getFileName()));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Path fresh(String kind) {
        try {
            Path file = Files.createTempFile(directory, kind, ".pem");
            Files.delete(file);
            return file;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void script(String action, String... arguments) {
        script(Stream.concat(Stream.of(action), Stream.of(arguments)).toArray(String[]::new));
    }

    private void script(String[] command) {
        List<String> all = new ArrayList<>(List.of(command));
        all.add(1, directory.toString());
        RunningSystem.run(Map.of(), "testbed/ca.sh", all.toArray(String[]::new));
    }
}
