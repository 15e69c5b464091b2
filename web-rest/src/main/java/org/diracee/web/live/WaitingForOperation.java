/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.live;

import jakarta.ws.rs.container.AsyncResponse;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.error.DiracException;
import org.diracee.web.identity.Reauthentication.Standing;
import org.diracee.wms.operation.boundary.OperationView;
import org.diracee.wms.operation.boundary.Operations;

/** A request that is answered when its operation is over, or when its time is up. */
final class WaitingForOperation extends OpenRequest {

    private final Operations operations;
    private final Function<OperationView, Object> answer;
    private final AsyncResponse request;
    private volatile OperationView last;

    WaitingForOperation(
            Caller caller,
            Standing standing,
            OperationView begun,
            Instant until,
            Sources sources,
            Operations operations,
            Function<OperationView, Object> answer,
            AsyncResponse request) {
        super(caller, standing, until, sources);
        this.last = begun;
        this.operations = operations;
        this.answer = answer;
        this.request = request;
    }

    @Override
    void heard(boolean any) {}

    @Override
    boolean hasWork(Instant now) {
        return true;
    }

    @Override
    void missed() {}

    @Override
    void step(Instant now, boolean isLast) {
        last = operations.operation(caller(), last.id());
        if (isLast || last.state().isEnded()) {
            answer();
        }
        done();
    }

    @Override
    void drop() {
        leave(request::cancel);
    }

    @Override
    void finish(Optional<DiracException> reason) {
        if (reason.isPresent()) {
            leave(() -> request.resume(reason.get()));
        } else {
            answer();
        }
    }

    private void answer() {
        Object told = answer.apply(last);
        leave(() -> request.resume(told));
    }
}
