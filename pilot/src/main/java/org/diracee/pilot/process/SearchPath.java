/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The directories where commands are looked up, separated by colons. */
public record SearchPath(String text) {

    private static final String USUAL = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /** The pilot's own {@code PATH}, or the usual directories if it has none. */
    public static SearchPath ofThisProcess() {
        String path = System.getenv("PATH");
        return new SearchPath(path == null || path.isBlank() ? USUAL : path);
    }

    /** Finds an executable file by its bare name. */
    public Optional<Path> find(String name) {
        for (String directory : text.split(":")) {
            if (directory.startsWith("/")) {
                Path candidate = Path.of(directory, name);
                if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
                    return Optional.of(candidate);
                }
            }
        }
        return Optional.empty();
    }
}
