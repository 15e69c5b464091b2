/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.catalog.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.diracee.dms.catalog.control.CatalogOperation;
import org.diracee.dms.catalog.control.Found;
import org.diracee.dms.catalog.control.Namespace;
import org.diracee.dms.catalog.control.Visit;
import org.diracee.dms.catalog.control.Visits;
import org.diracee.dms.catalog.entity.DirectoryRepository;
import org.diracee.dms.catalog.entity.DirectoryRow;
import org.diracee.dms.catalog.entity.FileRepository;
import org.diracee.dms.catalog.entity.FileRow;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.Problem;
import org.diracee.kernel.error.Unavailable;
import org.diracee.kernel.paging.BulkResult;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.VoName;

/** For other features of data management: what is under names, in numbers, and what the caller sees of it and may do with it. */
@ApplicationScoped
public class CatalogLookup {

    /** The most things that one call may name. */
    public static final int ITEMS = Visits.ITEMS;

    private Visits visits;
    private Namespace namespace;
    private DirectoryRepository directories;
    private FileRepository files;

    protected CatalogLookup() {} // for the container's proxy

    @Inject
    public CatalogLookup(Visits visits, Namespace namespace, DirectoryRepository directories, FileRepository files) {
        this.visits = visits;
        this.namespace = namespace;
        this.directories = directories;
        this.files = files;
    }

    /**
     * Whom a call is for.
     *
     * @param admin whether modes do not bind him in his VO
     */
    public record Asker(int catalog, VoName vo, String user, String group, boolean admin, Instant now) {}

    /** A file or directory by its number. */
    public record Place(Lfn lfn, long id, boolean isFile) {}

    public Asker asker(Caller caller) {
        Visit visit = visits.begin(caller, 1);
        return new Asker(
                visit.catalog(),
                visit.actor().vo(),
                visit.actor().user().text(),
                visit.actor().group().text(),
                visit.actor().admin(),
                visit.now());
    }

    /** What the caller sees under these names. */
    public BulkResult<Lfn, Place> seen(Caller caller, Collection<Lfn> asked) {
        Visit visit = visits.begin(caller, asked.size());
        return places(visit, namespace.find(visit.catalog(), asked), CatalogOperation.READ_ENTRY);
    }

    /**
     * What the caller may change under these names, held until the transaction ends; while it holds directories, nobody moves, makes
     * or removes any in the VO.
     */
    public BulkResult<Lfn, Place> held(Caller caller, Collection<Lfn> asked) {
        Visit visit = visits.begin(caller, asked.size());
        Map<Lfn, Found> found = namespace.find(visit.catalog(), asked);
        boolean guarded =
                found.values().stream().anyMatch(one -> one.directory().isPresent());
        if (guarded) {
            directories.guard(visit.catalog(), asked);
        }
        found = namespace.findHeld(visit.catalog(), asked);
        if (!guarded && found.values().stream().anyMatch(one -> one.directory().isPresent())) {
            throw new Unavailable("A directory is being made or moved; try again");
        }
        Set<Long> held = files.hold(found.values().stream()
                .flatMap(one -> one.file().stream())
                .map(FileRow::id)
                .toList());
        BulkResult<Lfn, Place> places = places(visit, found, CatalogOperation.CHANGE_FILE);
        Map<Lfn, Place> success = new LinkedHashMap<>(places.success());
        Map<Lfn, Problem> failed = new LinkedHashMap<>(places.failed());
        places.success().forEach((lfn, place) -> {
            if (place.isFile() && !held.contains(place.id())) {
                success.remove(lfn);
                failed.put(lfn, Visit.notFound(lfn));
            }
        });
        return new BulkResult<>(success, failed);
    }

    /** The directories that the caller may list. */
    public BulkResult<Lfn, Place> listed(Caller caller, Collection<Lfn> asked) {
        Visit visit = visits.begin(caller, asked.size());
        BulkResult<Lfn, Place> places = places(visit, namespace.find(visit.catalog(), asked), CatalogOperation.LIST);
        Map<Lfn, Place> success = new LinkedHashMap<>(places.success());
        Map<Lfn, Problem> failed = new LinkedHashMap<>(places.failed());
        places.success().values().stream().filter(Place::isFile).map(Place::lfn).forEach(lfn -> {
            success.remove(lfn);
            failed.put(lfn, new Problem(ErrorCode.INVALID_REQUEST, lfn + " is a file: only directories can be listed"));
        });
        return new BulkResult<>(success, failed);
    }

    /**
     * By name the directory that something of the name would be in, if the caller may make something there.
     *
     * @param free whether a file or directory of the name is in the way
     * @param held whether no such directory may be moved or removed until the transaction ends
     */
    public BulkResult<Lfn, Place> roomFor(Caller caller, Collection<Lfn> asked, boolean free, boolean held) {
        Visit visit = visits.begin(caller, asked.size());
        Map<Lfn, Place> success = new LinkedHashMap<>();
        Map<Lfn, Problem> failed = new LinkedHashMap<>();
        Map<Lfn, Found> all =
                held ? namespace.findHeld(visit.catalog(), asked) : namespace.find(visit.catalog(), asked);
        all.forEach((lfn, any) -> {
            Found found = visit.rights().seen(CatalogOperation.MAKE, any);
            visit.rights()
                    .refusal(CatalogOperation.MAKE, found)
                    .or(() -> free && found.exists() ? Optional.of(Visit.conflict(lfn + " exists")) : Optional.empty())
                    .ifPresentOrElse(problem -> failed.put(lfn, problem), () -> found.parent()
                            .ifPresentOrElse(
                                    parent -> success.put(lfn, new Place(parent.path(), parent.id(), false)),
                                    () -> failed.put(
                                            lfn, Visit.notFound(lfn.parent().orElse(Lfn.ROOT)))));
        });
        return new BulkResult<>(success, failed);
    }

    /** Those of these files that the caller sees, by number. */
    public Map<Long, CatalogEntry> visibleFiles(Caller caller, Collection<Long> ids) {
        Visit visit = visits.begin(caller, 1);
        List<FileRow> rows = files.withIds(ids);
        Map<Long, DirectoryRow> parents =
                directories.withIds(rows.stream().map(FileRow::directory).collect(Collectors.toSet())).stream()
                        .collect(Collectors.toMap(DirectoryRow::id, Function.identity()));
        Map<Long, CatalogEntry> visible = new HashMap<>();
        for (FileRow row : rows) {
            Found found = new Found(
                    row.lfn(), Optional.empty(), Optional.of(row), Optional.ofNullable(parents.get(row.directory())));
            if (visit.rights().allow(CatalogOperation.READ_ENTRY, found)) {
                visible.put(row.id(), CatalogEntry.of(row, List.of()));
            }
        }
        return visible;
    }

    /** Those of these directories that the caller sees, by number. */
    public Map<Long, CatalogEntry> visibleDirectories(Caller caller, Collection<Long> ids) {
        Visit visit = visits.begin(caller, 1);
        List<DirectoryRow> rows = directories.withIds(ids);
        Map<Lfn, DirectoryRow> parents = directories
                .find(
                        visit.catalog(),
                        rows.stream()
                                .flatMap(row -> row.path().parent().stream())
                                .collect(Collectors.toSet()))
                .stream()
                .collect(Collectors.toMap(DirectoryRow::path, Function.identity()));
        Map<Long, CatalogEntry> visible = new HashMap<>();
        for (DirectoryRow row : rows) {
            Found found = new Found(
                    row.path(),
                    Optional.of(row),
                    Optional.empty(),
                    row.path().parent().flatMap(parent -> Optional.ofNullable(parents.get(parent))));
            if (visit.rights().allow(CatalogOperation.READ_ENTRY, found)) {
                visible.put(row.id(), CatalogEntry.of(row));
            }
        }
        return visible;
    }

    private static BulkResult<Lfn, Place> places(Visit visit, Map<Lfn, Found> all, CatalogOperation operation) {
        Map<Lfn, Place> success = new LinkedHashMap<>();
        Map<Lfn, Problem> failed = new LinkedHashMap<>();
        all.forEach((lfn, any) -> {
            Found found = visit.rights().seen(operation, any);
            Optional<Problem> refusal = visit.actor().isAtHome(lfn) || found.exists()
                    ? visit.rights().refusal(operation, found)
                    : Optional.empty();
            refusal.ifPresentOrElse(problem -> failed.put(lfn, problem), () -> place(found)
                    .ifPresentOrElse(place -> success.put(lfn, place), () -> failed.put(lfn, Visit.notFound(lfn))));
        });
        return new BulkResult<>(success, failed);
    }

    private static Optional<Place> place(Found found) {
        return found.directory()
                .map(row -> new Place(found.lfn(), row.id(), false))
                .or(() -> found.file().map(row -> new Place(found.lfn(), row.id(), true)));
    }
}
