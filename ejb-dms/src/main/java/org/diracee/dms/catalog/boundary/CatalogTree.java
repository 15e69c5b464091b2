/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.catalog.boundary;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.diracee.dms.catalog.control.CatalogOperation;
import org.diracee.dms.catalog.control.CatalogOwners;
import org.diracee.dms.catalog.control.Found;
import org.diracee.dms.catalog.control.Namespace;
import org.diracee.dms.catalog.control.Quotas;
import org.diracee.dms.catalog.control.Visit;
import org.diracee.dms.catalog.control.Visits;
import org.diracee.dms.catalog.entity.DirectoryRepository;
import org.diracee.dms.catalog.entity.DirectoryRow;
import org.diracee.dms.catalog.entity.FileRepository;
import org.diracee.dms.catalog.entity.FileRow;
import org.diracee.dms.catalog.entity.ReplicaRepository;
import org.diracee.dms.catalog.entity.UsageRepository;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.Problem;
import org.diracee.kernel.paging.BulkResult;
import org.diracee.kernel.value.Lfn;

/**
 * Makes, moves and removes directories, moves files, and says whose they are. Every call does what it can and tells of each LFN how
 * that went; it names at most 1 000.
 *
 * @see "DMS reference 3.3"
 */
@Stateless
public class CatalogTree {

    private Visits visits;
    private Namespace namespace;
    private DirectoryRepository directories;
    private FileRepository files;
    private ReplicaRepository replicas;
    private UsageRepository usage;
    private CatalogOwners owners;
    private Quotas quotas;

    protected CatalogTree() {} // for the container's proxy

    @Inject
    public CatalogTree(
            Visits visits,
            Namespace namespace,
            DirectoryRepository directories,
            FileRepository files,
            ReplicaRepository replicas,
            UsageRepository usage,
            CatalogOwners owners,
            Quotas quotas) {
        this.visits = visits;
        this.namespace = namespace;
        this.directories = directories;
        this.files = files;
        this.replicas = replicas;
        this.usage = usage;
        this.owners = owners;
        this.quotas = quotas;
    }

    /** Makes directories with all above them; tells of each whether it is new. */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public BulkResult<Lfn, Boolean> makeDirectories(Caller caller, Collection<Lfn> asked) {
        Visit visit = visits.begin(caller, asked.size());
        Map<Lfn, Problem> failed = new HashMap<>();
        asked.stream().filter(lfn -> !visit.actor().isAtHome(lfn)).forEach(lfn -> visit.wrongName(lfn)
                .ifPresent(problem -> failed.put(lfn, problem)));
        Set<Lfn> wanted = new TreeSet<>(asked);
        wanted.removeAll(failed.keySet());
        Namespace.Provided provided = namespace.provide(visit, wanted);
        failed.putAll(provided.failed());
        Map<Lfn, Boolean> success = new HashMap<>();
        provided.directories()
                .keySet()
                .forEach(lfn -> success.put(lfn, provided.made().contains(lfn)));
        return BulkResult.inOrder(asked, success, failed);
    }

    /** Removes empty directories, those below before those above; tells of each whether it was there. */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public BulkResult<Lfn, Boolean> removeDirectories(Caller caller, Collection<Lfn> asked) {
        Visit visit = visits.begin(caller, asked.size());
        Map<Lfn, Problem> failed = new HashMap<>();
        Map<Lfn, Boolean> success = new HashMap<>();
        Map<Lfn, Found> alone = alone(
                visit,
                namespace.find(visit.catalog(), asked),
                found -> (found.exists() || visit.actor().isAtHome(found.lfn()))
                        && visit.rights()
                                .refusal(CatalogOperation.REMOVE, found)
                                .isEmpty(),
                false);
        for (Lfn lfn : new TreeSet<>(asked).descendingSet()) {
            Found found = seen(visit, alone, lfn);
            Optional<Problem> refusal = visit.rights().refusal(CatalogOperation.REMOVE, found);
            Optional<DirectoryRow> directory = found.directory();
            if (refusal.isPresent()) {
                failed.put(lfn, refusal.get());
            } else if (found.file().isPresent()) {
                failed.put(lfn, Visit.conflict(lfn + " is a file"));
            } else if (directory.isPresent()
                    && !directories.isEmpty(directory.get().id())) {
                failed.put(lfn, Visit.conflict("The directory " + lfn + " is not empty"));
            } else {
                directory.ifPresent(row -> directories.remove(row.id()));
                success.put(lfn, directory.isPresent());
            }
        }
        return BulkResult.inOrder(asked, success, failed);
    }

    /**
     * Gives files and directories other names within the VO, one after the other; directories with all that is below. Tells of each
     * where it is now.
     *
     * @param asked the new name of each, in a directory that there is and whose quotas leave room; nothing may have it yet. Replicas without
     *     a PFN of their own, of the file or of any below, keep it from being moved
     */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public BulkResult<Lfn, Lfn> move(Caller caller, Map<Lfn, Lfn> asked) {
        Visit visit = visits.begin(caller, asked.size());
        Map<Lfn, Problem> failed = new HashMap<>();
        Map<Lfn, Lfn> success = new HashMap<>();
        Set<Lfn> both = both(asked);
        Map<Lfn, Found> first = namespace.find(visit.catalog(), both);
        // nothing of a name that the caller may not move is held, however much is below
        Map<Lfn, Lfn> allowed = new LinkedHashMap<>();
        asked.forEach((from, to) -> refusal(visit, seen(visit, first, from), found(first, to))
                .ifPresentOrElse(problem -> failed.put(from, problem), () -> allowed.put(from, to)));
        if (!allowed.isEmpty()) {
            // guards come before directories, and whether a name is a directory can still change: so always
            usage.guardMoving();
            Map<Lfn, Found> held = namespace.findAlone(visit.catalog(), both(allowed), allowed.keySet());
            // after quotas nothing is waited for
            files.hold(allowed.keySet().stream()
                    .flatMap(lfn -> found(held, lfn).file().stream())
                    .map(FileRow::id)
                    .toList());
        }
        allowed.forEach((from, to) -> {
            Map<Lfn, Found> now = namespace.find(visit.catalog(), List.of(from, to));
            Found source = seen(visit, now, from);
            Found target = found(now, to);
            Optional<Problem> obstacle = obstacle(visit, source, target).or(() -> overQuota(visit, source, to));
            obstacle.ifPresentOrElse(problem -> failed.put(from, problem), () -> {
                source.file().ifPresent(file -> moveFile(file, target, visit));
                source.directory().ifPresent(directory -> moveDirectory(directory, source, target, visit));
                success.put(from, to);
            });
        });
        return BulkResult.inOrder(asked.keySet(), success, failed);
    }

    /**
     * Changes owner, group, mode and access lists; tells of how many files and directories.
     *
     * @param recursive whether also of all below, as far as the caller may
     */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public BulkResult<Lfn, Integer> change(Caller caller, Map<Lfn, CatalogChange> asked, boolean recursive) {
        Visit visit = visits.begin(caller, asked.size());
        Map<Lfn, Found> first = namespace.find(visit.catalog(), asked.keySet());
        Predicate<Found> allowed = found -> found.exists()
                && visit.rights()
                        .refusal(operation(Objects.requireNonNull(asked.get(found.lfn()))), found)
                        .isEmpty();
        owners.keepLists(first.values().stream()
                .filter(allowed)
                .map(found -> Objects.requireNonNull(asked.get(found.lfn())))
                .toList());
        Map<Lfn, Found> alone = alone(visit, first, allowed, recursive);
        Map<Lfn, Problem> failed = new HashMap<>();
        Map<Lfn, Integer> success = new HashMap<>();
        asked.forEach((lfn, change) -> {
            CatalogOperation operation = operation(change);
            // another VO's is not there for one who could not change it anyway
            Found found = visit.rights().seen(operation, found(alone, lfn));
            if (!found.exists()) {
                failed.put(lfn, Visit.notFound(lfn));
                return;
            }
            visit.rights()
                    .refusal(operation, found)
                    .ifPresentOrElse(
                            problem -> failed.put(lfn, problem),
                            () -> success.put(lfn, owners.change(visit, found, change, recursive)));
        });
        return BulkResult.inOrder(asked.keySet(), success, failed);
    }

    /** Looked at already; those that pass are held exclusively and looked at again, the others are answered as they are. */
    private Map<Lfn, Found> alone(Visit visit, Map<Lfn, Found> first, Predicate<Found> allowed, boolean wholeTrees) {
        Map<Lfn, Found> alone = new HashMap<>(first);
        Set<Lfn> taken = first.values().stream().filter(allowed).map(Found::lfn).collect(Collectors.toSet());
        if (!taken.isEmpty()) {
            alone.putAll(namespace.findAlone(visit.catalog(), taken, wholeTrees ? taken : Set.of()));
        }
        return alone;
    }

    /** Why the caller may not move it, be it there or not; what is not there may come by a move before. */
    private static Optional<Problem> refusal(Visit visit, Found source, Found target) {
        Lfn from = source.lfn();
        Lfn to = target.lfn();
        if (!visit.actor().isAtHome(from)) {
            // who may write in another VO's directory may not carry away what is in it
            return Optional.of(
                    source.exists()
                            ? new Problem(ErrorCode.FORBIDDEN, "Permission denied: " + from)
                            : Visit.notFound(from));
        }
        return visit.rights()
                .refusal(CatalogOperation.REMOVE, source)
                .or(() -> source.file().isPresent() || !visit.actor().isAtHome(to)
                        ? visit.wrongName(to)
                        : Optional.empty())
                .or(() -> visit.rights().refusal(CatalogOperation.MAKE, target));
    }

    private Optional<Problem> obstacle(Visit visit, Found source, Found target) {
        Lfn from = source.lfn();
        Lfn to = target.lfn();
        if (!source.exists()) {
            return Optional.of(Visit.notFound(from));
        }
        return refusal(visit, source, target)
                .or(() -> target.parent().isEmpty()
                        ? Optional.of(Visit.notFound(to.parent().orElse(Lfn.ROOT)))
                        : Optional.empty())
                .or(() -> target.exists() ? Optional.of(Visit.conflict(to + " exists")) : Optional.empty())
                .or(() -> from.holds(to) || from.equals(Lfn.ROOT)
                        ? Optional.of(Visit.conflict(from + " cannot be moved into itself"))
                        : Optional.empty())
                .or(() -> source.directory().isPresent() ? tooLong(visit, from, to) : Optional.empty())
                .or(() -> source.directory().isPresent()
                        ? directories
                                .metadataOnBoth(visit.catalog(), from, to)
                                .map(field -> Visit.conflict("Metadata conflict: '" + field + "' has a value above "
                                        + to + " and one on " + from + " or below"))
                        : Optional.empty())
                .or(() -> boundToItsName(visit, source));
    }

    /** A replica without a PFN is found at its storage element by the LFN: under another it would be lost. */
    private Optional<Problem> boundToItsName(Visit visit, Found source) {
        Optional<Lfn> bound = source.directory().isPresent()
                ? replicas.namedByLfn(visit.catalog(), source.lfn())
                : source.file()
                        .map(file -> replicas.of(List.of(file.id())).getOrDefault(file.id(), List.of()))
                        .filter(there ->
                                there.stream().anyMatch(replica -> replica.pfn().isEmpty()))
                        .map(there -> source.lfn());
        return bound.map(lfn -> Visit.conflict(source.lfn() + " cannot be moved: "
                + (lfn.equals(source.lfn()) ? "it" : lfn)
                + " has replicas that are stored under this LFN, and their bytes cannot be moved yet"));
    }

    private Optional<Problem> tooLong(Visit visit, Lfn from, Lfn to) {
        int more =
                to.text().getBytes(StandardCharsets.UTF_8).length - from.text().getBytes(StandardCharsets.UTF_8).length;
        int longest = more > 0 ? directories.longestBelow(visit.catalog(), from, Lfn.LONGEST - more) + more : 0;
        if (longest > Lfn.LONGEST) {
            return Optional.of(Visit.conflict(
                    "A LFN below " + from + " would have " + longest + " bytes; allowed are " + Lfn.LONGEST));
        }
        int deeper = to.ancestors().size() - from.ancestors().size();
        int deepest = deeper > 0 ? directories.deepestBelow(visit.catalog(), from) + deeper : 0;
        return deepest > Lfn.DEEPEST
                ? Optional.of(Visit.conflict(
                        "A LFN below " + from + " would have " + deepest + " parts; allowed are " + Lfn.DEEPEST))
                : Optional.empty();
    }

    private Optional<Problem> overQuota(Visit visit, Found source, Lfn to) {
        Quotas.Room room = quotas.roomForMove(visit, source.lfn(), to);
        return room.isUnlimited()
                ? Optional.empty()
                : room.take(
                        to,
                        source.file()
                                .map(file -> new CatalogUse.Amount(1, file.size()))
                                .orElseGet(() -> usage.below(
                                                visit.catalog(),
                                                source.directory().orElseThrow().id(),
                                                source.lfn())
                                        .files()));
    }

    private void moveFile(FileRow file, Found target, Visit visit) {
        List<Long> id = List.of(file.id());
        usage.note(id, false);
        files.move(file.id(), target.parent().orElseThrow().id(), target.lfn().name(), visit.now());
        usage.note(id, true);
    }

    private void moveDirectory(DirectoryRow directory, Found source, Found target, Visit visit) {
        usage.noteMove(
                directory.id(),
                source.parent().orElseThrow().id(),
                target.parent().orElseThrow().id());
        directories.move(visit.catalog(), source.lfn(), target.lfn(), visit.now());
    }

    private static CatalogOperation operation(CatalogChange change) {
        return change.changesOwner() ? CatalogOperation.CHANGE_OWNER : CatalogOperation.CHANGE_MODE;
    }

    private static Set<Lfn> both(Map<Lfn, Lfn> moves) {
        Set<Lfn> both = new TreeSet<>(moves.keySet());
        both.addAll(moves.values());
        return both;
    }

    private static Found seen(Visit visit, Map<Lfn, Found> found, Lfn lfn) {
        return visit.rights().seen(CatalogOperation.REMOVE, found(found, lfn));
    }

    private static Found found(Map<Lfn, Found> found, Lfn lfn) {
        return Objects.requireNonNull(found.get(lfn));
    }
}
