/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.data.boundary;

import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.diracee.dms.catalog.boundary.CatalogReading;
import org.diracee.dms.catalog.boundary.CatalogStatus;
import org.diracee.dms.catalog.boundary.EffectiveAccess;
import org.diracee.dms.catalog.boundary.FileCatalog;
import org.diracee.dms.catalog.boundary.Replica;
import org.diracee.dms.data.control.DataJournal;
import org.diracee.dms.data.control.DataOwner;
import org.diracee.dms.data.control.KnownFile;
import org.diracee.dms.data.control.KnownFiles;
import org.diracee.dms.data.entity.DataOperationRepository;
import org.diracee.framework.audit.boundary.AuditAct;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.error.Problem;
import org.diracee.kernel.paging.BulkResult;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.SeName;
import org.jspecify.annotations.Nullable;

/**
 * Lets files and replicas be removed, at their storage elements and then in the catalogue. They are hidden at once; what is asked for
 * here is carried out even if a storage element is away for days.
 *
 * @see "DMS reference 8, removeFile and removeReplica"
 */
@Stateless
public class Removals {

    private DataJournal journal;
    private DataOperationRepository operations;
    private KnownFiles files;
    private CatalogReading reading;
    private FileCatalog catalog;
    private Event<DataOperationsAdded> news;

    protected Removals() {} // for the container's proxy

    @Inject
    public Removals(
            DataJournal journal,
            DataOperationRepository operations,
            KnownFiles files,
            CatalogReading reading,
            FileCatalog catalog,
            Event<DataOperationsAdded> news) {
        this.journal = journal;
        this.operations = operations;
        this.files = files;
        this.reading = reading;
        this.catalog = catalog;
        this.news = news;
    }

    /**
     * Removes files with all their replicas; tells of each the operations that do it, none if the catalogue had no replica of it.
     *
     * @throws InvalidRequest if there are none or too many
     */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public BulkResult<Lfn, List<Long>> removeFiles(Caller caller, Collection<Lfn> lfns) {
        DataJournal.requireFew(lfns.size());
        DataOwner owner = DataOwner.of(caller);
        operations.holdOpen(lfns);
        Map<Lfn, Problem> failed = new HashMap<>();
        Map<Lfn, List<Long>> success = new HashMap<>();
        Map<Lfn, List<SeName>> ses = new LinkedHashMap<>();
        removable(caller, owner, lfns, failed).forEach((lfn, file) -> {
            file.replicas().stream()
                    .filter(replica -> replica.pfn().isPresent())
                    .findFirst()
                    .map(replica -> ownName(lfn, replica))
                    .or(() -> places(file).stream()
                            .filter(se -> operations
                                    .openAt(se, lfn)
                                    .filter(open -> open.plan().se().equals(se)
                                            && open.plan().kind() != DataOperationKind.REMOVAL)
                                    .isPresent())
                            .findFirst()
                            .map(se -> busy(lfn, se)))
                    .ifPresentOrElse(problem -> failed.put(lfn, problem), () -> {
                        success.put(lfn, remove(owner, lfn, file));
                        ses.put(lfn, file.replicas().stream().map(Replica::se).toList());
                    });
        });
        journal.audited(caller, AuditAct.DATA_REMOVAL, ses);
        news.fire(new DataOperationsAdded());
        return BulkResult.inOrder(lfns, success, failed);
    }

    /** Where the replicas of a file lie; an alias is no place of its own. */
    private Set<SeName> places(KnownFile file) {
        return file.replicas().stream()
                .map(replica -> journal.meant(replica.se()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Those that there are and that the caller may remove. */
    private Map<Lfn, KnownFile> removable(
            Caller caller, DataOwner owner, Collection<Lfn> lfns, Map<Lfn, Problem> failed) {
        Map<Lfn, EffectiveAccess> access = reading.access(
                        caller,
                        lfns.stream().map(lfn -> lfn.parent().orElse(Lfn.ROOT)).collect(Collectors.toSet()))
                .success();
        Map<Lfn, KnownFile> known = files.find(owner.steward(), lfns);
        Map<Lfn, KnownFile> removable = new LinkedHashMap<>();
        for (Lfn lfn : lfns) {
            KnownFile file = known.get(lfn);
            if (!owner.isAtHome(lfn)
                    || !Objects.requireNonNull(access.get(lfn.parent().orElse(Lfn.ROOT)))
                            .write()) {
                failed.put(lfn, denied(lfn));
            } else if (file == null) {
                failed.put(
                        lfn,
                        new Problem(
                                ErrorCode.NOT_FOUND,
                                "No such file, or a directory, which has to be removed file by file: " + lfn));
            } else {
                removable.put(lfn, file);
            }
        }
        return removable;
    }

    private List<Long> remove(DataOwner owner, Lfn lfn, KnownFile seen) {
        Caller steward = owner.steward();
        // holds the file: replicas that come from now on see that it goes
        catalog.changeStatus(steward, Map.of(lfn, CatalogStatus.REMOVING));
        KnownFile file = files.find(steward, lfn).orElse(seen);
        if (file.replicas().isEmpty()) {
            catalog.remove(steward, List.of(lfn));
            return List.of();
        }
        catalog.changeReplicaStatus(
                steward,
                Map.of(
                        lfn,
                        file.replicas().stream()
                                .collect(Collectors.toMap(Replica::se, replica -> CatalogStatus.REMOVING))));
        List<Long> ids = new ArrayList<>();
        for (SeName se : places(file)) {
            ids.add(journal.add(journal.plan(DataOperationKind.REMOVAL, owner, lfn, se, Optional.empty(), true, file))
                    // begun since we looked: nothing of the call is done
                    .orElseThrow(
                            () -> new Refused(ErrorCode.CONFLICT, busy(lfn, se).detail())));
        }
        return ids;
    }

    /**
     * Removes one replica of each file; tells of each the operation that does it. Refused for the only good one.
     *
     * @throws InvalidRequest if there are none or too many
     */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public BulkResult<Lfn, List<Long>> removeReplicas(Caller caller, Collection<Lfn> lfns, SeName se) {
        DataJournal.requireFew(lfns.size());
        DataOwner owner = DataOwner.of(caller);
        Map<Lfn, Problem> failed = new HashMap<>();
        Map<Lfn, List<Long>> success = new HashMap<>();
        List<Lfn> home = new ArrayList<>();
        lfns.forEach(lfn -> {
            if (owner.isAtHome(lfn)) {
                home.add(lfn);
            } else {
                failed.put(lfn, denied(lfn));
            }
        });
        // who may change the file may do this; it is held from here on
        Map<Lfn, KnownFile> before = home.isEmpty() ? Map.of() : files.find(owner.steward(), home);
        Map<Lfn, Map<SeName, CatalogStatus>> hidden = new LinkedHashMap<>();
        home.forEach(lfn -> hidden.put(lfn, hiding(before.get(lfn), se)));
        BulkResult<Lfn, Integer> changed =
                home.isEmpty() ? new BulkResult<>(Map.of(), Map.of()) : catalog.changeReplicaStatus(caller, hidden);
        failed.putAll(changed.failed());
        Map<Lfn, KnownFile> after = changed.success().isEmpty()
                ? Map.of()
                : files.find(owner.steward(), changed.success().keySet());
        SeName place = journal.meant(se);
        after.forEach((lfn, file) -> {
            Optional<Problem> refusal = refusal(lfn, file, se);
            Optional<Long> added = refusal.isPresent()
                    ? Optional.empty()
                    : journal.add(
                            journal.plan(DataOperationKind.REMOVAL, owner, lfn, place, Optional.empty(), false, file));
            added.ifPresentOrElse(id -> success.put(lfn, List.of(id)), () -> {
                failed.put(lfn, refusal.orElseGet(() -> busy(lfn, place)));
                Map<SeName, CatalogStatus> restored = new HashMap<>();
                Objects.requireNonNull(hidden.get(lfn))
                        .keySet()
                        .forEach(name -> restored.put(name, status(before.get(lfn), name)));
                catalog.changeReplicaStatus(owner.steward(), Map.of(lfn, restored));
            });
        });
        journal.audited(
                caller,
                AuditAct.DATA_REMOVAL,
                success.keySet().stream().collect(Collectors.toMap(Function.identity(), lfn -> List.of(se))));
        news.fire(new DataOperationsAdded());
        return BulkResult.inOrder(lfns, success, failed);
    }

    /** All names of the place: what is removed there is gone under each. */
    private Map<SeName, CatalogStatus> hiding(@Nullable KnownFile file, SeName se) {
        Map<SeName, CatalogStatus> hidden = new HashMap<>();
        hidden.put(se, CatalogStatus.REMOVING);
        if (file != null
                && file.replicas().stream().anyMatch(replica -> replica.se().equals(se))) {
            journal.replicasAt(file, se).forEach(replica -> hidden.put(replica.se(), CatalogStatus.REMOVING));
        }
        return hidden;
    }

    private static Problem busy(Lfn lfn, SeName se) {
        return new Problem(
                ErrorCode.CONFLICT, "Something else is being done with " + lfn + " at " + se + "; try again later");
    }

    private Optional<Problem> refusal(Lfn lfn, KnownFile file, SeName se) {
        if (file.isGood() && file.good().isEmpty()) {
            return Optional.of(new Problem(
                    ErrorCode.CONFLICT,
                    "The replica of " + lfn + " at " + se + " is the only good one: remove the file if that is meant"));
        }
        return journal.replicasAt(file, se).stream()
                .filter(replica -> replica.pfn().isPresent())
                .findFirst()
                .map(replica -> ownName(lfn, replica));
    }

    private static CatalogStatus status(@Nullable KnownFile file, SeName se) {
        return file == null
                ? CatalogStatus.APRIORI_GOOD
                : file.replicas().stream()
                        .filter(replica -> replica.se().equals(se))
                        .map(Replica::status)
                        .findFirst()
                        .orElse(CatalogStatus.APRIORI_GOOD);
    }

    static Problem ownName(Lfn lfn, Replica replica) {
        return new Problem(
                ErrorCode.CONFLICT,
                lfn + " has a PFN of its own at " + replica.se()
                        + ": it can only be taken out of the catalogue, and be removed at the storage element by hand");
    }

    private static Problem denied(Lfn lfn) {
        return new Problem(ErrorCode.FORBIDDEN, "Permission denied: " + lfn);
    }
}
