/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.inner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.diracee.pilot.process.PayloadCommand;
import org.diracee.pilot.process.SearchPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line alone; {@code BubblewrapJobWrapperIT} runs it. */
class BubblewrapTest {

    @TempDir
    Path directory;

    private PayloadCommand around(boolean usesGpu) {
        Path job = directory.resolve("job");
        Bubblewrap bubblewrap = new Bubblewrap(
                Path.of("/usr/bin/bwrap"),
                directory,
                List.of(),
                List.of(),
                List.of(Path.of("/dev/nvidia0")),
                OptionalLong.empty());
        PayloadCommand payload =
                new PayloadCommand(List.of("true"), job, job, job, Map.of("LD_PRELOAD", "./evil.so"), false);
        return bubblewrap.around(payload, directory.resolve("tmp"), usesGpu);
    }

    @Test
    void startsWithoutThePayloadsVariablesAndReadsThemFromAFile() throws IOException {
        PayloadCommand command = around(false);

        assertThat(command.environment())
                .isEqualTo(Map.of("PATH", SearchPath.ofThisProcess().text()));
        assertThat(command.command()).doesNotContain("./evil.so");
        Path file = directory.resolve("tmp.environment");
        assertThat(command.command()).containsSubsequence(file.toString(), "/usr/bin/bwrap", "--args", "9");
        assertThat(Files.readString(file))
                .contains("--setenv\0LD_PRELOAD\0./evil.so\0")
                .contains("--setenv\0TMPDIR\0/tmp\0");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void showsGraphicsProcessorsToThoseWhoUseThem() throws IOException {
        assertThat(around(true).command()).contains("/dev/nvidia0");
        Files.delete(directory.resolve("tmp.environment"));
        assertThat(around(false).command()).doesNotContain("/dev/nvidia0");
    }
}
