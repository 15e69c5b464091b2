/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.catalog.boundary;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.diracee.dms.catalog.control.CatalogActor;
import org.diracee.dms.catalog.control.CatalogOperation;
import org.diracee.dms.catalog.control.Found;
import org.diracee.dms.catalog.control.Namespace;
import org.diracee.dms.catalog.control.Quotas;
import org.diracee.dms.catalog.control.Registration;
import org.diracee.dms.catalog.control.Visit;
import org.diracee.dms.catalog.control.Visits;
import org.diracee.dms.catalog.entity.CatalogRepository;
import org.diracee.dms.catalog.entity.DirectoryRow;
import org.diracee.dms.catalog.entity.FileRepository;
import org.diracee.dms.catalog.entity.FileRow;
import org.diracee.dms.catalog.entity.ReplicaRepository;
import org.diracee.dms.catalog.entity.ReplicaRepository.Place;
import org.diracee.dms.catalog.entity.UsageRepository;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.error.Problem;
import org.diracee.kernel.paging.BulkResult;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.SeName;

/**
 * Registers files and their replicas, and takes them out again. Every call does what it can and tells of each LFN how that went; it
 * names at most 1 000.
 *
 * @see "DMS reference 3.5 and 3.6"
 */
@Stateless
public class FileCatalog {

    private static final int MOST_ANCESTORS = 10_000;

    /** Ancestors of ancestors counted. */
    private static final int MOST_IN_LINES = 100_000;

    private Visits visits;
    private Namespace namespace;
    private CatalogRepository catalogs;
    private FileRepository files;
    private ReplicaRepository replicas;
    private UsageRepository usage;
    private Quotas quotas;

    protected FileCatalog() {} // for the container's proxy

    @Inject
    public FileCatalog(
            Visits visits,
            Namespace namespace,
            CatalogRepository catalogs,
            FileRepository files,
            ReplicaRepository replicas,
            UsageRepository usage,
            Quotas quotas) {
        this.visits = visits;
        this.namespace = namespace;
        this.catalogs = catalogs;
        this.files = files;
        this.replicas = replicas;
        this.usage = usage;
        this.quotas = quotas;
    }

    /**
     * Registers files with their replicas, and makes the directories that they are in. What is registered already in the same way is
     * well; of several who register one LFN at a time one does, and the others are told how theirs differs, if it does. Of files that
     * quotas do not leave room for together those named first are registered.
     *
     * @throws InvalidRequest if a LFN is named twice, or the files are made of too many
     */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public BulkResult<Lfn, RegisteredFile> register(Caller caller, List<NewFile> asked) {
        Visit visit = visits.begin(caller, asked.size());
        Map<Lfn, Problem> failed = new HashMap<>();
        Map<Lfn, NewFile> wanted = new TreeMap<>();
        for (NewFile file : asked) {
            if (wanted.put(file.lfn(), file) != null) {
                throw new InvalidRequest(file.lfn() + " is named twice");
            }
            visit.wrongName(file.lfn())
                    .or(() -> visit.wrongPlace(file.lfn(), places(file.replicas())))
                    .ifPresent(problem -> failed.put(file.lfn(), problem));
        }
        Map<Lfn, FileRow> ancestors = ancestors(visit, wanted, failed);
        wanted.keySet().removeAll(failed.keySet());
        Map<Lfn, DirectoryRow> parents = provide(visit, wanted, failed);
        wanted.keySet().removeAll(failed.keySet());
        refuseKnownGuids(visit, wanted, failed);
        wanted.keySet().removeAll(failed.keySet());
        catalogs.nameStorageElements(wanted.values().stream()
                .flatMap(file -> file.replicas().stream().map(NewReplica::se))
                .collect(Collectors.toSet()));
        Set<Long> lines = holdAncestors(wanted, ancestors, failed);
        wanted.keySet().removeAll(failed.keySet());
        Set<Long> made = add(visit, wanted, parents);
        keepToQuotas(visit, asked, made, failed);
        wanted.keySet().removeAll(failed.keySet());
        Map<Lfn, RegisteredFile> success = settle(visit, wanted, made, ancestors, lines, failed);
        return BulkResult.inOrder(asked.stream().map(NewFile::lfn).toList(), success, failed);
    }

    /** Takes files out of the catalogue with all their replicas; tells of each whether it was there. */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public BulkResult<Lfn, Boolean> remove(Caller caller, Collection<Lfn> asked) {
        Visit visit = visits.begin(caller, asked.size());
        Map<Lfn, Problem> failed = new HashMap<>();
        Map<Lfn, Boolean> success = new HashMap<>();
        Map<Long, Lfn> ids = new HashMap<>();
        namespace.findHeld(visit.catalog(), asked).forEach((lfn, any) -> {
            Found found = visit.rights().seen(CatalogOperation.REMOVE, any);
            Optional<Problem> refusal = visit.rights().refusal(CatalogOperation.REMOVE, found);
            if (refusal.isPresent()) {
                failed.put(lfn, refusal.get());
            } else if (found.directory().isPresent()) {
                failed.put(lfn, Visit.conflict(lfn + " is a directory"));
            } else {
                found.file().ifPresent(file -> ids.put(file.id(), lfn));
                success.put(lfn, false);
            }
        });
        Set<Long> held = files.hold(ids.keySet());
        usage.note(held, false);
        files.remove(held);
        held.forEach(id -> success.put(Objects.requireNonNull(ids.get(id)), true));
        return BulkResult.inOrder(asked, success, failed);
    }

    /** Adds replicas to files that are registered; those that there are already stay as they are. Tells how many are new. */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public BulkResult<Lfn, Integer> addReplicas(Caller caller, Map<Lfn, List<NewReplica>> asked) {
        Consumer<Set<Lfn>> naming = allowed -> catalogs.nameStorageElements(allowed.stream()
                .flatMap(lfn -> Objects.requireNonNull(asked.get(lfn)).stream().map(NewReplica::se))
                .collect(Collectors.toSet()));
        BiFunction<Visit, Lfn, Optional<Problem>> check =
                (visit, lfn) -> visit.wrongPlace(lfn, places(Objects.requireNonNull(asked.get(lfn))));
        return changeFiles(caller, asked.keySet(), check, naming, (visit, known) -> {
            List<ReplicaRepository.Added> added = new ArrayList<>();
            known.forEach((lfn, file) -> Objects.requireNonNull(asked.get(lfn))
                    .forEach(replica -> added.add(new ReplicaRepository.Added(file.id(), replica, false))));
            List<Place> places = replicas.add(added, visit.now());
            usage.noteReplicas(places, true);
            return counted(known, places);
        });
    }

    /** Removes replicas of files, which stay registered even without any; tells how many there were. A file that is not there has none. */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public BulkResult<Lfn, Integer> removeReplicas(Caller caller, Map<Lfn, List<SeName>> asked) {
        BulkResult<Lfn, Integer> result = changeFiles(caller, asked.keySet(), (visit, known) -> {
            List<Place> places = new ArrayList<>();
            known.forEach((lfn, file) ->
                    Objects.requireNonNull(asked.get(lfn)).forEach(se -> places.add(new Place(file.id(), se))));
            List<Place> removed = replicas.remove(places);
            usage.noteReplicas(removed, false);
            return counted(known, removed);
        });
        Map<Lfn, Integer> success = new HashMap<>(result.success());
        Map<Lfn, Problem> failed = new HashMap<>(result.failed());
        failed.entrySet().removeIf(entry -> {
            boolean missing = entry.getValue().equals(Visit.notFound(entry.getKey()));
            if (missing) {
                success.put(entry.getKey(), 0);
            }
            return missing;
        });
        return BulkResult.inOrder(asked.keySet(), success, failed);
    }

    /** Changes the status of replicas; tells of how many. Fails for a file if one of its replicas is not there. */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public BulkResult<Lfn, Integer> changeReplicaStatus(Caller caller, Map<Lfn, Map<SeName, CatalogStatus>> asked) {
        Map<Lfn, Problem> missing = new HashMap<>();
        BulkResult<Lfn, Integer> result = changeFiles(caller, asked.keySet(), (visit, known) -> {
            Map<Long, List<Replica>> present =
                    replicas.of(known.values().stream().map(FileRow::id).toList());
            Map<Lfn, Integer> changed = new HashMap<>();
            Map<Place, CatalogStatus> statuses = new LinkedHashMap<>();
            known.forEach((lfn, file) -> {
                Map<SeName, CatalogStatus> wanted = Objects.requireNonNull(asked.get(lfn));
                Set<SeName> absent = new TreeSet<>(wanted.keySet());
                present.getOrDefault(file.id(), List.of()).forEach(replica -> absent.remove(replica.se()));
                if (absent.isEmpty()) {
                    wanted.forEach((se, status) -> statuses.put(new Place(file.id(), se), status));
                    changed.put(lfn, wanted.size());
                } else {
                    missing.put(
                            lfn,
                            new Problem(
                                    ErrorCode.NOT_FOUND,
                                    lfn + " has no replica at "
                                            + absent.iterator().next()));
                }
            });
            replicas.changeStatus(statuses, visit.now());
            return changed;
        });
        Map<Lfn, Problem> failed = new HashMap<>(result.failed());
        failed.putAll(missing);
        return BulkResult.inOrder(asked.keySet(), result.success(), failed);
    }

    /** Changes the status of files. */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public BulkResult<Lfn, CatalogStatus> changeStatus(Caller caller, Map<Lfn, CatalogStatus> asked) {
        return changeFiles(caller, asked.keySet(), (visit, known) -> {
            Map<CatalogStatus, List<Long>> ids = new EnumMap<>(CatalogStatus.class);
            Map<Lfn, CatalogStatus> changed = new HashMap<>();
            known.forEach((lfn, file) -> {
                CatalogStatus status = Objects.requireNonNull(asked.get(lfn));
                ids.computeIfAbsent(status, key -> new ArrayList<>()).add(file.id());
                changed.put(lfn, status);
            });
            ids.forEach((status, group) -> files.changeStatus(group, status, visit.now()));
            return changed;
        });
    }

    private <V> BulkResult<Lfn, V> changeFiles(
            Caller caller, Collection<Lfn> asked, BiFunction<Visit, Map<Lfn, FileRow>, Map<Lfn, V>> change) {
        return changeFiles(caller, asked, (visit, lfn) -> Optional.empty(), allowed -> {}, change);
    }

    /**
     * The files of which each is to be changed, held; what it becomes is the caller's affair.
     *
     * @param check why one may not be changed so, whatever it is
     * @param prepare what must come before files are held, for those that may be changed
     */
    private <V> BulkResult<Lfn, V> changeFiles(
            Caller caller,
            Collection<Lfn> asked,
            BiFunction<Visit, Lfn, Optional<Problem>> check,
            Consumer<Set<Lfn>> prepare,
            BiFunction<Visit, Map<Lfn, FileRow>, Map<Lfn, V>> change) {
        Visit visit = visits.begin(caller, asked.size());
        Map<Lfn, Problem> failed = new HashMap<>();
        Map<Lfn, FileRow> known = new LinkedHashMap<>();
        namespace.findHeld(visit.catalog(), asked).forEach((lfn, any) -> {
            Found found = visit.rights().seen(CatalogOperation.CHANGE_FILE, any);
            Optional<Problem> refusal = visit.rights()
                    .refusal(CatalogOperation.CHANGE_FILE, found)
                    .or(() -> found.file().flatMap(file -> check.apply(visit, lfn)));
            if (refusal.isPresent()) {
                failed.put(lfn, refusal.get());
            } else if (found.directory().isPresent()) {
                failed.put(lfn, Visit.conflict(lfn + " is a directory"));
            } else {
                found.file().ifPresentOrElse(file -> known.put(lfn, file), () -> failed.put(lfn, Visit.notFound(lfn)));
            }
        });
        prepare.accept(known.keySet());
        Set<Long> held = files.hold(known.values().stream().map(FileRow::id).toList());
        known.values().removeIf(file -> {
            boolean gone = !held.contains(file.id());
            if (gone) {
                failed.put(file.lfn(), Visit.notFound(file.lfn()));
            }
            return gone;
        });
        return BulkResult.inOrder(asked, change.apply(visit, known), failed);
    }

    private static List<SeName> places(List<NewReplica> replicas) {
        return replicas.stream().map(NewReplica::se).toList();
    }

    private static Map<Lfn, Integer> counted(Map<Lfn, FileRow> known, List<Place> places) {
        Map<Lfn, Integer> counts = new HashMap<>();
        known.forEach((lfn, file) -> counts.put(lfn, (int)
                places.stream().filter(place -> place.file() == file.id()).count()));
        return counts;
    }

    /** What the files were made of; a file is not registered if one of these cannot be seen. */
    private Map<Lfn, FileRow> ancestors(Visit visit, Map<Lfn, NewFile> wanted, Map<Lfn, Problem> failed) {
        List<Lfn> all = wanted.values().stream()
                .flatMap(file -> file.ancestors().stream())
                .toList();
        if (all.size() > MOST_ANCESTORS) {
            throw new InvalidRequest(
                    ErrorCode.TOO_MANY_ITEMS,
                    all.size() + " ancestors in one request: allowed is 0 to " + MOST_ANCESTORS);
        }
        Set<Lfn> names = Set.copyOf(all);
        Map<Lfn, FileRow> known = new HashMap<>();
        if (!names.isEmpty()) {
            namespace.find(visit.catalog(), names).forEach((lfn, found) -> found.file()
                    .filter(file -> visit.rights().allow(CatalogOperation.READ_ENTRY, found))
                    .ifPresent(file -> known.put(lfn, file)));
        }
        wanted.forEach((lfn, file) -> file.ancestors().stream()
                .filter(ancestor -> !known.containsKey(ancestor))
                .findFirst()
                .ifPresent(ancestor -> failed.put(lfn, Visit.notFound(ancestor))));
        return known;
    }

    /** Holds what the files were made of, with all that this was made of; what is gone meanwhile fails its file. */
    private Set<Long> holdAncestors(Map<Lfn, NewFile> wanted, Map<Lfn, FileRow> ancestors, Map<Lfn, Problem> failed) {
        Set<Long> direct = wanted.values().stream()
                .flatMap(file -> file.ancestors().stream())
                .map(lfn -> Objects.requireNonNull(ancestors.get(lfn)).id())
                .collect(Collectors.toSet());
        if (direct.isEmpty()) {
            return Set.of();
        }
        Set<Long> held = files.holdLines(direct, MOST_IN_LINES + 1);
        if (held.size() > MOST_IN_LINES) {
            throw new InvalidRequest(
                    ErrorCode.TOO_MANY_ITEMS,
                    "The files come from more than " + MOST_IN_LINES
                            + " others, over all steps; register fewer at a time");
        }
        wanted.forEach((lfn, file) -> file.ancestors().stream()
                .filter(ancestor -> !held.contains(
                        Objects.requireNonNull(ancestors.get(ancestor)).id()))
                .findFirst()
                .ifPresent(ancestor -> failed.put(lfn, Visit.notFound(ancestor))));
        return held;
    }

    private Map<Lfn, DirectoryRow> provide(Visit visit, Map<Lfn, NewFile> wanted, Map<Lfn, Problem> failed) {
        Set<Lfn> parents =
                wanted.keySet().stream().flatMap(lfn -> lfn.parent().stream()).collect(Collectors.toSet());
        Namespace.Provided provided = namespace.provide(visit, parents);
        namespace.find(visit.catalog(), wanted.keySet()).forEach((lfn, found) -> {
            Lfn parent = lfn.parent().orElse(Lfn.ROOT);
            Problem problem = provided.failed().get(parent);
            if (problem != null) {
                failed.put(lfn, problem);
            } else if (found.directory().isPresent()) {
                failed.put(lfn, Visit.conflict(lfn + " is a directory"));
            } else if (!provided.made().contains(parent)) {
                visit.rights().refusal(CatalogOperation.MAKE, found).ifPresent(refusal -> failed.put(lfn, refusal));
            }
        });
        return provided.directories();
    }

    private void refuseKnownGuids(Visit visit, Map<Lfn, NewFile> wanted, Map<Lfn, Problem> failed) {
        if (!visit.settings().uniqueGuid(visit.actor().vo())) {
            return;
        }
        Map<UUID, Lfn> guids = new HashMap<>();
        wanted.values().forEach(file -> file.guid().ifPresent(guid -> {
            if (guids.putIfAbsent(guid, file.lfn()) != null) {
                failed.put(file.lfn(), Visit.conflict("The GUID " + guid + " is that of another file in this request"));
            }
        }));
        files.guard(visit.actor().vo(), guids.keySet());
        for (FileRow known : files.withGuids(visit.catalog(), guids.keySet(), Integer.MAX_VALUE)) {
            Lfn lfn = Objects.requireNonNull(guids.get(known.guid()));
            // what another VO has is none of this one's business
            if (visit.actor().isAtHome(known.lfn()) && !known.lfn().equals(lfn)) {
                failed.put(lfn, Visit.conflict("The GUID " + known.guid() + " is that of another file already"));
            }
        }
    }

    private Set<Long> add(Visit visit, Map<Lfn, NewFile> wanted, Map<Lfn, DirectoryRow> parents) {
        if (wanted.isEmpty()) {
            return new HashSet<>();
        }
        CatalogActor actor = visit.actor();
        List<FileRepository.Added> added = wanted.values().stream()
                .map(file -> new FileRepository.Added(
                        Objects.requireNonNull(parents.get(file.lfn().parent().orElse(Lfn.ROOT)))
                                .id(),
                        file,
                        file.guid().orElseGet(UUID::randomUUID)))
                .toList();
        return new HashSet<>(files.add(
                added,
                catalogs.user(actor.vo().text(), actor.user().text()),
                catalogs.group(actor.vo().text(), actor.group().text()),
                visit.settings().defaultMode(actor.vo()),
                actor.job(),
                visit.now()));
    }

    /** Takes out again, of the files that were made, those that no quota leaves room for; the first come first. */
    private void keepToQuotas(Visit visit, List<NewFile> asked, Set<Long> made, Map<Lfn, Problem> failed) {
        if (made.isEmpty()) {
            return;
        }
        List<NewFile> left =
                asked.stream().filter(file -> !failed.containsKey(file.lfn())).toList();
        Quotas.Room room = quotas.room(
                visit,
                left.stream().flatMap(file -> file.lfn().parent().stream()).collect(Collectors.toSet()));
        if (room.isUnlimited()) {
            return;
        }
        Map<Lfn, Found> found =
                namespace.find(visit.catalog(), left.stream().map(NewFile::lfn).toList());
        Set<Long> refused = new HashSet<>();
        for (NewFile file : left) {
            Objects.requireNonNull(found.get(file.lfn()))
                    .file()
                    .map(FileRow::id)
                    .filter(made::contains)
                    .ifPresent(id -> room.take(file.lfn(), new CatalogUse.Amount(1, file.size()))
                            .ifPresent(problem -> {
                                failed.put(file.lfn(), problem);
                                refused.add(id);
                            }));
        }
        files.remove(refused);
        made.removeAll(refused);
    }

    /** Gives those that were made what belongs to them, and compares the others with what is registered. */
    private Map<Lfn, RegisteredFile> settle(
            Visit visit,
            Map<Lfn, NewFile> wanted,
            Set<Long> made,
            Map<Lfn, FileRow> ancestors,
            Set<Long> lines,
            Map<Lfn, Problem> failed) {
        Map<Lfn, RegisteredFile> success = new HashMap<>();
        List<FileRow> before = new ArrayList<>();
        List<ReplicaRepository.Added> added = new ArrayList<>();
        List<FileRepository.Parentage> parentage = new ArrayList<>();
        for (Found found : namespace.find(visit.catalog(), wanted.keySet()).values()) {
            NewFile file = Objects.requireNonNull(wanted.get(found.lfn()));
            FileRow row = found.file().orElse(null);
            if (row == null) {
                failed.put(found.lfn(), Visit.conflict(found.lfn() + " is being removed; try again"));
            } else if (made.contains(row.id())) {
                for (int place = 0; place < file.replicas().size(); place++) {
                    added.add(new ReplicaRepository.Added(
                            row.id(), file.replicas().get(place), place == 0));
                }
                file.ancestors()
                        .forEach(ancestor -> parentage.add(new FileRepository.Parentage(
                                row.id(),
                                Objects.requireNonNull(ancestors.get(ancestor)).id())));
                success.put(found.lfn(), new RegisteredFile(row.guid(), true));
            } else {
                before.add(row);
            }
        }
        replicas.add(added, visit.now());
        files.addAncestors(parentage, lines);
        usage.note(made, true);
        Map<Long, List<Replica>> known =
                replicas.of(before.stream().map(FileRow::id).toList());
        for (FileRow row : before) {
            Registration.difference(
                            Objects.requireNonNull(wanted.get(row.lfn())), row, known.getOrDefault(row.id(), List.of()))
                    .ifPresentOrElse(
                            problem -> failed.put(row.lfn(), problem),
                            () -> success.put(row.lfn(), new RegisteredFile(row.guid(), false)));
        }
        return success;
    }
}
