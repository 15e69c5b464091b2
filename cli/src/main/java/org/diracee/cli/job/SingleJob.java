/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.job;

import org.diracee.cli.CommandFailure;
import org.diracee.kernel.value.InvalidValue;
import org.diracee.kernel.value.JobId;

/** The id of a command that is about one job. */
final class SingleJob {

    private SingleJob() {}

    static long parse(String text) {
        try {
            return JobId.parse(text).number();
        } catch (InvalidValue wrong) {
            throw CommandFailure.usage("'" + text + "' is no job id: a positive number is expected.");
        }
    }
}
