/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.inner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.diracee.pilot.process.PayloadCommand;
import org.diracee.pilot.process.SearchPath;
import org.junit.jupiter.api.Test;

/** The command line alone: no Apptainer was at hand to run it. */
class ApptainerTest {

    private static final Path JOB = Path.of("/work/job-7-1/job");
    private static final Path TMP = Path.of("/work/job-7-1/tmp");

    private static PayloadCommand around(boolean gpus, boolean usesGpu) {
        Apptainer apptainer = new Apptainer(
                Path.of("/usr/bin/apptainer"),
                "/cvmfs/images/el9",
                List.of(Bind.parse("/cvmfs"), Bind.parse("/data:/mnt/data:rw")),
                List.of("--fakeroot"),
                gpus);
        PayloadCommand payload = new PayloadCommand(
                List.of("python3", "a b"),
                JOB,
                JOB.resolve("std.out"),
                JOB.resolve("std.err"),
                Map.of(
                        "TMPDIR",
                        TMP.toString(),
                        "DIRACJOBID",
                        "7",
                        "HOME",
                        JOB.toString(),
                        "PATH",
                        SearchPath.ofThisProcess().text(),
                        "LD_PRELOAD",
                        "./evil.so",
                        "APPTAINER_BIND",
                        "/:/mnt"),
                false);
        return apptainer.around(payload, TMP, usesGpu);
    }

    @Test
    void containsThePayloadWithItsDirectoryAndWhatTheSiteShows() {
        PayloadCommand command = around(false, false);

        assertThat(String.join(" ", command.command()))
                .isEqualTo(
                        "/usr/bin/apptainer --quiet exec --contain --pid --ipc --home /work/job-7-1/job"
                                + " --pwd /work/job-7-1/job --bind /work/job-7-1/tmp:/tmp:rw --bind /work/job-7-1/tmp:/var/tmp:rw"
                                + " --bind /cvmfs:/cvmfs:ro --bind /data:/mnt/data:rw --fakeroot /cvmfs/images/el9 python3 a b");
        assertThat(command.command()).endsWith("a b");
        assertThat(command.environment())
                .as("nothing of the job's that acts outside of the container")
                .isEqualTo(Map.of(
                        "PATH",
                        SearchPath.ofThisProcess().text(),
                        "APPTAINERENV_TMPDIR",
                        "/tmp",
                        "APPTAINERENV_DIRACJOBID",
                        "7",
                        "APPTAINERENV_LD_PRELOAD",
                        "./evil.so",
                        "APPTAINERENV_APPTAINER_BIND",
                        "/:/mnt"));
        assertThat(command.isEnclosed()).isTrue();
    }

    @Test
    void bringsTheDriversOfGraphicsProcessorsToThoseWhoUseThem() {
        assertThat(around(true, true).command()).containsSubsequence("--nv", "--fakeroot");
        assertThat(around(true, false).command()).doesNotContain("--nv");
    }
}
