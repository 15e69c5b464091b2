/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.data.boundary;

import static org.diracee.dms.log.boundary.DmsLog.LOG;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.diracee.dms.data.control.DataJournal;
import org.diracee.dms.data.control.DataOperationSteps;
import org.diracee.dms.data.control.HeldClaims;
import org.diracee.dms.data.entity.DataOperationRepository;
import org.diracee.dms.data.entity.DataOperationRow;
import org.diracee.kernel.access.OpenAccess;
import org.jspecify.annotations.Nullable;

/**
 * Works off the operations that are due, on every node a bounded number at a time: each is taken by one, and taken over by another if
 * that one dies.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class DataOperationWork {

    private final AtomicInteger running = new AtomicInteger();
    private DataJournal journal;
    private DataOperationRepository operations;
    private DataOperationSteps steps;
    private HeldClaims claims;
    private @Nullable Executor threads;

    protected DataOperationWork() {} // for the container's proxy

    @Inject
    public DataOperationWork(
            DataJournal journal, DataOperationRepository operations, DataOperationSteps steps, HeldClaims claims) {
        this.journal = journal;
        this.operations = operations;
        this.steps = steps;
        this.claims = claims;
    }

    /** Threads of its own: a copy that lasts keeps one, which others of the server must not miss. */
    @Resource
    void setThreadFactory(ManagedThreadFactory factory) {
        runOn(Executors.newCachedThreadPool(factory));
    }

    /** Names the threads. */
    void runOn(Executor executor) {
        threads = executor;
    }

    @PreDestroy
    void stop() {
        if (threads instanceof ExecutorService own) {
            own.shutdownNow();
        }
    }

    /** Prolongs what is worked on here, long before the claims run out, and takes up what is due. */
    @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
    @OpenAccess("called by the timer")
    public void tick() {
        try {
            claims.prolong();
            takeUp();
        } catch (RuntimeException databaseDown) {
            LOG.debugf(databaseDown, "operations on data were not looked for");
        }
    }

    /** Takes up at once what has just been written down. */
    @OpenAccess("called when a transaction that added some has ended")
    public void added(@Observes(during = TransactionPhase.AFTER_SUCCESS) DataOperationsAdded news) {
        Executor own = threads;
        if (own != null) {
            own.execute(this::tick);
        }
    }

    /** Takes up what is due, as far as there are threads free; tells how many. */
    @OpenAccess("called by the timer and by an agent, which are the server itself")
    public int takeUp() {
        Executor own = threads;
        int free = journal.settings().atATime() - running.get();
        if (own == null || free <= 0) {
            return 0;
        }
        List<DataOperationRow> due = journal.in(() -> operations.claim(journal.now(), journal.claimedUntil(), free));
        for (DataOperationRow operation : due) {
            claims.hold(operation);
            running.incrementAndGet();
            own.execute(() -> work(operation));
        }
        return due.size();
    }

    private void work(DataOperationRow operation) {
        try {
            steps.work(operation);
        } catch (RuntimeException broken) {
            LOG.dataOperationBroken(
                    operation.id(),
                    operation.plan().kind().text(),
                    operation.plan().lfn().text(),
                    broken);
        } finally {
            claims.release(operation);
            running.decrementAndGet();
        }
    }
}
