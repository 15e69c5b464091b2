/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.catalog.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.diracee.dms.catalog.boundary.Ownership;
import org.diracee.dms.catalog.entity.CatalogRepository;
import org.diracee.dms.catalog.entity.DirectoryRepository;
import org.diracee.dms.catalog.entity.DirectoryRepository.Hold;
import org.diracee.dms.catalog.entity.DirectoryRow;
import org.diracee.dms.catalog.entity.FileRepository;
import org.diracee.dms.catalog.entity.FileRow;
import org.diracee.kernel.error.Problem;
import org.diracee.kernel.error.Unavailable;
import org.diracee.kernel.value.Lfn;

/**
 * Finds, holds and makes what LFNs name. Who puts files into directories or takes them out holds these shared; who makes, moves or
 * removes directories holds them and those they are in exclusively, so that a name never becomes a file and a directory, and nothing
 * is put into a directory that goes away.
 *
 * <p>Nobody waits in a ring: directories are taken in the order of their paths by one statement, and those who want them exclusively
 * come one after the other in each VO.
 */
@ApplicationScoped
public class Namespace {

    private static final int COMMON_MODE = 0755;

    private CatalogRepository catalogs;
    private DirectoryRepository directories;
    private FileRepository files;

    protected Namespace() {} // for the container's proxy

    @Inject
    public Namespace(CatalogRepository catalogs, DirectoryRepository directories, FileRepository files) {
        this.catalogs = catalogs;
        this.directories = directories;
        this.files = files;
    }

    /**
     * Directories that are held shared at least.
     *
     * @param made those that were made for it
     * @param failed why the others cannot be made
     */
    public record Provided(Map<Lfn, DirectoryRow> directories, Set<Lfn> made, Map<Lfn, Problem> failed) {}

    /** What there is under each of the names, in their order. */
    public Map<Lfn, Found> find(int catalog, Collection<Lfn> lfns) {
        Set<Lfn> asked = new HashSet<>(lfns);
        lfns.forEach(lfn -> lfn.parent().ifPresent(asked::add));
        Map<Lfn, DirectoryRow> known = byPath(directories.find(catalog, asked));
        Set<Lfn> above = lfns.stream()
                .filter(lfn -> lfn.parent().filter(known::containsKey).isEmpty())
                .flatMap(lfn -> lfn.ancestors().stream())
                .filter(lfn -> !asked.contains(lfn))
                .collect(Collectors.toSet());
        if (!above.isEmpty()) {
            known.putAll(byPath(directories.find(catalog, above)));
        }
        Map<Lfn, FileRow> rows = files(known, lfns);
        Map<Lfn, Found> found = new LinkedHashMap<>();
        for (Lfn lfn : lfns) {
            found.put(
                    lfn,
                    new Found(
                            lfn,
                            Optional.ofNullable(known.get(lfn)),
                            Optional.ofNullable(rows.get(lfn)),
                            nearest(known, lfn)));
        }
        return found;
    }

    /** The same, of which the directories that they are in are held shared. */
    public Map<Lfn, Found> findHeld(int catalog, Collection<Lfn> lfns) {
        directories.hold(
                catalog, lfns.stream().flatMap(lfn -> lfn.parent().stream()).collect(Collectors.toSet()), Hold.SHARED);
        return find(catalog, lfns);
    }

    /** The same, of which these, the directories that they are in, and all below some of them are held exclusively. */
    public Map<Lfn, Found> findAlone(int catalog, Collection<Lfn> lfns, Collection<Lfn> wholeTrees) {
        directories.guard(catalog, lfns);
        Set<Lfn> paths = new TreeSet<>(lfns);
        lfns.forEach(lfn -> lfn.parent().ifPresent(paths::add));
        wholeTrees.forEach(top -> paths.addAll(directories.below(catalog, top)));
        directories.hold(catalog, paths, Hold.EXCLUSIVE);
        return find(catalog, lfns);
    }

    /** The directories, which are made where they are missing and may be made, with all above. */
    public Provided provide(Visit visit, Collection<Lfn> wanted) {
        Map<Lfn, Found> found = find(visit.catalog(), wanted);
        if (found.values().stream().allMatch(one -> one.directory().isPresent())) {
            Map<Lfn, DirectoryRow> held = byPath(directories.hold(visit.catalog(), wanted, Hold.SHARED));
            if (held.keySet().containsAll(wanted)) {
                return new Provided(held, Set.of(), Map.of());
            }
            // who removes one may wait for those that are held now
            if (!directories.tryGuard(visit.catalog(), wanted)) {
                throw new Unavailable("A directory is being moved or removed; try again");
            }
        } else {
            directories.guard(visit.catalog(), wanted);
        }
        return make(visit, find(visit.catalog(), wanted));
    }

    /** Makes what is missing; nobody else makes, moves or removes directories meanwhile. */
    private Provided make(Visit visit, Map<Lfn, Found> wanted) {
        Map<Lfn, Problem> failed = new HashMap<>();
        Map<Lfn, DirectoryRow> missing = new TreeMap<>();
        wanted.forEach((lfn, found) -> {
            if (found.file().isPresent()) {
                failed.put(lfn, Visit.conflict(lfn + " is a file"));
            } else if (found.directory().isEmpty()) {
                visit.rights()
                        .refusal(CatalogOperation.MAKE, found)
                        .ifPresentOrElse(
                                problem -> failed.put(lfn, problem),
                                () -> missing.put(lfn, found.nearest().orElseThrow()));
            }
        });
        directories.hold(
                visit.catalog(),
                missing.values().stream().map(DirectoryRow::path).collect(Collectors.toSet()),
                Hold.EXCLUSIVE);
        Map<Lfn, List<Lfn>> chains = new HashMap<>();
        missing.forEach((lfn, nearest) -> chains.put(lfn, chain(nearest.path(), lfn)));
        Set<Lfn> inTheWay = files(
                        byPath(missing.values()),
                        chains.values().stream().map(chain -> chain.get(0)).collect(Collectors.toSet()))
                .keySet();
        chains.forEach((lfn, chain) -> {
            if (inTheWay.contains(chain.get(0))) {
                failed.put(lfn, Visit.conflict(chain.get(0) + " is a file"));
            }
        });
        chains.keySet().removeAll(failed.keySet());
        Set<Lfn> made = new TreeSet<>();
        int deepest = chains.values().stream().mapToInt(List::size).max().orElse(0);
        for (int level = 0; level < deepest; level++) {
            Set<Lfn> paths = new TreeSet<>();
            for (List<Lfn> chain : chains.values()) {
                if (level < chain.size()) {
                    paths.add(chain.get(level));
                }
            }
            add(visit, paths);
            made.addAll(paths);
        }
        return new Provided(byPath(directories.hold(visit.catalog(), wanted.keySet(), Hold.SHARED)), made, failed);
    }

    private void add(Visit visit, Set<Lfn> paths) {
        CatalogActor actor = visit.actor();
        String vo = actor.vo().text();
        List<Lfn> common = paths.stream().filter(actor::isCommon).toList();
        if (!common.isEmpty()) {
            directories.add(
                    visit.catalog(),
                    common,
                    catalogs.user(vo, Ownership.NOBODY),
                    catalogs.group(vo, Ownership.NOBODY),
                    COMMON_MODE,
                    visit.now());
        }
        List<Lfn> own = paths.stream().filter(path -> !actor.isCommon(path)).toList();
        if (!own.isEmpty()) {
            directories.add(
                    visit.catalog(),
                    own,
                    catalogs.user(vo, actor.user().text()),
                    catalogs.group(vo, actor.group().text()),
                    visit.settings().defaultMode(actor.vo()),
                    visit.now());
        }
    }

    private static List<Lfn> chain(Lfn above, Lfn lfn) {
        List<Lfn> chain = new ArrayList<>(lfn.ancestors());
        chain.add(lfn);
        return chain.subList(chain.indexOf(above) + 1, chain.size());
    }

    private Map<Lfn, FileRow> files(Map<Lfn, DirectoryRow> known, Collection<Lfn> lfns) {
        List<FileRepository.Key> keys = lfns.stream()
                .flatMap(lfn -> lfn
                        .parent()
                        .flatMap(parent -> Optional.ofNullable(known.get(parent)))
                        .map(parent -> new FileRepository.Key(parent.id(), lfn.name()))
                        .stream())
                .distinct()
                .toList();
        return files.find(keys).stream().collect(Collectors.toMap(FileRow::lfn, row -> row));
    }

    private static Optional<DirectoryRow> nearest(Map<Lfn, DirectoryRow> known, Lfn lfn) {
        Optional<Lfn> above = lfn.parent();
        while (above.isPresent()) {
            DirectoryRow row = known.get(above.get());
            if (row != null) {
                return Optional.of(row);
            }
            above = above.get().parent();
        }
        return Optional.empty();
    }

    private static Map<Lfn, DirectoryRow> byPath(Collection<DirectoryRow> rows) {
        Map<Lfn, DirectoryRow> byPath = new HashMap<>();
        rows.forEach(row -> byPath.put(row.path(), row));
        return byPath;
    }
}
