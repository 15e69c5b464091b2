/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The program {@code dirac-ee} of somebody.
 *
 * @param home where it keeps who is logged in
 */
record CommandLine(RunningSystem system, Path home) {

    /** What it prints; fails with it if it fails. */
    String run(String... arguments) {
        return RunningSystem.run(
                Map.of(
                        "HOME",
                        home.toString(),
                        "DIRACX_URL",
                        system.base().toString(),
                        "DIRACX_CA_PATH",
                        system.ca().toString()),
                "cli/target/dirac-ee",
                arguments);
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
