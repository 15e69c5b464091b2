/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.inner;

import java.nio.file.Path;
import org.diracee.pilot.process.PayloadCommand;

/**
 * Where payloads run within the slot.
 *
 * @see "WMS reference 16"
 */
public sealed interface InnerCe permits InProcess, Bubblewrap, Apptainer {

    /**
     * Returns the command that runs the payload in here.
     *
     * @param temporary a directory of this job alone, for its temporary files; beside it files for the inner computing element may
     *     be made
     * @param usesGpu whether the payload gets the graphics processors
     */
    PayloadCommand around(PayloadCommand payload, Path temporary, boolean usesGpu);

    /** Whether payloads see the files of the worker node's system, not those of a container. */
    boolean showsSystem();

    /** Whether payloads see this directory or file of the worker node. */
    boolean shows(Path path);

    /** Whether a payload can do nothing to others in here, whoever their owners are. */
    boolean isIsolated();
}
