/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.description.boundary;

import java.util.Optional;
import org.diracee.kernel.jdl.JdlPrinter;
import org.diracee.kernel.value.JobId;
import org.diracee.wms.description.control.StoredDescription;

/** Makes the JDL of single jobs from the description that they share; one is good for many jobs of a submission. */
public final class JobText {

    private final StoredDescription stored;

    /**
     * Reads a stored description.
     *
     * @param storedDescription as {@link ExpandedDescription#description()} gave it
     */
    public JobText(String storedDescription) {
        this.stored = StoredDescription.parse(storedDescription);
    }

    /** Returns the job's description as its user wrote it, the sweep worked in. */
    public String original(int index, Optional<String> sweepValues, JobId id) {
        return JdlPrinter.print(stored.original(index, sweepValues.orElse(null), id.number()));
    }

    /**
     * Returns the complete description that the wrapper obeys: every known attribute under its proper name and in its type,
     * defaults filled in, with JobID, Owner, OwnerGroup and VirtualOrganization.
     */
    public String manifest(int index, Optional<String> sweepValues, JobId id) {
        return JdlPrinter.print(stored.manifest(index, sweepValues.orElse(null), id.number()));
    }
}
