/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.data.boundary;

import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.dms.catalog.boundary.CatalogReading;
import org.diracee.dms.catalog.boundary.CatalogStatus;
import org.diracee.dms.catalog.boundary.EffectiveAccess;
import org.diracee.dms.catalog.boundary.Replica;
import org.diracee.dms.data.control.DataJournal;
import org.diracee.dms.data.control.DataOwner;
import org.diracee.dms.data.control.KnownFile;
import org.diracee.dms.data.control.KnownFiles;
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
 * Lets files be copied to another storage element and registered there. It goes on by itself until it is done or its time is over.
 *
 * @see "DMS reference 8, replicateAndRegister"
 */
@Stateless
public class Replications {

    private DataJournal journal;
    private KnownFiles files;
    private CatalogReading reading;
    private Event<DataOperationsAdded> news;

    protected Replications() {} // for the container's proxy

    @Inject
    public Replications(
            DataJournal journal, KnownFiles files, CatalogReading reading, Event<DataOperationsAdded> news) {
        this.journal = journal;
        this.files = files;
        this.reading = reading;
        this.news = news;
    }

    /**
     * Copies files; tells of each the operation that does it, none if the replica is there already.
     *
     * @param source to copy from; unless given the good replicas are tried one after the other
     * @param move whether the source is removed once the copy is registered; takes a source
     * @throws InvalidRequest if there are no files or too many, or a move has no source
     */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public BulkResult<Lfn, List<Long>> replicate(
            Caller caller, Collection<Lfn> lfns, SeName to, Optional<SeName> source, boolean move) {
        DataJournal.requireFew(lfns.size());
        SeName target = journal.meant(to);
        if (move && source.isEmpty()) {
            throw new InvalidRequest("A move needs its source: which replica goes after the copy?");
        }
        if (source.map(journal::meant).filter(target::equals).isPresent()) {
            throw new InvalidRequest("The source and the target are both " + target);
        }
        DataOwner owner = DataOwner.of(caller);
        Map<Lfn, EffectiveAccess> access = reading.access(caller, lfns).success();
        Map<Lfn, KnownFile> known = files.find(owner.steward(), lfns);
        Map<Lfn, Problem> failed = new HashMap<>();
        Map<Lfn, List<Long>> success = new HashMap<>();
        for (Lfn lfn : lfns) {
            KnownFile file = known.get(lfn);
            boolean allowed = owner.isAtHome(lfn)
                    && Optional.ofNullable(access.get(lfn))
                            .filter(EffectiveAccess::write)
                            .isPresent();
            refusal(lfn, allowed, file, target, source)
                    .or(() -> source.filter(se -> move).flatMap(se -> ownName(lfn, file, se)))
                    .or(() -> Optional.ofNullable(file)
                            .flatMap(there -> add(owner, lfn, there, target, source, move, success)))
                    .ifPresent(problem -> failed.put(lfn, problem));
        }
        news.fire(new DataOperationsAdded());
        return BulkResult.inOrder(lfns, success, failed);
    }

    /** What has a PFN of its own is not removed. */
    private static Optional<Problem> ownName(Lfn lfn, @Nullable KnownFile file, SeName source) {
        return Optional.ofNullable(file).stream()
                .flatMap(there -> there.replicas().stream())
                .filter(replica -> replica.se().equals(source) && replica.pfn().isPresent())
                .findFirst()
                .map(replica -> Removals.ownName(lfn, replica));
    }

    private Optional<Problem> refusal(
            Lfn lfn, boolean allowed, @Nullable KnownFile file, SeName target, Optional<SeName> source) {
        if (!allowed) {
            return Optional.of(new Problem(ErrorCode.FORBIDDEN, "Permission denied: " + lfn));
        }
        if (file == null) {
            return Optional.of(new Problem(
                    ErrorCode.NOT_FOUND,
                    "No such file, or a directory, whose files have to be named one by one: " + lfn));
        }
        if (!file.isGood()) {
            return Optional.of(new Problem(
                    ErrorCode.CONFLICT,
                    lfn + " is in the status " + file.status().text()));
        }
        List<Replica> there = journal.replicasAt(file, target);
        if (!there.isEmpty() && !isGood(there)) {
            return Optional.of(new Problem(
                    ErrorCode.CONFLICT, "The replica of " + lfn + " at " + target + " is not good, or being removed"));
        }
        if (file.good().stream().noneMatch(se -> source.map(se::equals).orElse(true))) {
            return Optional.of(new Problem(
                    ErrorCode.CONFLICT,
                    lfn + " has no good replica" + source.map(se -> " at " + se).orElse("") + " to copy from"));
        }
        return Optional.empty();
    }

    private static boolean isGood(List<Replica> replicas) {
        return replicas.stream().anyMatch(replica -> replica.status() == CatalogStatus.APRIORI_GOOD);
    }

    private Optional<Problem> add(
            DataOwner owner,
            Lfn lfn,
            KnownFile file,
            SeName target,
            Optional<SeName> source,
            boolean move,
            Map<Lfn, List<Long>> success) {
        if (!move && isGood(journal.replicasAt(file, target))) {
            success.put(lfn, List.of());
            return Optional.empty();
        }
        Optional<Long> added =
                journal.add(journal.plan(DataOperationKind.REPLICATION, owner, lfn, target, source, move, file));
        added.ifPresent(id -> success.put(lfn, List.of(id)));
        return added.isPresent()
                ? Optional.empty()
                : Optional.of(new Problem(
                        ErrorCode.CONFLICT,
                        "Something else is being done with " + lfn + " at " + target + "; try again later"));
    }
}
