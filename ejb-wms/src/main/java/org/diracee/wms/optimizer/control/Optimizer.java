/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.optimizer.control;

import java.util.Map;
import java.util.Set;
import org.diracee.wms.description.boundary.Requirements;

/** A step that a job passes before it waits: a pure policy over what is known of the job. */
public interface Optimizer {

    /** Its name in the job's minor status and log. */
    String name();

    Verdict judge(JobInCheck job);

    /** What an optimizer decides. */
    sealed interface Verdict permits Passes, Holds, Refuses, Schedules, Stages {}

    /** The next optimizer looks at the job, of which more is known now. */
    record Passes(JobInCheck job) implements Verdict {}

    /** It cannot be decided now. */
    record Holds(String reason) implements Verdict {}

    /** The job can never run. */
    record Refuses(String reason) implements Verdict {}

    /** The job waits. */
    record Schedules(String site, Requirements requirements) implements Verdict {}

    /**
     * The job waits for files from tape.
     *
     * @param files at which storage elements near one site those are that cannot be read there at once
     */
    record Stages(Map<String, Set<String>> files) implements Verdict {}
}
