/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.catalog.boundary;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.dms.catalog.control.CatalogOperation;
import org.diracee.dms.catalog.control.Found;
import org.diracee.dms.catalog.control.Namespace;
import org.diracee.dms.catalog.control.Visit;
import org.diracee.dms.catalog.control.Visits;
import org.diracee.dms.catalog.entity.UsageRepository;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.Problem;
import org.diracee.kernel.paging.BulkResult;
import org.diracee.kernel.value.Lfn;

/**
 * Tells how much there is, exactly at any time, without counting it.
 *
 * @see "DMS reference 3.10"
 */
@Stateless
public class CatalogUsage {

    private Visits visits;
    private Namespace namespace;
    private UsageRepository usage;

    protected CatalogUsage() {} // for the container's proxy

    @Inject
    public CatalogUsage(Visits visits, Namespace namespace, UsageRepository usage) {
        this.visits = visits;
        this.namespace = namespace;
        this.usage = usage;
    }

    /** How much is below each of these directories of the caller's VO, which he may list. */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public BulkResult<Lfn, CatalogUse> below(Caller caller, Collection<Lfn> asked) {
        Visit visit = visits.begin(caller, asked.size());
        Map<Lfn, CatalogUse> success = new LinkedHashMap<>();
        Map<Lfn, Problem> failed = new LinkedHashMap<>();
        namespace.find(visit.catalog(), asked).forEach((lfn, found) -> problem(visit, found)
                .ifPresentOrElse(
                        problem -> failed.put(lfn, problem),
                        () -> success.put(
                                lfn,
                                usage.below(
                                        visit.catalog(),
                                        found.directory().orElseThrow().id(),
                                        lfn))));
        return new BulkResult<>(success, failed);
    }

    /** How much belongs to the caller in each of his groups; to who manages the catalogue, how much to each of his VO. */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public List<OwnerUse> ofOwners(Caller caller) {
        Visit visit = visits.begin(caller, 1);
        return usage.ofOwners(
                visit.catalog(),
                visit.actor().vo(),
                visit.actor().admin()
                        ? Optional.empty()
                        : Optional.of(visit.actor().user()));
    }

    /** Folds at most this many deltas into the totals; tells how many. */
    @Requires(callers = CallerKind.SYSTEM)
    public int fold(Caller caller, int limit) {
        usage.guardFolding();
        return usage.fold(limit);
    }

    private static Optional<Problem> problem(Visit visit, Found found) {
        if (!visit.actor().isAtHome(found.lfn())) {
            return Optional.of(Visit.notFound(found.lfn()));
        }
        return visit.rights()
                .refusal(CatalogOperation.LIST, found)
                .or(() -> found.file().map(file -> Visit.conflict(found.lfn() + " is a file")))
                .or(() -> found.exists() ? Optional.empty() : Optional.of(Visit.notFound(found.lfn())));
    }
}
