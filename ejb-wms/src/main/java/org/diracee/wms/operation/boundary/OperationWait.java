/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.operation.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.OpenAccess;

/** Waits for the end of operations, outside any transaction and for few callers at a time, since each costs a thread. */
@ApplicationScoped
public class OperationWait {

    private static final int WAITERS = 20;
    private static final Duration LOOK = Duration.ofMillis(250);

    private final Semaphore free = new Semaphore(WAITERS);
    private Operations operations;

    protected OperationWait() {} // for the container's proxy

    @Inject
    public OperationWait(Operations operations) {
        this.operations = operations;
    }

    /** The operation at its end, or after that many seconds; at once where too many wait already. */
    @OpenAccess("the service that is asked checks the caller")
    public OperationView await(Caller caller, long id, int seconds) {
        OperationView view = operations.operation(caller, id);
        if (!free.tryAcquire()) {
            return view;
        }
        try {
            long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
            while (!view.state().isEnded() && System.nanoTime() < end) {
                Thread.sleep(LOOK.toMillis());
                view = operations.operation(caller, id);
            }
            return view;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return view;
        } finally {
            free.release();
        }
    }
}
