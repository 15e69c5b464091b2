/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.live;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.AsyncResponse;
import java.util.function.Function;
import org.diracee.kernel.access.Caller;
import org.diracee.web.identity.Reauthentication;
import org.diracee.wms.feed.boundary.TooManyListeners;
import org.diracee.wms.operation.boundary.OperationView;
import org.diracee.wms.operation.boundary.Operations;

/** Lets requests wait for the end of operations. */
@ApplicationScoped
public class OperationWait {

    private Followers followers;
    private Operations operations;
    private Reauthentication reauthentication;

    protected OperationWait() {} // for the container's proxy

    @Inject
    public OperationWait(Followers followers, Operations operations, Reauthentication reauthentication) {
        this.followers = followers;
        this.operations = operations;
        this.reauthentication = reauthentication;
    }

    /** Answers at the end of the operation, or after so many seconds; at once where too many requests are open already. */
    public void answer(
            HttpServletRequest sent,
            Caller caller,
            OperationView begun,
            int seconds,
            Function<OperationView, Object> answer,
            AsyncResponse request) {
        if (seconds == 0 || begun.state().isEnded()) {
            request.resume(answer.apply(begun));
            return;
        }
        OpenRequest.Sources sources = followers.sources();
        try {
            new WaitingForOperation(
                            caller,
                            reauthentication.of(sent, caller),
                            begun,
                            sources.clock().instant().plusSeconds(seconds),
                            sources,
                            operations,
                            answer,
                            request)
                    .begin();
        } catch (TooManyListeners full) {
            request.resume(answer.apply(begun));
        }
    }
}
