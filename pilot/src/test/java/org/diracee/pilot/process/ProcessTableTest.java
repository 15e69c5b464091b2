/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessTableTest {

    private static final String LINE =
            "4711 (%s) S 17 4711 4700 0 -1 4194560 2193 9 0 0 150 50 30 20 20 0 1 0 98765 2576384 350 18446744073709551615"
                    + " 1 1 0 0 0 0 0 0 65536 0 0 0 17 1 0 0 0 0 0 0 0 0 0 0 0 0 0";

    @TempDir
    Path proc;

    private void process(long pid, String stat, String environment, String status) throws IOException {
        Path directory = Files.createDirectory(proc.resolve(Long.toString(pid)));
        Files.writeString(directory.resolve("stat"), stat);
        Files.write(directory.resolve("environ"), environment.getBytes(UTF_8));
        Files.writeString(directory.resolve("status"), status);
    }

    @Test
    void readsAProcess() {
        ProcessStat process = ProcessStat.parse(LINE.formatted("sleep"));

        assertThat(process)
                .isEqualTo(new ProcessStat(
                        4711, 'S', 17, 4711, 4700, Duration.ofSeconds(2), Duration.ofMillis(500), 98765, 2576384));
    }

    @Test
    void isNotMisledByTheNameOfACommand() {
        ProcessStat process = ProcessStat.parse(LINE.formatted("a) Z 1 (b\n"));

        assertThat(process.state()).isEqualTo('S');
        assertThat(process.session()).isEqualTo(4700);
    }

    @Test
    void refusesWhatIsNoProcess() {
        assertThatThrownBy(() -> ProcessStat.parse("4711 (sleep) S 1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ProcessStat.parse("nonsense")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void knowsTheMarkOfAProcessAndNoPartOfIt() throws IOException {
        process(4711, LINE.formatted("sleep"), "PATH=/bin\0DIRAC_PAYLOAD=job-1\0A=b\0", "");
        ProcessTable table = new ProcessTable(proc);

        assertThat(table.hasInEnvironment(4711, "DIRAC_PAYLOAD=job-1")).isTrue();
        assertThat(table.hasInEnvironment(4711, "DIRAC_PAYLOAD=job-")).isFalse();
        assertThat(table.hasInEnvironment(4711, "PAYLOAD=job-1")).isFalse();
        assertThat(table.hasInEnvironment(1, "A=b")).isFalse();
    }

    @Test
    void readsTheResidentMemory() throws IOException {
        process(4711, LINE.formatted("sleep"), "", "Name:\tsleep\nVmRSS:\t    1400 kB\nThreads:\t1\n");

        assertThat(new ProcessTable(proc).residentBytes(4711)).isEqualTo(1400 * 1024);
        assertThat(new ProcessTable(proc).residentBytes(1)).isZero();
    }

    @Test
    void listsProcessesAlone() throws IOException {
        process(4711, LINE.formatted("sleep"), "", "");
        Files.createDirectory(proc.resolve("sys"));
        Files.createDirectory(proc.resolve("12"));

        assertThat(new ProcessTable(proc).all()).extracting(ProcessStat::pid).containsExactly(4711L);
    }
}
