/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How a process gets a session of its own: by {@code setsid} of util-linux or busybox, which replaces itself with the command
 * and so keeps the pid. Where there is none, payloads run in the pilot's session and are found by their mark and descent alone.
 */
public record Session(List<String> prefix) {

    public Session {
        prefix = List.copyOf(prefix);
    }

    /** Looks for {@code setsid} on the pilot's search path. */
    public static Session find(SearchPath path) {
        Optional<Path> setsid = path.find("setsid").filter(Files::isExecutable);
        return new Session(setsid.map(found -> List.of(found.toString())).orElse(List.of()));
    }

    /** Whether processes lead a session of their own. */
    public boolean isOwn() {
        return !prefix.isEmpty();
    }
}
