/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.slot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.diracee.pilot.process.SearchPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With doubles of {@code squeue} and {@code qstat} that print what their manuals say. */
class BatchTimeTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_700_003_600);

    @TempDir
    Path directory;

    private Optional<Duration> left(Map<String, String> environment) {
        return new BatchTime(environment, new SearchPath(directory.toString()), 4, Clock.fixed(NOW, ZoneOffset.UTC))
                .left();
    }

    private void command(String name, String script) throws IOException {
        Path file = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @ParameterizedTest
    @CsvSource({"1-02:03:04,93784", "12:00:01,43201", "59:58,3598", "0:00,0"})
    void ofSlurm(String printed, long seconds) throws IOException {
        command("squeue", "[ \"$*\" = '-h -j 17 -o %L' ] && echo " + printed);

        assertThat(left(Map.of("SLURM_JOB_ID", "17"))).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({"echo UNLIMITED", "echo NOT_SET", "exit 1", "echo INVALID", "echo"})
    void isUnknownWhereSlurmDoesNotSay(String script) throws IOException {
        command("squeue", script);

        assertThat(left(Map.of("SLURM_JOB_ID", "17"))).isEmpty();
    }

    @Test
    void ofSlurmIsTheLeastThatItTellsOnStandardOutput() throws IOException {
        command("squeue", "echo 0:01 >&2; echo UNLIMITED; echo 59:58; echo 10:00");

        assertThat(left(Map.of("SLURM_JOB_ID", "17"))).contains(Duration.ofMinutes(10));
    }

    @Test
    void ofPbsIsTheLessOfWallClockAndCpuTime() throws IOException {
        command("qstat", """
                [ "$*" = '-f 17.server' ] && cat <<'END'
                Job Id: 17.server
                    Job_Name = pilot
                    resources_used.cput = 10:00:00
                    resources_used.walltime = 01:00:00
                    Resource_List.cput = 50:00:00
                    Resource_List.walltime = 24:00:00
                END
                """);

        assertThat(left(Map.of("PBS_JOBID", "17.server"))).contains(Duration.ofHours(10));
    }

    @Test
    void ofHtCondorIsWhatTheSitePutsIntoItsAds() throws IOException {
        Path job = Files.writeString(
                directory.resolve("job.ad"), "ClusterId = 17\nJobCurrentStartDate = 1700000000\nMaxRuntime = 7200\n");
        Path machine = Files.writeString(directory.resolve("machine.ad"), "Name = \"slot1\"\nMaxRuntime = 86400\n");

        assertThat(left(Map.of("_CONDOR_JOB_AD", job.toString(), "_CONDOR_MACHINE_AD", machine.toString())))
                .contains(Duration.ofHours(1));
        assertThat(left(Map.of("_CONDOR_JOB_AD", "/nowhere"))).isEmpty();
    }

    @Test
    void ofHtCondorCeIsInMinutesAndInWhateverCase() throws IOException {
        Path job =
                Files.writeString(directory.resolve("job.ad"), "jobcurrentstartdate = 1700000000\nmaxWallTime = 120\n");

        assertThat(left(Map.of("_CONDOR_JOB_AD", job.toString()))).contains(Duration.ofHours(1));
    }

    @ParameterizedTest
    @CsvSource({"SLURM_JOB_ID,true", "PBS_JOBID,true", "_CONDOR_JOB_AD,true", "HOME,false"})
    void isToldByABatchSystemOnly(String variable, boolean isBatchJob) {
        BatchTime time =
                new BatchTime(Map.of(variable, "17"), new SearchPath("/nowhere"), 1, Clock.fixed(NOW, ZoneOffset.UTC));

        assertThat(time.isBatchJob()).isEqualTo(isBatchJob);
    }

    @Test
    void isUnknownOutsideOfABatchSystem() {
        assertThat(left(Map.of())).isEmpty();
        assertThat(left(Map.of("SLURM_JOB_ID", "17"))).as("no squeue").isEmpty();
    }
}
