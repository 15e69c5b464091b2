/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client;

import org.diracee.client.wire.OperationPage;
import org.diracee.client.wire.OperationProblemPage;
import org.diracee.client.wire.OperationRecord;
import org.diracee.client.wire.StartJobAction;

/** Work on all jobs that meet a filter, which goes on at the server. */
public final class Operations {

    private static final String OPERATIONS = "/api/operations";

    private final ApiClient client;

    public Operations(ApiClient client) {
        this.client = client;
    }

    /**
     * Begins an operation. With the same key it may be called again when it is unknown whether a call arrived.
     *
     * @param idempotencyKey unique to this operation, as a random UUID
     */
    public OperationRecord start(StartJobAction request, String idempotencyKey) {
        return client.call(
                ApiRequest.post("/api/jobs/actions").json(request).idempotencyKey(idempotencyKey),
                OperationRecord.class);
    }

    /** One's own newest operations. */
    public OperationPage list(int limit) {
        return client.call(ApiRequest.get(OPERATIONS).query("limit", limit), OperationPage.class);
    }

    public OperationRecord operation(long id) {
        return client.call(ApiRequest.get(OPERATIONS + "/" + id), OperationRecord.class);
    }

    /** The first jobs to which it could not be done. */
    public OperationProblemPage problems(long id, int limit) {
        return client.call(
                ApiRequest.get(OPERATIONS + "/" + id + "/problems").query("limit", limit), OperationProblemPage.class);
    }

    /** Stops an operation; what was done stays done. */
    public OperationRecord cancel(long id) {
        return client.call(ApiRequest.delete(OPERATIONS + "/" + id), OperationRecord.class);
    }
}
