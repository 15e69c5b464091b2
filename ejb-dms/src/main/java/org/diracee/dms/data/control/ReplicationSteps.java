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
import java.util.function.Function;
import java.util.stream.Collectors;
import org.diracee.dms.catalog.boundary.CatalogStatus;
import org.diracee.dms.catalog.boundary.FileCatalog;
import org.diracee.dms.catalog.boundary.NewReplica;
import org.diracee.dms.catalog.boundary.Replica;
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
        if (known.filter(file -> file.isGood() && file.isOf(plan)).isEmpty()) {
            fail(claimed, plan.lfn() + " is not in the catalogue any more, or is another file");
            return;
        }
        KnownFile file = known.get();
        if (!journal.replicasAt(file, plan.se()).isEmpty()) {
            registeredAlready(claimed, file);
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

    /** With the replica there nothing is left to do, but a source goes only for one that is whole. */
    private void registeredAlready(DataOperationRow claimed, KnownFile file) {
        Plan plan = claimed.plan();
        if (plan.thorough()) {
            boolean good = journal.replicasAt(file, plan.se()).stream()
                    .anyMatch(replica -> replica.status() == CatalogStatus.APRIORI_GOOD
                            && replica.pfn().isEmpty());
            Optional<StoredEntry> stored;
            try {
                stored = good ? storage.stat(DataOwner.SYSTEM, plan.vo(), plan.se(), plan.lfn()) : Optional.empty();
            } catch (StorageFailure failure) {
                tryLater(claimed, failure.detail(), failure.isPassing());
                return;
            }
            if (stored.filter(entry -> isWhole(entry, file)).isEmpty()) {
                fail(
                        claimed,
                        "The replica of " + plan.lfn() + " at " + plan.se()
                                + " is not good, or is not there as registered: so the source stays");
                return;
            }
        }
        complete(claimed);
    }

    private static boolean isWhole(StoredEntry stored, KnownFile file) {
        return !stored.directory()
                && stored.size() == file.size()
                && !stored.checksums().contradict(file.checksums());
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
        if (isWhole(present.get(), file)) {
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
        // a place that is registered already keeps the name that it has there
        SeName name = files.find(steward, plan.lfn()).stream()
                .flatMap(file -> journal.replicasAt(file, plan.se()).stream())
                .map(Replica::se)
                .findFirst()
                .orElse(plan.se());
        var result = catalog.addReplicas(steward, Map.of(plan.lfn(), List.of(NewReplica.at(name))));
        // the file is held now: who removes it has said so before or comes after
        Optional<KnownFile> file = files.find(steward, plan.lfn()).filter(it -> it.isGood() && it.isOf(plan));
        if (!result.failed().isEmpty() || file.isEmpty()) {
            if (Objects.equals(result.success().get(plan.lfn()), 1)) {
                catalog.removeReplicas(steward, Map.of(plan.lfn(), List.of(name)));
            }
            return Optional.of(journal.saved(held.cleaning(
                    DataOperationState.FAILED,
                    Optional.of(plan.lfn() + " was removed from the catalogue meanwhile"),
                    journal.claimedUntil())));
        }
        Optional<String> left = plan.source()
                .filter(source -> plan.thorough())
                .flatMap(source -> removeSource(held, file.get(), source));
        journal.saved(held.ended(DataOperationState.DONE, left, journal.now(), Optional.empty()));
        return Optional.empty();
    }

    /** Why the source stays; empty if it goes. */
    private Optional<String> removeSource(DataOperationRow held, KnownFile file, SeName source) {
        DataOwner owner = DataOwner.of(held);
        Lfn lfn = held.plan().lfn();
        List<Replica> leaving = journal.replicasAt(file, source);
        List<SeName> names = leaving.stream().map(Replica::se).toList();
        boolean possible = leaving.stream().allMatch(replica -> replica.pfn().isEmpty())
                && names.stream().anyMatch(file.good()::contains)
                && !names.containsAll(file.good());
        if (!possible
                || journal.add(journal.plan(
                                DataOperationKind.REMOVAL,
                                owner,
                                lfn,
                                journal.meant(source),
                                Optional.empty(),
                                false,
                                file))
                        .isEmpty()) {
            return Optional.of(
                    "The source at " + source + " stays: it is not good any more, is the last good one, has a PFN"
                            + " of its own, or something else is being done there");
        }
        catalog.changeReplicaStatus(
                owner.steward(),
                Map.of(
                        lfn,
                        names.stream().collect(Collectors.toMap(Function.identity(), name -> CatalogStatus.REMOVING))));
        return Optional.empty();
    }
}
