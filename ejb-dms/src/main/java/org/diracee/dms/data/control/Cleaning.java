/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.data.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.diracee.dms.data.boundary.DataOperationState;
import org.diracee.dms.data.entity.DataOperationRepository;
import org.diracee.dms.data.entity.DataOperationRow;
import org.diracee.dms.storage.boundary.StorageFailure;
import org.diracee.dms.storage.boundary.StorageFiles;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.SeName;

/** Removes what an operation that failed may have left at its storage element; never what the catalogue has there. */
@ApplicationScoped
public class Cleaning {

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
        journal.change(claimed, row -> operations
                        .openAt(se, lfn)
                        .filter(open -> open.plan().se().equals(se))
                        // what is open there looks after the place
                        .map(open -> row.ended(row.state(), row.progress().failure(), journal.now(), Optional.empty()))
                        .orElseGet(
                                () -> row.cleaning(row.state(), row.progress().failure(), journal.claimedUntil())))
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
        boolean registered = journal.in(() -> files.find(DataOwner.of(operation).steward(), lfn))
                .filter(file -> file.replicas().stream()
                        .anyMatch(replica -> journal.meant(replica.se()).equals(journal.meant(se))))
                .isPresent();
        if (!registered) {
            try {
                storage.remove(DataOwner.SYSTEM, operation.plan().vo(), se, lfn);
            } catch (StorageFailure failure) {
                if (failure.reason() != StorageFailure.Reason.ABSENT) {
                    throw failure;
                }
            }
        }
    }
}
