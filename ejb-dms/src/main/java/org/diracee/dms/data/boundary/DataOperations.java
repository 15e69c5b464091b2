/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.data.boundary;

import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.diracee.dms.catalog.boundary.CatalogStatus;
import org.diracee.dms.catalog.boundary.FileCatalog;
import org.diracee.dms.catalog.boundary.Replica;
import org.diracee.dms.data.control.DataJournal;
import org.diracee.dms.data.control.DataOwner;
import org.diracee.dms.data.control.KnownFiles;
import org.diracee.dms.data.entity.DataOperationRepository;
import org.diracee.dms.data.entity.DataOperationRow;
import org.diracee.dms.data.entity.DataOperationRow.Plan;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.paging.Page;
import org.diracee.kernel.paging.PageRequest;
import org.diracee.kernel.value.SeName;

/** Tells a person of his operations on data, and cancels those that have not begun or can be undone. */
@Stateless
public class DataOperations {

    private DataJournal journal;
    private DataOperationRepository operations;
    private KnownFiles files;
    private FileCatalog catalog;
    private Event<DataOperationsAdded> news;

    protected DataOperations() {} // for the container's proxy

    @Inject
    public DataOperations(
            DataJournal journal,
            DataOperationRepository operations,
            KnownFiles files,
            FileCatalog catalog,
            Event<DataOperationsAdded> news) {
        this.journal = journal;
        this.operations = operations;
        this.files = files;
        this.catalog = catalog;
        this.news = news;
    }

    /** The caller's operations, the newest first. */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public Page<DataOperation> list(
            Caller caller, Optional<DataOperationKind> kind, Optional<DataOperationState> state, PageRequest request) {
        DataOwner owner = DataOwner.of(caller);
        List<DataOperation> found =
                operations
                        .of(owner.vo(), owner.user(), kind, state, before(request.cursor()), request.limit() + 1)
                        .stream()
                        .map(DataOperationRow::view)
                        .toList();
        List<DataOperation> shown = found.subList(0, Math.min(found.size(), request.limit()));
        return new Page<>(
                shown,
                found.size() > shown.size()
                        ? Optional.of(Long.toString(shown.get(shown.size() - 1).id()))
                        : Optional.empty());
    }

    /** Those of these operations that are the caller's. */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public List<DataOperation> find(Caller caller, Collection<Long> ids) {
        DataOwner owner = DataOwner.of(caller);
        return operations.find(ids).stream()
                .filter(owner::owns)
                .map(DataOperationRow::view)
                .toList();
    }

    /**
     * Cancels an operation. An upload can be cancelled while no bytes come through us, the others before they have been taken up.
     *
     * @throws Refused if it is none of the caller's or too late
     */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public DataOperation cancel(Caller caller, long id) {
        DataOperationRow row = operations
                .hold(id)
                .filter(DataOwner.of(caller)::owns)
                .orElseThrow(() -> new Refused(ErrorCode.NOT_FOUND, "You have no operation " + id));
        Plan plan = row.plan();
        boolean again = row.state() == DataOperationState.CANCELLED
                || row.progress().ending().equals(Optional.of(DataOperationState.CANCELLED));
        if (again) {
            return row.view();
        }
        boolean possible = row.state() == DataOperationState.WAITING
                && (plan.kind() != DataOperationKind.REMOVAL || row.progress().attempts() == 0);
        if (!possible) {
            throw new Refused(
                    ErrorCode.CONFLICT,
                    "The operation " + id + " cannot be cancelled: it is a "
                            + plan.kind().text() + " that is "
                            + row.state().text()
                            + (row.state() == DataOperationState.WAITING ? " and has been begun" : ""));
        }
        if (plan.kind() == DataOperationKind.REMOVAL) {
            restore(row);
        }
        Optional<String> failure = Optional.of("Cancelled");
        DataOperationRow cancelled = journal.saved(
                row.progress().begun()
                        ? row.taken().cleaning(DataOperationState.CANCELLED, failure, journal.now())
                        : row.taken().ended(DataOperationState.CANCELLED, failure, journal.now(), Optional.empty()));
        news.fire(new DataOperationsAdded());
        return cancelled.view();
    }

    /** A replica that is not removed after all is good again, and with it its file. */
    private void restore(DataOperationRow row) {
        Caller steward = DataOwner.of(row).steward();
        Plan plan = row.plan();
        files.find(steward, plan.lfn()).filter(file -> file.isOf(plan)).ifPresent(file -> {
            if (file.status() == CatalogStatus.REMOVING) {
                catalog.changeStatus(steward, Map.of(plan.lfn(), CatalogStatus.APRIORI_GOOD));
            }
            Map<SeName, CatalogStatus> good = journal.replicasAt(file, plan.se()).stream()
                    .filter(replica -> replica.status() == CatalogStatus.REMOVING)
                    .collect(Collectors.toMap(Replica::se, replica -> CatalogStatus.APRIORI_GOOD));
            catalog.changeReplicaStatus(steward, Map.of(plan.lfn(), good));
        });
    }

    private static long before(Optional<String> cursor) {
        try {
            return cursor.map(Long::parseLong).orElse(Long.MAX_VALUE);
        } catch (NumberFormatException unknown) {
            throw new InvalidRequest(
                    "The cursor '" + cursor.orElse("") + "' is not known: use next of the last answer");
        }
    }
}
