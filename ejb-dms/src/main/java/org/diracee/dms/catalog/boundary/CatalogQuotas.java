/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.catalog.boundary;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.diracee.dms.catalog.control.CatalogOperation;
import org.diracee.dms.catalog.control.Found;
import org.diracee.dms.catalog.control.ListPosition;
import org.diracee.dms.catalog.control.Namespace;
import org.diracee.dms.catalog.control.Quotas;
import org.diracee.dms.catalog.control.Visit;
import org.diracee.dms.catalog.control.Visits;
import org.diracee.dms.catalog.entity.DirectoryRepository;
import org.diracee.dms.catalog.entity.QuotaRepository;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.paging.Page;
import org.diracee.kernel.paging.PageRequest;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.UserName;

/**
 * Says how much there may be: of the VO, of its groups and users, and below its directories. A quota counts for what is registered or
 * moved afterwards; what there is already stays.
 *
 * @see "DMS reference 3.10"
 */
@Stateless
public class CatalogQuotas {

    private Visits visits;
    private Namespace namespace;
    private DirectoryRepository directories;
    private QuotaRepository quotas;
    private Quotas rules;

    protected CatalogQuotas() {} // for the container's proxy

    @Inject
    public CatalogQuotas(
            Visits visits, Namespace namespace, DirectoryRepository directories, QuotaRepository quotas, Quotas rules) {
        this.visits = visits;
        this.namespace = namespace;
        this.directories = directories;
        this.quotas = quotas;
        this.rules = rules;
    }

    /**
     * Sets a quota in the caller's VO, in place of the one that there may be.
     *
     * @throws NoSuchLfn if there is no such directory in the VO
     */
    @Requires(Property.FILE_CATALOG_MANAGEMENT)
    public QuotaUse set(Caller caller, Quota asked) {
        Visit visit = visits.begin(caller, 1);
        Quota quota = checked(visit, asked);
        Optional<Long> directory = quota.kind() == Quota.Kind.DIRECTORY
                ? Optional.of(held(visit, new Lfn(quota.name())))
                : Optional.empty();
        quotas.hold(visit.actor().vo(), List.of(quota));
        quotas.set(visit.catalog(), visit.actor().vo(), quota, directory);
        return rules.use(visit, new QuotaRepository.Row(0, quota, directory));
    }

    /** @throws NoSuchQuota if there is none */
    @Requires(Property.FILE_CATALOG_MANAGEMENT)
    public void remove(Caller caller, Quota.Kind kind, String name) {
        Visit visit = visits.begin(caller, 1);
        String plain = kind == Quota.Kind.DIRECTORY ? new Lfn(name).text() : name;
        if (!quotas.remove(visit.catalog(), visit.actor().vo(), kind, plain)) {
            throw new NoSuchQuota(kind, plain);
        }
    }

    /** The quotas of the VO. */
    @Requires(Property.FILE_CATALOG_MANAGEMENT)
    public Page<QuotaUse> list(Caller caller, PageRequest request) {
        Visit visit = visits.begin(caller, 1);
        long after;
        try {
            after = Long.parseLong(request.cursor().orElse("0"));
        } catch (NumberFormatException unknown) {
            throw ListPosition.unknown(request.cursor().orElse(""));
        }
        List<QuotaRepository.Row> rows =
                quotas.all(visit.catalog(), visit.actor().vo(), after, request.limit() + 1);
        List<QuotaRepository.Row> shown = rows.subList(0, Math.min(rows.size(), request.limit()));
        return new Page<>(
                uses(visit, shown),
                rows.size() > shown.size()
                        ? Optional.of(Long.toString(shown.get(shown.size() - 1).id()))
                        : Optional.empty());
    }

    /**
     * What bounds the caller: the quotas of his VO, his group and himself, and of this directory and those above that he may know of.
     *
     * @param directory his own area unless given
     * @throws NoSuchLfn if it is not in the VO
     */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public List<QuotaUse> applying(Caller caller, Optional<Lfn> directory) {
        Visit visit = visits.begin(caller, 1);
        Lfn within = directory.orElse(visit.actor().userArea());
        if (!visit.actor().isAtHome(within)) {
            throw new NoSuchLfn(within);
        }
        List<QuotaRepository.Row> rows = rules.applying(visit, List.of(within));
        Map<Lfn, Found> found = namespace.find(
                visit.catalog(),
                rows.stream()
                        .filter(row -> row.directory().isPresent())
                        .map(row -> new Lfn(row.quota().name()))
                        .toList());
        Set<String> hidden = found.values().stream()
                .filter(one -> !visit.rights().allow(CatalogOperation.READ_ENTRY, one))
                .map(one -> one.lfn().text())
                .collect(Collectors.toSet());
        return uses(
                visit,
                rows.stream()
                        .filter(row -> row.directory().isEmpty()
                                || !hidden.contains(row.quota().name()))
                        .toList());
    }

    private List<QuotaUse> uses(Visit visit, Collection<QuotaRepository.Row> rows) {
        return rows.stream().map(row -> rules.use(visit, row)).toList();
    }

    private static Quota checked(Visit visit, Quota quota) {
        String name =
                switch (quota.kind()) {
                    case VO -> {
                        if (!quota.name().equals(visit.actor().vo().text())) {
                            throw new InvalidRequest("The quota of the VO " + quota.name() + " is not for "
                                    + visit.actor().vo() + " to set");
                        }
                        yield quota.name();
                    }
                    case GROUP -> new GroupName(quota.name()).text();
                    case USER -> new UserName(quota.name()).text();
                    case DIRECTORY -> new Lfn(quota.name()).text();
                };
        return new Quota(quota.kind(), name, quota.files(), quota.bytes());
    }

    /** The directory, which stays until the transaction ends. */
    private long held(Visit visit, Lfn lfn) {
        if (!visit.actor().isAtHome(lfn)) {
            throw new NoSuchLfn(lfn);
        }
        return directories.hold(visit.catalog(), List.of(lfn), DirectoryRepository.Hold.SHARED).stream()
                .findFirst()
                .orElseThrow(() -> new NoSuchLfn(lfn))
                .id();
    }
}
