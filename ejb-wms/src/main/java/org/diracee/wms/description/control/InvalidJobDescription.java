/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.description.control;

import java.util.List;
import java.util.stream.Collectors;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.FieldError;

/** A description that is JDL but describes no job that could run; it names all that is wrong with it. */
public class InvalidJobDescription extends DiracException {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 5;

    InvalidJobDescription(List<FieldError> problems) {
        super(ErrorCode.JDL_INVALID, detail(problems), problems);
    }

    private static String detail(List<FieldError> problems) {
        String shown = problems.stream()
                .limit(SHOWN)
                .map(problem -> problem.field() + ": " + problem.message())
                .collect(Collectors.joining("; "));
        int more = problems.size() - SHOWN;
        return "The job description is invalid: " + shown + (more > 0 ? "; and " + more + " more" : "");
    }
}
