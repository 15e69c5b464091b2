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
 */
@ApplicationScoped
public class Namespace {

    private static final int TRIES = 20;
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
        Set<Lfn> above = new TreeSet<>(lfns);
        lfns.forEach(lfn -> lfn.parent().ifPresent(above::add));
        Set<Long> held = Set.of();
        for (int tries = 0; tries < TRIES; tries++) {
            Set<Lfn> paths = new TreeSet<>(above);
            wholeTrees.forEach(top -> paths.addAll(directories.below(catalog, top)));
            Set<Long> now = directories.hold(catalog, paths, Hold.EXCLUSIVE).stream()
                    .map(DirectoryRow::id)
                    .collect(Collectors.toSet());
            // who makes a directory holds the one it is in: if there are no more now, there will be no more
            if (now.equals(held)) {
                return find(catalog, lfns);
            }
            held = now;
        }
        throw busy();
    }

    /** The directories, which are made where they are missing and may be made, with all above. */
    public Provided provide(Visit visit, Collection<Lfn> wanted) {
        Set<Lfn> made = new TreeSet<>();
        Map<Lfn, Problem> blocked = new HashMap<>();
        for (int tries = 0; tries < TRIES; tries++) {
            Map<Lfn, Problem> failed = new HashMap<>(blocked);
            Set<Lfn> there = new TreeSet<>();
            Map<Lfn, DirectoryRow> missing = new TreeMap<>();
            find(visit.catalog(), wanted).forEach((lfn, found) -> {
                if (found.directory().isPresent()) {
                    there.add(lfn);
                } else if (found.file().isPresent()) {
                    failed.put(lfn, Visit.conflict(lfn + " is a file"));
                } else if (!blocked.containsKey(lfn)) {
                    visit.rights()
                            .refusal(CatalogOperation.MAKE, found)
                            .ifPresentOrElse(
                                    problem -> failed.put(lfn, problem),
                                    () -> missing.put(lfn, found.nearest().orElseThrow()));
                }
            });
            if (missing.isEmpty()) {
                Map<Lfn, DirectoryRow> held = byPath(directories.hold(visit.catalog(), there, Hold.SHARED));
                if (held.keySet().equals(there)) {
                    return new Provided(held, made, failed);
                }
            } else {
                make(visit, there, missing, made, blocked);
            }
        }
        throw busy();
    }

    /** Makes what is missing if, once nobody else can, it is missing still. */
    private void make(
            Visit visit, Set<Lfn> there, Map<Lfn, DirectoryRow> missing, Set<Lfn> made, Map<Lfn, Problem> blocked) {
        Set<Lfn> held = new TreeSet<>(there);
        missing.values().forEach(nearest -> held.add(nearest.path()));
        directories.hold(visit.catalog(), held, Hold.EXCLUSIVE);
        boolean unchanged = find(visit.catalog(), missing.keySet()).values().stream()
                .allMatch(found -> found.directory().isEmpty()
                        && found.nearest().equals(Optional.ofNullable(missing.get(found.lfn()))));
        if (!unchanged) {
            return;
        }
        Map<Lfn, List<Lfn>> chains = new HashMap<>();
        missing.forEach((lfn, nearest) -> chains.put(lfn, chain(nearest.path(), lfn)));
        Map<Lfn, FileRow> inTheWay = files(
                byPath(missing.values()),
                chains.values().stream().map(chain -> chain.get(0)).collect(Collectors.toSet()));
        chains.forEach((lfn, chain) -> {
            if (inTheWay.containsKey(chain.get(0))) {
                blocked.put(lfn, Visit.conflict(chain.get(0) + " is a file"));
            }
        });
        chains.keySet().removeAll(blocked.keySet());
        int deepest = chains.values().stream().mapToInt(List::size).max().orElse(0);
        for (int level = 0; level < deepest; level++) {
            Set<Lfn> paths = new TreeSet<>();
            for (List<Lfn> chain : chains.values()) {
                if (level < chain.size()) {
                    paths.add(chain.get(level));
                }
            }
            paths.removeAll(made);
            add(visit, paths);
            made.addAll(paths);
        }
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

    private static Unavailable busy() {
        return new Unavailable("Directories change too fast here; try again");
    }
}
