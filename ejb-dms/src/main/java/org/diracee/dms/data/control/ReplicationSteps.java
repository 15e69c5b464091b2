/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.data.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.diracee.dms.catalog.boundary.CatalogStatus;
import org.diracee.dms.catalog.boundary.FileCatalog;
import org.diracee.dms.catalog.boundary.NewReplica;
import org.diracee.dms.data.boundary.DataOperationKind;
import org.diracee.dms.data.boundary.DataOperationState;
import org.diracee.dms.data.entity.DataOperationRow;
import org.diracee.dms.data.entity.DataOperationRow.Plan;
import org.diracee.dms.storage.boundary.StorageFailure;
import org.diracee.dms.storage.boundary.StorageFiles;
import org.diracee.dms.storage.boundary.StoredEntry;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.SeName;

/** Copies a file to another storage element and registers the replica, or leaves nothing behind. */
@ApplicationScoped
public class ReplicationSteps {

    private DataJournal journal;
    private Cleaning cleaning;
    private KnownFiles files;
    private FileCatalog catalog;
    private StorageFiles storage;

    protected ReplicationSteps() {} // for the container's proxy

    @Inject
    public ReplicationSteps(
            DataJournal journal, Cleaning cleaning, KnownFiles files, FileCatalog catalog, StorageFiles storage) {
        this.journal = journal;
        this.cleaning = cleaning;
        this.files = files;
        this.catalog = catalog;
        this.storage = storage;
    }

    /** Does the whole, or as much as goes now. */
    public void work(DataOperationRow claimed) {
        Plan plan = claimed.plan();
        Optional<KnownFile> known =
                journal.in(() -> files.find(DataOwner.of(claimed).steward(), plan.lfn()));
        if (known.filter(KnownFile::isGood).isEmpty()) {
            fail(claimed, plan.lfn() + " is not in the catalogue any more");
            return;
        }
        KnownFile file = known.get();
        if (file.hasReplicaAt(plan.se())) {
            complete(claimed);
            return;
        }
        List<SeName> sources = file.good().stream()
                .filter(se -> plan.source().map(se::equals).orElse(true))
                .toList();
        if (sources.isEmpty()) {
            fail(
                    claimed,
                    plan.lfn() + " has no good replica"
                            + plan.source().map(se -> " at " + se).orElse("") + " to copy from");
            return;
        }
        try {
            if (prepare(claimed, file)) {
                complete(claimed);
                return;
            }
        } catch (StorageFailure failure) {
            tryLater(claimed, failure.detail(), failure.isPassing());
            return;
        }
        journal.change(claimed, row -> row.begun(Optional.empty())).ifPresent(begun -> copy(begun, file, sources));
    }

    /** Sees to it that the place is free; whether a copy of ours is there already, whole. */
    private boolean prepare(DataOperationRow claimed, KnownFile file) {
        Plan plan = claimed.plan();
        Optional<StoredEntry> present = storage.stat(DataOwner.SYSTEM, plan.vo(), plan.se(), plan.lfn());
        if (present.isEmpty()) {
            return false;
        }
        if (!claimed.progress().begun()) {
            throw new StorageFailure(
                    StorageFailure.Reason.PRESENT,
                    plan.lfn() + " is at " + plan.se() + " already, though the catalogue does not have it there:"
                            + " register it or remove it at the storage element");
        }
        if (present.get().size() == file.size() && !present.get().checksums().contradict(file.checksums())) {
            return true;
        }
        storage.remove(DataOwner.SYSTEM, plan.vo(), plan.se(), plan.lfn());
        return false;
    }

    private void copy(DataOperationRow claimed, KnownFile file, List<SeName> sources) {
        Plan plan = claimed.plan();
        List<StorageFailure> failures = new ArrayList<>();
        for (SeName source : sources) {
            try {
                storage.copy(DataOwner.SYSTEM, plan.vo(), source, plan.se(), plan.lfn(), file.size(), file.checksums());
                complete(claimed);
                return;
            } catch (StorageFailure failure) {
                failures.add(failure);
            }
        }
        tryLater(
                claimed,
                failures.stream().map(StorageFailure::detail).distinct().collect(Collectors.joining("; ")),
                failures.stream().anyMatch(StorageFailure::isPassing));
    }

    private void tryLater(DataOperationRow claimed, String failure, boolean passing) {
        if (passing && journal.now().isBefore(claimed.plan().deadline())) {
            journal.change(
                    claimed,
                    row -> row.waiting(
                            journal.nextTry(row.progress().attempts()), Optional.empty(), Optional.of(failure)));
        } else {
            fail(claimed, failure);
        }
    }

    private void fail(DataOperationRow claimed, String failure) {
        cleaning.end(claimed, DataOperationState.FAILED, Optional.of(failure));
    }

    /** Registers the replica in the transaction that ends the operation. */
    private void complete(DataOperationRow claimed) {
        Optional<DataOperationRow> refused =
                journal.in(() -> journal.held(claimed).flatMap(this::register));
        refused.ifPresent(cleaning::clean);
    }

    /** Empty if that went well; else what is to be cleaned up. */
    private Optional<DataOperationRow> register(DataOperationRow held) {
        Plan plan = held.plan();
        Caller steward = DataOwner.of(held).steward();
        var result = catalog.addReplicas(steward, Map.of(plan.lfn(), List.of(NewReplica.at(plan.se()))));
        // the file is held now: who removes it has said so before or comes after
        boolean stays = result.failed().isEmpty()
                && files.find(steward, plan.lfn()).filter(KnownFile::isGood).isPresent();
        if (!stays) {
            if (Objects.equals(result.success().get(plan.lfn()), 1)) {
                catalog.removeReplicas(steward, Map.of(plan.lfn(), List.of(plan.se())));
            }
            return Optional.of(journal.saved(held.cleaning(
                    DataOperationState.FAILED,
                    Optional.of(plan.lfn() + " was removed from the catalogue meanwhile"),
                    journal.claimedUntil())));
        }
        if (plan.thorough()) {
            plan.source().ifPresent(source -> removeSource(held, plan.lfn(), source));
        }
        journal.saved(held.ended(DataOperationState.DONE, Optional.empty(), journal.now(), Optional.empty()));
        return Optional.empty();
    }

    private void removeSource(DataOperationRow held, Lfn lfn, SeName source) {
        DataOwner owner = DataOwner.of(held);
        files.find(owner.steward(), lfn)
                .filter(file -> file.good().contains(source))
                .ifPresent(file -> {
                    catalog.changeReplicaStatus(owner.steward(), Map.of(lfn, Map.of(source, CatalogStatus.REMOVING)));
                    journal.add(
                            journal.plan(DataOperationKind.REMOVAL, owner, lfn, source, Optional.empty(), false, file));
                });
    }
}
