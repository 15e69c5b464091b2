/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.diracee.wms.taskqueue.boundary.QueueDefinition;

/**
 * What optimizers have decided about a job in Checking.
 *
 * @param passed the optimizers that let it pass, in their order
 */
public record CheckResult(CheckedJob job, List<Passed> passed, Ending ending) {

    public CheckResult {
        passed = List.copyOf(passed);
    }

    /** An optimizer that let the job pass to the next one. */
    public record Passed(String optimizer, String next) {}

    /** What the last optimizer that looked at the job decided. */
    public sealed interface Ending permits Waits, IsHeld, Fails, Stages, AskedStager {

        /** Who decided. */
        String optimizer();
    }

    /**
     * The job waits in a queue.
     *
     * @param site what its search column says
     */
    public record Waits(String optimizer, String site, QueueDefinition queue) implements Ending {}

    /** The job cannot be decided on now; the optimizer looks again after a time. */
    public record IsHeld(String optimizer, String reason, Duration time) implements Ending {}

    /** The job can never run. */
    public record Fails(String optimizer, String reason) implements Ending {}

    /**
     * Files of the job must be brought from tape before it can run.
     *
     * @param files at which storage elements near one site those are that cannot be read there at once
     */
    public record Stages(String optimizer, Map<String, Set<String>> files) implements Ending {

        public Stages {
            files = Map.copyOf(files);
        }
    }

    /** The stager was asked for the files of the job. */
    public record AskedStager(String optimizer) implements Ending {}
}
