/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.diracee.wms.sitedirector.control.ComputingElementFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CondorRunTest {

    @TempDir
    private Path temporary;

    @Test
    void whatTakesTooLongIsEndedWithAllThatItStarted() throws IOException {
        Path pid = temporary.resolve("pid");
        try (CondorRun run = run(Duration.ofMillis(300))) {
            CondorRun.Answer answer = run.run("/bin/sh", List.of("-c", "sleep 600 & echo $! > " + pid + "; wait"));
            assertThat(answer.exitCode()).isEmpty();
            assertThat(answer.reason()).contains("did not answer in time");
        }
        long child = Long.parseLong(Files.readString(pid).strip());
        await().until(() ->
                ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void aProgramSeesNothingOfTheServersEnvironment() throws IOException {
        try (CondorRun run = run(Duration.ofMinutes(1))) {
            assertThat(run.run("/usr/bin/env", List.of()).output().lines())
                    .allMatch(line -> line.matches("(PATH|HOME|LANG|CONDOR_CONFIG|_CONDOR_SCITOKENS_FILE)=.*"))
                    .contains("_CONDOR_SCITOKENS_FILE=/token");
        }
    }

    @Test
    void nothingIsLeft() throws IOException {
        Path left;
        try (CondorRun run = run(Duration.ofMinutes(1))) {
            left = run.directory().path();
            run.directory().write("credential", "token");
            assertThat(Files.getPosixFilePermissions(left.resolve("credential")))
                    .hasSize(2);
        }
        assertThat(left).doesNotExist();
    }

    @Test
    void aClientThatIsNotInstalledIsNamed() throws IOException {
        try (CondorRun run = run(Duration.ofMinutes(1))) {
            assertThatThrownBy(() -> run.run("/nowhere/condor_q", List.of()))
                    .isInstanceOf(ComputingElementFailure.class)
                    .hasMessageContaining("/nowhere/condor_q")
                    .hasMessageContaining("CondorCommands");
        }
    }

    private CondorRun run(Duration limit) throws IOException {
        PilotDirectory directory = new PilotDirectory(temporary.resolve("run"));
        directory.create();
        return new CondorRun(directory, Map.of("_CONDOR_SCITOKENS_FILE", "/token"), limit);
    }
}
