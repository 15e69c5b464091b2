/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.data.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.diracee.dms.catalog.boundary.CatalogStatus;
import org.diracee.dms.catalog.boundary.FileCatalog;
import org.diracee.dms.catalog.boundary.Replica;
import org.diracee.dms.data.boundary.DataOperationState;
import org.diracee.dms.data.entity.DataOperationRow;
import org.diracee.dms.data.entity.DataOperationRow.Plan;
import org.diracee.dms.storage.boundary.StorageFailure;
import org.diracee.dms.storage.boundary.StorageFiles;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.value.SeName;

/** Removes a file at a storage element, then its replica from the catalogue, and with the last one the file if that was asked for. */
@ApplicationScoped
public class RemovalSteps {

    private DataJournal journal;
    private KnownFiles files;
    private FileCatalog catalog;
    private StorageFiles storage;

    protected RemovalSteps() {} // for the container's proxy

    @Inject
    public RemovalSteps(DataJournal journal, KnownFiles files, FileCatalog catalog, StorageFiles storage) {
        this.journal = journal;
        this.files = files;
        this.catalog = catalog;
        this.storage = storage;
    }

    /** Does the whole, or leaves it for later. */
    public void work(DataOperationRow claimed) {
        Plan plan = claimed.plan();
        boolean wantedAgain = journal.in(() -> files.find(DataOwner.of(claimed).steward(), plan.lfn()))
                .filter(file -> journal.replicasAt(file, plan.se()).stream()
                        .anyMatch(replica -> replica.status() == CatalogStatus.APRIORI_GOOD || !file.isOf(plan)))
                .isPresent();
        if (wantedAgain) {
            journal.change(
                    claimed,
                    row -> row.ended(
                            DataOperationState.CANCELLED,
                            Optional.of("The replica of " + plan.lfn() + " at " + plan.se()
                                    + " is good again, or that of another file"),
                            journal.now(),
                            Optional.empty()));
            return;
        }
        try {
            storage.remove(DataOwner.SYSTEM, plan.vo(), plan.se(), plan.lfn());
        } catch (StorageFailure failure) {
            if (failure.reason() != StorageFailure.Reason.ABSENT) {
                tryLater(claimed, failure);
                return;
            }
        }
        journal.in(() -> journal.held(claimed).map(this::unregister));
    }

    private void tryLater(DataOperationRow claimed, StorageFailure failure) {
        Optional<String> detail = Optional.of(failure.detail());
        boolean again =
                failure.isPassing() && journal.now().isBefore(claimed.plan().deadline());
        journal.change(
                claimed,
                row -> again
                        ? row.waiting(journal.nextTry(row.progress().attempts()), Optional.empty(), detail)
                        : row.ended(DataOperationState.FAILED, detail, journal.now(), Optional.empty()));
    }

    private DataOperationRow unregister(DataOperationRow held) {
        Plan plan = held.plan();
        Caller steward = DataOwner.of(held).steward();
        files.find(steward, plan.lfn()).filter(file -> file.isOf(plan)).ifPresent(file -> {
            Set<SeName> names = journal.replicasAt(file, plan.se()).stream()
                    .map(Replica::se)
                    .collect(Collectors.toSet());
            names.add(plan.se());
            catalog.removeReplicas(steward, Map.of(plan.lfn(), List.copyOf(names)));
            // the file is held now: of two that take the last replicas one sees that none is left
            if (plan.thorough()
                    && files.find(steward, plan.lfn())
                            .filter(left -> left.isOf(plan) && left.replicas().isEmpty())
                            .isPresent()) {
                catalog.remove(steward, List.of(plan.lfn()));
            }
        });
        return journal.saved(held.ended(DataOperationState.DONE, Optional.empty(), journal.now(), Optional.empty()));
    }
}
