/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What /proc tells about a process; empty once the process is gone. */
final class ProcFiles {

    private ProcFiles() {}

    static String commandLine(long pid) {
        return read(pid, "cmdline").replace('\0', ' ').strip();
    }

    static String environment(long pid) {
        return read(pid, "environ").replace('\0', '\n');
    }

    private static String read(long pid, String file) {
        try {
            return new String(Files.readAllBytes(Path.of("/proc", Long.toString(pid), file)), StandardCharsets.UTF_8);
        } catch (IOException gone) {
            return "";
        }
    }
}
