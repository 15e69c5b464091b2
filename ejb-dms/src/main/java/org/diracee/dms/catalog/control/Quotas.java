/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.catalog.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.diracee.dms.catalog.boundary.CatalogUse.Amount;
import org.diracee.dms.catalog.boundary.Quota;
import org.diracee.dms.catalog.boundary.QuotaUse;
import org.diracee.dms.catalog.entity.DirectoryRepository;
import org.diracee.dms.catalog.entity.QuotaRepository;
import org.diracee.dms.catalog.entity.UsageRepository;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.Problem;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.VoName;

/**
 * Keeps what is registered within the quotas, exactly: who adds to what a quota bounds holds it until his transaction ends, and only
 * then looks how much is used. It is the last that a transaction waits for, so that nobody waits in a ring. Where no quota is, nobody
 * waits.
 */
@ApplicationScoped
public class Quotas {

    private QuotaRepository quotas;
    private DirectoryRepository directories;
    private UsageRepository usage;

    protected Quotas() {} // for the container's proxy

    @Inject
    public Quotas(QuotaRepository quotas, DirectoryRepository directories, UsageRepository usage) {
        this.quotas = quotas;
        this.directories = directories;
        this.usage = usage;
    }

    /** What quotas leave. */
    public static final class Room {

        private final List<Balance> balances;

        Room(List<QuotaUse> held) {
            balances = held.stream().map(Balance::new).toList();
        }

        public boolean isUnlimited() {
            return balances.isEmpty();
        }

        /** Takes so much for this LFN, unless a quota does not leave it; then nothing is taken. */
        public Optional<Problem> take(Lfn lfn, Amount more) {
            List<Balance> bounding =
                    balances.stream().filter(balance -> balance.bounds(lfn)).toList();
            Optional<Problem> refusal = bounding.stream()
                    .flatMap(balance -> balance.refusal(lfn, more).stream())
                    .findFirst();
            if (refusal.isEmpty()) {
                bounding.forEach(balance -> balance.take(more));
            }
            return refusal;
        }
    }

    /** How much of a quota is used, with what this transaction has taken. */
    private static final class Balance {

        private final Quota quota;
        private long files;
        private long bytes;

        Balance(QuotaUse use) {
            quota = use.quota();
            files = use.used().files();
            bytes = use.used().bytes();
        }

        boolean bounds(Lfn lfn) {
            return quota.kind() != Quota.Kind.DIRECTORY || new Lfn(quota.name()).holds(lfn);
        }

        Optional<Problem> refusal(Lfn lfn, Amount more) {
            if (more.files() > quota.files().orElse(Long.MAX_VALUE) - files) {
                return Optional.of(problem(lfn, "files", quota.files(), files, more.files()));
            }
            return more.bytes() > quota.bytes().orElse(Long.MAX_VALUE) - bytes
                    ? Optional.of(problem(lfn, "bytes", quota.bytes(), bytes, more.bytes()))
                    : Optional.empty();
        }

        void take(Amount more) {
            files += more.files();
            bytes += more.bytes();
        }

        private Problem problem(Lfn lfn, String what, OptionalLong allowed, long used, long asked) {
            return new Problem(
                    ErrorCode.QUOTA_EXCEEDED,
                    "The quota of the " + quota.kind().text() + " " + quota.name() + " is " + allowed.orElseThrow()
                            + " " + what + ": " + used + " are used, " + asked + " more were asked for by " + lfn);
        }
    }

    /** What the quotas leave to the caller in these directories, held until the transaction ends. */
    public Room room(Visit visit, Collection<Lfn> within) {
        return held(visit, () -> applying(visit, within));
    }

    /** What the quotas leave to the caller in these directories now; another may take it. */
    public Room outlook(Visit visit, Collection<Lfn> within) {
        return of(visit, applying(visit, within));
    }

    /** What the quotas of directories leave to something that comes here from there within the VO, held as well. */
    public Room roomForMove(Visit visit, Lfn from, Lfn to) {
        return held(visit, () -> applying(visit, to.ancestors()).stream()
                .filter(row ->
                        row.directory().isPresent() && !new Lfn(row.quota().name()).holds(from))
                .toList());
    }

    /** What bounds the caller in these directories: their quotas and those above, and his, his group's and his VO's. */
    public List<QuotaRepository.Row> applying(Visit visit, Collection<Lfn> within) {
        Set<Lfn> paths = new HashSet<>(within);
        within.forEach(directory -> paths.addAll(directory.ancestors()));
        CatalogActor actor = visit.actor();
        List<QuotaRepository.Row> rows =
                new ArrayList<>(quotas.of(visit.catalog(), actor.vo(), actor.user(), actor.group(), paths));
        if (rows.stream().noneMatch(row -> row.quota().kind() == Quota.Kind.USER)) {
            visit.settings()
                    .registryQuota(actor.vo(), actor.user())
                    .ifPresent(bytes -> rows.add(new QuotaRepository.Row(
                            0,
                            new Quota(
                                    Quota.Kind.USER, actor.user().text(), OptionalLong.empty(), OptionalLong.of(bytes)),
                            Optional.empty())));
        }
        return rows;
    }

    /** A quota with what is used of it. */
    public QuotaUse use(Visit visit, QuotaRepository.Row row) {
        VoName vo = visit.actor().vo();
        Quota quota = row.quota();
        return new QuotaUse(
                quota,
                switch (quota.kind()) {
                    case DIRECTORY -> below(visit, new Lfn(quota.name()));
                    case VO -> below(visit, visit.actor().voArea());
                    case USER -> usage.ofPrincipal(visit.catalog(), "USER", vo, quota.name());
                    case GROUP -> usage.ofPrincipal(visit.catalog(), "GROUP", vo, quota.name());
                });
    }

    private Room held(Visit visit, Supplier<List<QuotaRepository.Row>> applying) {
        List<QuotaRepository.Row> rows = applying.get();
        if (rows.isEmpty()) {
            return of(visit, rows);
        }
        quotas.hold(
                visit.actor().vo(),
                rows.stream().map(QuotaRepository.Row::quota).toList());
        return of(visit, applying.get()); // as they are now: they may have been set while this waited
    }

    private Room of(Visit visit, List<QuotaRepository.Row> rows) {
        return new Room(rows.stream().map(row -> use(visit, row)).toList());
    }

    private Amount below(Visit visit, Lfn directory) {
        return directories.find(visit.catalog(), List.of(directory)).stream()
                .findFirst()
                .map(row -> usage.below(visit.catalog(), row.id(), directory).files())
                .orElse(Amount.NOTHING);
    }
}
