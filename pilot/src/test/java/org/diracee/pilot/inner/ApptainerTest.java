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
import org.junit.jupiter.api.Test;

/** The command line alone: no Apptainer was at hand to run it. */
class ApptainerTest {

    private static final Path JOB = Path.of("/work/job-7-1/job");
    private static final Path TMP = Path.of("/work/job-7-1/tmp");

    private static PayloadCommand around(boolean gpus) {
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
                Map.of("TMPDIR", TMP.toString(), "DIRACJOBID", "7"),
                false);
        return apptainer.around(payload, TMP);
    }

    @Test
    void containsThePayloadWithItsDirectoryAndWhatTheSiteShows() {
        PayloadCommand command = around(false);

        assertThat(String.join(" ", command.command()))
                .isEqualTo(
                        "/usr/bin/apptainer --quiet exec --contain --pid --ipc --home /work/job-7-1/job"
                                + " --pwd /work/job-7-1/job --bind /work/job-7-1/tmp:/tmp:rw --bind /work/job-7-1/tmp:/var/tmp:rw"
                                + " --bind /cvmfs:/cvmfs:ro --bind /data:/mnt/data:rw --fakeroot /cvmfs/images/el9 python3 a b");
        assertThat(command.command()).endsWith("a b");
        assertThat(command.environment()).isEqualTo(Map.of("TMPDIR", "/tmp", "DIRACJOBID", "7"));
        assertThat(command.isEnclosed()).isTrue();
    }

    @Test
    void bringsTheDriversOfGraphicsProcessors() {
        assertThat(around(true).command()).containsSubsequence("--nv", "--fakeroot");
    }
}
