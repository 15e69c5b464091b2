/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.diracee.client.FakeServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh"})
    void knowsAllCommands(String shell) throws IOException {
        try (FakeServer server = new FakeServer()) {
            assertThat(new Program(server, directory).run("completion", shell).out())
                    .contains("complete -F _complete_dirac-ee", "reschedule", "rollback", "bashcompinit");
        }
    }

    @Test
    void isReadByBash() throws Exception {
        try (FakeServer server = new FakeServer()) {
            Path script = Files.writeString(
                    directory.resolve("script"),
                    new Program(server, directory).run("completion", "bash").out());
            Process bash = new ProcessBuilder(
                            "bash",
                            "-c",
                            ". \"$0\"; COMP_WORDS=(dirac-ee job wa); COMP_CWORD=2; _complete_dirac-ee; echo ${COMPREPLY[@]}",
                            script.toString())
                    .redirectErrorStream(true)
                    .start();
            assertThat(new String(bash.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                            .split("\\s+"))
                    .contains("wait", "watch");
            assertThat(bash.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void refusesOtherShells() throws IOException {
        try (FakeServer server = new FakeServer()) {
            Program.Result result = new Program(server, directory).run("completion", "fish");
            assertThat(result.code()).isEqualTo(ExitCode.USAGE);
            assertThat(result.err()).contains("fish", "bash", "zsh");
        }
    }
}
