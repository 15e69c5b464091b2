/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The program {@code dirac-ee} of somebody.
 *
 * @param home where it keeps who is logged in
 */
record CommandLine(RunningSystem system, Path home) {

    /** That of a user of the demo VO, who has logged in by password. */
    static CommandLine of(RunningSystem system, String user) {
        CommandLine dirac = new CommandLine(system, system.directory().resolve("home-" + user));
        if (Files.exists(dirac.home)) {
            return dirac;
        }
        Path password = dirac.home.resolve("password");
        try {
            Files.createDirectory(dirac.home);
            Files.writeString(password, "pw-" + user);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        dirac.run(
                "login",
                "demo",
                "--username",
                user,
                "--password-file",
                password.toString(),
                "--group",
                user.equals("root") ? "demo_admin" : "demo_user");
        return dirac;
    }

    /** What it prints; fails with it if its exit code is not 0. */
    String run(String... arguments) {
        return run(Map.of(), arguments);
    }

    /** @param more variables of its environment */
    String run(Map<String, String> more, String... arguments) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("HOME", home.toString());
        environment.put("DIRACX_URL", system.base().toString());
        environment.putIfAbsent("DIRACX_CA_PATH", system.ca().toString());
        return RunningSystem.run(environment, "cli/target/dirac-ee", arguments);
    }

    /** Sends a file of its own with a job to a site {@code DIRAC.<name>.test}, waits, and fetches what the job made of it. */
    void takesAJobToItsOutput(String site) throws IOException {
        Files.createDirectories(home);
        Path words = Files.writeString(home.resolve("words"), "brought along");
        Path description = Files.writeString(
                home.resolve("job.jdl"),
                "Executable = \"/bin/cat\"; Arguments = \"words\"; InputSandbox = {\"" + words.toAbsolutePath()
                        + "\"}; Site = \"DIRAC." + site
                        + ".test\"; StdOutput = \"std.out\"; OutputSandbox = {\"std.out\"};");

        String id = run("job", "submit", description.toString()).strip();
        run("job", "wait", id, "--timeout", "240");
        run("job", "output", id, "--dir", home.toString());

        assertThat(home.resolve(id).resolve("std.out")).hasContent("brought along");
    }
}
