/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.error;

import java.util.Collection;
import java.util.List;
import org.diracee.client.wire.BulkAnswer;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.Problem;

/** A bulk call in which every item failed; its answer is the detail of the problem document. */
public class NothingSucceeded extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final ErrorCode code;
    private final transient BulkAnswer<?> answer;

    /** @param status the HTTP status that DiracX has for this */
    public NothingSucceeded(int status, Collection<Problem> problems, BulkAnswer<?> answer) {
        super("Every item failed", null, false, false);
        this.status = status;
        this.answer = answer;
        List<ErrorCode> codes = problems.stream().map(Problem::code).distinct().toList();
        this.code = codes.size() == 1 ? codes.get(0) : ErrorCode.INVALID_REQUEST;
    }

    int status() {
        return status;
    }

    ErrorCode code() {
        return code;
    }

    BulkAnswer<?> answer() {
        return answer;
    }
}
