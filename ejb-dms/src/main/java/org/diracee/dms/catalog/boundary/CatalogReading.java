/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.catalog.boundary;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.diracee.dms.catalog.control.CatalogOperation;
import org.diracee.dms.catalog.control.Found;
import org.diracee.dms.catalog.control.ListPosition;
import org.diracee.dms.catalog.control.Namespace;
import org.diracee.dms.catalog.control.Quotas;
import org.diracee.dms.catalog.control.Visit;
import org.diracee.dms.catalog.control.Visits;
import org.diracee.dms.catalog.entity.DirectoryRepository;
import org.diracee.dms.catalog.entity.DirectoryRow;
import org.diracee.dms.catalog.entity.FileRepository;
import org.diracee.dms.catalog.entity.FileRow;
import org.diracee.dms.catalog.entity.ReplicaRepository;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.error.Problem;
import org.diracee.kernel.paging.BulkResult;
import org.diracee.kernel.paging.Page;
import org.diracee.kernel.paging.PageRequest;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.SeName;

/**
 * Tells what is in the catalogue. Calls on many things tell of each what there is, or why that is not told; they name at most 1 000.
 *
 * @see "DMS reference 3.3, 3.5, 3.6 and 3.9"
 */
@Stateless
public class CatalogReading {

    private static final int MOST_RELATIVES = 10_000;
    private static final int MOST_WITH_GUIDS = 10_000;

    /** How many replicas are looked at for a page of a dump, be they the VO's or not. */
    private static final int LOOK = 10_000;

    private Visits visits;
    private Namespace namespace;
    private DirectoryRepository directories;
    private FileRepository files;
    private ReplicaRepository replicas;
    private Quotas quotas;

    protected CatalogReading() {} // for the container's proxy

    @Inject
    public CatalogReading(
            Visits visits,
            Namespace namespace,
            DirectoryRepository directories,
            FileRepository files,
            ReplicaRepository replicas,
            Quotas quotas) {
        this.visits = visits;
        this.namespace = namespace;
        this.directories = directories;
        this.files = files;
        this.replicas = replicas;
        this.quotas = quotas;
    }

    /** The files and directories of these names, in whatever status, without their replicas. */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public BulkResult<Lfn, CatalogEntry> entries(Caller caller, Collection<Lfn> asked) {
        Visit visit = visits.begin(caller, asked.size());
        return told(visit, asked, CatalogOperation.READ_ENTRY, found -> found.directory()
                .map(CatalogEntry::of)
                .or(() -> found.file().map(file -> CatalogEntry.of(file, List.of()))));
    }

    /**
     * The replicas of files, the master first.
     *
     * @param all whether also those whose status hides them, or of files whose status hides these
     */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public BulkResult<Lfn, List<Replica>> replicas(Caller caller, Collection<Lfn> asked, boolean all) {
        Visit visit = visits.begin(caller, asked.size());
        Map<Lfn, Found> found = namespace.find(visit.catalog(), asked);
        Map<Long, List<Replica>> known = replicas.of(found.values().stream()
                .flatMap(one -> one.file().stream())
                .map(FileRow::id)
                .toList());
        return told(visit, found, CatalogOperation.READ_REPLICAS, one -> one.file()
                .filter(file -> all || file.status() == CatalogStatus.APRIORI_GOOD)
                .map(file -> visible(known.getOrDefault(file.id(), List.of()), all)));
    }

    /**
     * What is in a directory: its directories by name, then its files.
     *
     * @param withReplicas whether files come with those of their replicas that are not hidden and that the caller may see
     */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public Page<CatalogEntry> list(Caller caller, Lfn directory, boolean withReplicas, PageRequest request) {
        Visit visit = visits.begin(caller, 1);
        Found found = Objects.requireNonNull(
                namespace.find(visit.catalog(), List.of(directory)).get(directory));
        found = visit.rights().seen(CatalogOperation.LIST, found);
        if (found.file().isPresent()) {
            throw new InvalidRequest(directory + " is a file: only directories can be listed");
        }
        DirectoryRow row = found.directory().orElseThrow(() -> new NoSuchLfn(directory));
        visit.rights().refusal(CatalogOperation.LIST, found).ifPresent(problem -> {
            throw new Forbidden(problem.detail());
        });
        ListPosition position = ListPosition.parse(request.cursor());
        int wanted = request.limit() + 1;
        List<CatalogEntry> entries = new ArrayList<>();
        if (!position.inFiles()) {
            // the root, which all VOs share, shows each its own directory only
            (directory.equals(Lfn.ROOT)
                            ? directories.find(
                                    visit.catalog(), List.of(visit.actor().voArea()))
                            : directories.children(row.id(), position.name().map(directory::child), wanted))
                    .forEach(child -> entries.add(CatalogEntry.of(child)));
        }
        if (entries.size() < wanted) {
            String after = position.inFiles() ? position.name().orElse("") : "";
            entries.addAll(filesOf(visit, row, after, wanted - entries.size(), withReplicas));
        }
        return entries.size() < wanted
                ? new Page<>(entries, Optional.empty())
                : new Page<>(
                        entries.subList(0, request.limit()),
                        Optional.of(ListPosition.after(entries.get(request.limit() - 1))
                                .text()));
    }

    private List<CatalogEntry> filesOf(
            Visit visit, DirectoryRow directory, String after, int limit, boolean withReplicas) {
        List<FileRow> rows = files.in(directory.id(), after, limit);
        Map<Long, List<Replica>> known = withReplicas
                ? replicas.of(rows.stream()
                        .filter(row -> visit.rights()
                                .allow(
                                        CatalogOperation.READ_REPLICAS,
                                        new Found(
                                                row.lfn(), Optional.empty(), Optional.of(row), Optional.of(directory))))
                        .map(FileRow::id)
                        .toList())
                : Map.of();
        return rows.stream()
                .map(row -> CatalogEntry.of(row, visible(known.getOrDefault(row.id(), List.of()), false)))
                .toList();
    }

    /**
     * The files with each of these GUIDs; one has several only where the catalogue does not forbid it.
     *
     * @throws InvalidRequest if there are more than 10 000
     */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public BulkResult<UUID, List<Lfn>> withGuids(Caller caller, Collection<UUID> asked) {
        Visit visit = visits.begin(caller, asked.size());
        List<FileRow> rows = files.withGuids(visit.catalog(), asked, MOST_WITH_GUIDS + 1);
        if (rows.size() > MOST_WITH_GUIDS) {
            throw new InvalidRequest(
                    ErrorCode.TOO_MANY_ITEMS,
                    "More than " + MOST_WITH_GUIDS + " files have these GUIDs; ask for fewer at a time");
        }
        Set<Lfn> readable = readable(visit, rows.stream().map(FileRow::lfn).toList());
        Map<UUID, List<Lfn>> success = new LinkedHashMap<>();
        rows.stream().filter(row -> readable.contains(row.lfn())).forEach(row -> success.computeIfAbsent(
                        row.guid(), guid -> new ArrayList<>())
                .add(row.lfn()));
        Map<UUID, Problem> failed = new LinkedHashMap<>();
        asked.stream()
                .filter(guid -> !success.containsKey(guid))
                .forEach(guid ->
                        failed.put(guid, new Problem(ErrorCode.NOT_FOUND, "The GUID " + guid + " does not exist")));
        return new BulkResult<>(success, failed);
    }

    /**
     * The files that these were made of, or that were made of these, each with the number of steps between.
     *
     * @param depth at most so many steps
     */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public BulkResult<Lfn, Map<Lfn, Integer>> relatives(
            Caller caller, Collection<Lfn> asked, boolean descendants, int depth) {
        Visit visit = visits.begin(caller, asked.size());
        Map<Lfn, Found> found = namespace.find(visit.catalog(), asked);
        List<Long> ids = found.values().stream()
                .flatMap(one -> one.file().stream())
                .map(FileRow::id)
                .toList();
        List<FileRepository.Relative> relatives = files.relatives(ids, descendants, depth, MOST_RELATIVES + 1);
        if (relatives.size() > MOST_RELATIVES) {
            throw new InvalidRequest(
                    ErrorCode.TOO_MANY_ITEMS,
                    "There are more than " + MOST_RELATIVES + " of these; ask for fewer files or steps at a time");
        }
        Set<Lfn> readable = readable(
                visit,
                relatives.stream().map(FileRepository.Relative::lfn).distinct().toList());
        Map<Long, Map<Lfn, Integer>> byFile = new HashMap<>();
        relatives.stream()
                .filter(relative -> readable.contains(relative.lfn()))
                .forEach(relative -> byFile.computeIfAbsent(relative.file(), file -> new LinkedHashMap<>())
                        .put(relative.lfn(), relative.depth()));
        return told(visit, found, CatalogOperation.READ_ENTRY, one -> one.file()
                .map(file -> byFile.getOrDefault(file.id(), Map.of())));
    }

    /** What the caller may do with these paths, whether there is anything or not. */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public BulkResult<Lfn, EffectiveAccess> access(Caller caller, Collection<Lfn> asked) {
        Visit visit = visits.begin(caller, asked.size());
        Map<Lfn, EffectiveAccess> success = new LinkedHashMap<>();
        namespace
                .find(visit.catalog(), asked)
                .forEach((lfn, found) -> success.put(lfn, visit.rights().access(found)));
        return new BulkResult<>(success, Map.of());
    }

    /**
     * What there is already where the caller would register files, or why he may not; as far as quotas go as things are now.
     *
     * @param asked the size of each file
     */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public BulkResult<Lfn, Optional<CatalogEntry>> mayRegister(Caller caller, Map<Lfn, Long> asked) {
        Visit visit = visits.begin(caller, asked.size());
        Map<Lfn, Optional<CatalogEntry>> success = new LinkedHashMap<>();
        Map<Lfn, Problem> failed = new LinkedHashMap<>();
        Quotas.Room room = quotas.outlook(
                visit,
                asked.keySet().stream().flatMap(lfn -> lfn.parent().stream()).collect(Collectors.toSet()));
        namespace.find(visit.catalog(), asked.keySet()).forEach((lfn, found) -> visit.wrongName(lfn)
                .or(() -> visit.rights().refusal(CatalogOperation.MAKE, found))
                .or(() -> found.directory().map(directory -> Visit.conflict(lfn + " is a directory")))
                .or(() -> found.file().isPresent()
                        ? Optional.empty()
                        : room.take(lfn, new CatalogUse.Amount(1, Objects.requireNonNull(asked.get(lfn)))))
                .ifPresentOrElse(
                        problem -> failed.put(lfn, problem),
                        () -> success.put(lfn, found.file().map(file -> CatalogEntry.of(file, replicasOf(file))))));
        return new BulkResult<>(success, failed);
    }

    private List<Replica> replicasOf(FileRow file) {
        return replicas.of(List.of(file.id())).getOrDefault(file.id(), List.of());
    }

    /** The replicas of the VO's files at a storage element. */
    @Requires(Property.FILE_CATALOG_MANAGEMENT)
    public Page<DumpedReplica> dump(Caller caller, SeName se, PageRequest request) {
        Visit visit = visits.begin(caller, 1);
        long after;
        try {
            after = Long.parseLong(request.cursor().orElse("0"));
        } catch (NumberFormatException unknown) {
            throw ListPosition.unknown(request.cursor().orElse(""));
        }
        ReplicaRepository.Dump dump =
                replicas.dump(visit.catalog(), visit.actor().vo(), se, after, Math.max(LOOK, request.limit() + 1));
        List<ReplicaRepository.Dumped> rows = dump.replicas();
        List<ReplicaRepository.Dumped> shown = rows.subList(0, Math.min(rows.size(), request.limit()));
        return new Page<>(
                shown.stream().map(ReplicaRepository.Dumped::replica).toList(),
                (rows.size() > shown.size()
                                ? Optional.of(shown.get(shown.size() - 1).file())
                                : dump.looked())
                        .map(String::valueOf));
    }

    private Set<Lfn> readable(Visit visit, Collection<Lfn> lfns) {
        Set<Lfn> readable = new HashSet<>();
        if (!lfns.isEmpty()) {
            namespace.find(visit.catalog(), lfns).forEach((lfn, found) -> {
                if (visit.rights().allow(CatalogOperation.READ_ENTRY, found)) {
                    readable.add(lfn);
                }
            });
        }
        return readable;
    }

    private <V> BulkResult<Lfn, V> told(
            Visit visit, Collection<Lfn> asked, CatalogOperation operation, Telling<V> telling) {
        return told(visit, namespace.find(visit.catalog(), asked), operation, telling);
    }

    private static <V> BulkResult<Lfn, V> told(
            Visit visit, Map<Lfn, Found> all, CatalogOperation operation, Telling<V> telling) {
        Map<Lfn, V> success = new LinkedHashMap<>();
        Map<Lfn, Problem> failed = new LinkedHashMap<>();
        all.forEach((lfn, any) -> {
            Found found = visit.rights().seen(operation, any);
            // who may not read here learns that, be there anything or not
            Optional<Problem> refusal =
                    visit.actor().isAtHome(lfn) ? visit.rights().refusal(operation, found) : Optional.empty();
            refusal.ifPresentOrElse(problem -> failed.put(lfn, problem), () -> telling.of(found)
                    .ifPresentOrElse(value -> success.put(lfn, value), () -> failed.put(lfn, Visit.notFound(lfn))));
        });
        return new BulkResult<>(success, failed);
    }

    /** What is told of a name; nothing if there is nothing to tell of. */
    @FunctionalInterface
    private interface Telling<V> {
        Optional<V> of(Found found);
    }

    private static List<Replica> visible(List<Replica> replicas, boolean all) {
        return replicas.stream()
                .filter(replica -> all || replica.status() == CatalogStatus.APRIORI_GOOD)
                .toList();
    }
}
