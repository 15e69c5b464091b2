/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The program {@code dirac-ee} as users of the demo VO run it, who log in by their passwords. */
final class CommandLine {

    private static final String PROGRAM = "cli/target/dirac-ee";

    private CommandLine() {}

    /** Returns what the program says; fails with that if its exit code is not 0. */
    static String run(RunningSystem system, String user, Map<String, String> more, String... arguments) {
        Path credentials = system.directory().resolve("credentials-" + user + ".json");
        Map<String, String> environment = new HashMap<>(more);
        environment.put("DIRACX_URL", system.base().toString());
        environment.put("DIRACX_CA_PATH", system.ca().toString());
        environment.put("DIRACX_CREDENTIALS_PATH", credentials.toString());
        if (Files.notExists(credentials)) {
            logIn(system, user, environment);
        }
        return RunningSystem.run(environment, PROGRAM, arguments);
    }

    private static void logIn(RunningSystem system, String user, Map<String, String> environment) {
        Path password = system.directory().resolve("password-" + user);
        try {
            Files.writeString(password, "pw-" + user);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        RunningSystem.run(
                environment,
                PROGRAM,
                "login",
                "demo",
                "--username",
                user,
                "--password-file",
                password.toString(),
                "--group",
                user.equals("root") ? "demo_admin" : "demo_user");
    }
}
