/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.data.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.diracee.dms.data.boundary.DataOperationState;
import org.diracee.dms.data.entity.DataOperationRepository;
import org.diracee.dms.data.entity.DataOperationRow;
import org.diracee.dms.data.entity.DataOperationRow.Plan;
import org.diracee.dms.storage.boundary.StorageFailure;
import org.diracee.dms.storage.boundary.StorageFiles;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.SeName;

/** Removes what an operation that failed may have left at its storage element; never what the catalogue has there. */
@ApplicationScoped
public class Cleaning {

    private static final Duration PUT_OFF = Duration.ofMinutes(15);

    private DataJournal journal;
    private DataOperationRepository operations;
    private KnownFiles files;
    private StorageFiles storage;

    protected Cleaning() {} // for the container's proxy

    @Inject
    public Cleaning(DataJournal journal, DataOperationRepository operations, KnownFiles files, StorageFiles storage) {
        this.journal = journal;
        this.operations = operations;
        this.files = files;
        this.storage = storage;
    }

    /** Ends an operation so: at once if it has not begun, else after what it may have left is removed. */
    public void end(DataOperationRow claimed, DataOperationState ending, Optional<String> failure) {
        if (claimed.progress().begun()) {
            journal.change(claimed, row -> row.cleaning(ending, failure, journal.claimedUntil()))
                    .ifPresent(this::clean);
        } else {
            journal.change(claimed, row -> row.ended(ending, failure, journal.now(), Optional.empty()));
        }
    }

    /** Takes up an operation that ended, to see whether something has come too late. */
    public void lookLate(DataOperationRow claimed) {
        SeName se = claimed.plan().se();
        Lfn lfn = claimed.plan().lfn();
        journal.change(claimed, row -> {
                    Optional<String> failure = row.progress().failure();
                    if (operations.openAt(se, lfn).isPresent()) {
                        // what is open may end before what is late has come
                        return row.later(journal.now().plus(PUT_OFF), failure);
                    }
                    return isRegistered(row)
                            ? row.ended(
                                    row.state(),
                                    failure,
                                    row.progress().ended().orElseGet(journal::now),
                                    Optional.empty())
                            : row.cleaning(row.state(), failure, journal.claimedUntil());
                })
                .filter(DataOperationRow::isOpen)
                .ifPresent(this::clean);
    }

    /** Cleans up, or tries to and leaves it for later. */
    public void clean(DataOperationRow claimed) {
        DataOperationState ending = claimed.progress().ending().orElse(DataOperationState.FAILED);
        Optional<String> failure = claimed.progress().failure();
        try {
            removeUnregistered(claimed);
        } catch (StorageFailure away) {
            journal.change(
                    claimed,
                    row -> journal.now()
                                    .isBefore(row.plan()
                                            .deadline()
                                            .plus(journal.settings()
                                                    .operationLife(row.plan().vo())))
                            ? row.later(journal.nextTry(row.progress().attempts()), failure)
                            : row.ended(
                                    ending,
                                    Optional.of(failure.map(text -> text + "; ").orElse("")
                                            + "what it may have left could not be removed: " + away.detail()),
                                    journal.now(),
                                    Optional.empty()));
            return;
        }
        journal.change(claimed, row -> row.ended(ending, failure, journal.now(), journal.lateLook(row)));
    }

    private void removeUnregistered(DataOperationRow operation) {
        SeName se = operation.plan().se();
        Lfn lfn = operation.plan().lfn();
        boolean ours = journal.in(() -> journal.held(operation)
                .filter(row -> row.isOpen() && !isRegistered(row))
                .isPresent());
        if (ours) {
            try {
                storage.remove(DataOwner.SYSTEM, operation.plan().vo(), se, lfn);
            } catch (StorageFailure failure) {
                if (failure.reason() != StorageFailure.Reason.ABSENT) {
                    throw failure;
                }
            }
        }
    }

    private boolean isRegistered(DataOperationRow operation) {
        Plan plan = operation.plan();
        return files.find(DataOwner.of(operation).steward(), plan.lfn())
                .filter(file -> !journal.replicasAt(file, plan.se()).isEmpty())
                .isPresent();
    }
}
