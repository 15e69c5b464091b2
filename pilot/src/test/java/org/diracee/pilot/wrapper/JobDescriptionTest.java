/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.wrapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.diracee.pilot.process.Usage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobDescriptionTest {

    private static final long MEGABYTE = 1024 * 1024;

    @Test
    void readsWhatAWrapperActsOn() {
        JobDescription job = JobDescription.parse("""
                [
                  Executable = "run.sh";
                  Arguments = "--tile 3 'a b'";
                  StdOutput = "log.txt";
                  InputSandbox = { "SB:SandboxSE|/S3/x", "run.sh" };
                  OutputSandbox = "std.out, result.txt;plot.png";
                  ExecutionEnvironment = { "A=1%202", "B=x+y" };
                  CPUTime = 3600;
                  Memory = 3000;
                  MaxRAM = 2;
                  NumberOfProcessors = 4;
                ]
                """);

        assertThat(job.arguments()).containsExactly("--tile", "3", "a b");
        assertThat(job.standardOutput()).isEqualTo("log.txt");
        assertThat(job.standardError()).isEqualTo("std.err");
        assertThat(job.outputSandbox()).containsExactly("std.out", "result.txt", "plot.png");
        assertThat(job.environment()).isEqualTo(Map.of("A", "1 2", "B", "x+y"));
        assertThat(job.cpuTime()).contains(Duration.ofHours(1));
        assertThat(job.memoryBytes()).isEqualTo(OptionalLong.of(2000 * MEGABYTE));
        assertThat(job.processors()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[Arguments=\"x\"]                                              | The job description has no Executable",
                "[Executable=\"x\"; StdOutput=\"../x\"]                         | StdOutput is '../x': a plain file name is expected, without '/'",
                "[Executable=\"x\"; Arguments=\"'x\"]                           | Arguments ''x': the single quote is not closed (character 1)",
                "[Executable=\"x\"; ExecutionEnvironment=\"novalue\"]           | ExecutionEnvironment has 'novalue': NAME=value is expected",
                "[Executable=\"x\"; ExecutionEnvironment=\"DIRAC_PAYLOAD=x\"]   | ExecutionEnvironment sets DIRAC_PAYLOAD, which is the pilot's own",
                "[Executable=\"x\"; ExecutionEnvironment=\"A=x%00y\"]         | ExecutionEnvironment gives A a NUL, which no variable can have",
            })
    void saysWhatIsWrong(String jdl, String reason) {
        assertThatThrownBy(() -> JobDescription.parse(jdl)).hasMessage(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "101 |   0 |    0 | 1000 | Job has exceeded maximum wall clock time       | ran 101 s, allowed are 100 s",
                " 91 |   0 |    0 | 1000 | Job has reached the CPU limit of the queue     | ran 91 s, the slot had 90 s left for it",
                " 10 |  61 |    0 | 1000 | Job has reached the CPU limit of the queue     | used 61 s of CPU time, allowed are 60 s",
                " 10 |  10 |  301 | 1000 | Job has exceeded its memory limit              | used 301 MB of memory, allowed are 300 MB",
                " 10 |  10 |  300 |    9 | Job has insufficient disk space to continue    | 9 MB of disk space are left, at least 10 MB are needed",
                " 50 |   0 |  301 |    9 | Watchdog identified this job as stalled        | used 0 s of CPU time within 20 s, at least 5 % are expected",
                " 90 |  60 |  300 |   10 | -                                              | -",
            })
    void noticesALimitThatIsPassed(long ran, long cpu, long memory, long disk, String minor, String text) {
        JobDescription job = JobDescription.parse("[Executable=\"x\"; CPUTime=25; NumberOfProcessors=2; Memory=400]");
        WatchdogSettings settings = new WatchdogSettings(
                Duration.ofSeconds(5),
                Duration.ofSeconds(100),
                50,
                10 * MEGABYTE,
                1000,
                5,
                Duration.ofSeconds(20),
                20,
                Set.of());
        Limits limits = Limits.of(
                job,
                new JobShare(2, OptionalLong.of(300 * MEGABYTE)),
                settings,
                Duration.ofSeconds(ran > 100 ? 1000 : 90));

        Optional<Limits.Breach> breach = limits
                .check(
                        Duration.ofSeconds(ran),
                        new Usage(1, Duration.ofSeconds(cpu), memory * MEGABYTE, 0),
                        Optional.of(new CpuSample.Used(Duration.ofSeconds(20), Duration.ofSeconds(ran == 50 ? 0 : 1))),
                        disk * MEGABYTE)
                .values()
                .stream()
                .findFirst();

        assertThat(breach.map(found -> found.minorStatus().text())).isEqualTo(Optional.ofNullable(minor));
        assertThat(breach.map(Limits.Breach::text)).isEqualTo(Optional.ofNullable(text));
    }
}
