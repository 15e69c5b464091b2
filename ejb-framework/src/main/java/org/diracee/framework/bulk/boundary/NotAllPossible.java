/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.bulk.boundary;

import java.util.Map;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.FieldError;
import org.diracee.kernel.error.Problem;

/** Something could not be done to all of many things, so it was done to none; each that stood in the way is a field. */
public class NotAllPossible extends DiracException {

    private static final long serialVersionUID = 1L;

    NotAllPossible(Map<?, Problem> obstacles, int all) {
        super(
                ErrorCode.NOT_ALL_POSSIBLE,
                obstacles.size() + " of " + all + " stood in the way, so nothing was done; leave them out, or leave out"
                        + " atomic to have the others done",
                obstacles.entrySet().stream()
                        .map(obstacle -> new FieldError(
                                obstacle.getKey().toString(),
                                obstacle.getValue().detail(),
                                Map.of("code", obstacle.getValue().code().name())))
                        .toList());
    }
}
