/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.metadata.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.diracee.dms.catalog.boundary.CatalogEntry;
import org.diracee.dms.catalog.boundary.CatalogLookup;
import org.diracee.dms.metadata.boundary.FieldTarget;
import org.diracee.dms.metadata.boundary.FieldType;
import org.diracee.dms.metadata.boundary.MetadataQuery;
import org.diracee.dms.metadata.boundary.MetadataQuery.Operator;
import org.diracee.dms.metadata.boundary.MetadataValue;
import org.diracee.dms.metadata.entity.FieldRow;
import org.diracee.dms.metadata.entity.FileKey;
import org.diracee.dms.metadata.entity.MetadataRepository;
import org.diracee.dms.metadata.entity.MetadataSearchRepository;
import org.diracee.dms.metadata.entity.MetadataSearchRepository.FileConditions;
import org.diracee.dms.metadata.entity.MetadataSearchRepository.Hit;
import org.diracee.dms.metadata.entity.MetadataSearchRepository.Slice;
import org.diracee.dms.metadata.entity.MetadataSearchRepository.Witness;
import org.diracee.dms.metadata.entity.MetadataSetRepository;
import org.diracee.dms.metadata.entity.TypedCondition;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.error.Problem;
import org.diracee.kernel.paging.BulkResult;
import org.diracee.kernel.paging.Page;
import org.diracee.kernel.paging.PageRequest;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.VoName;

/**
 * Finds what meets a query. The conditions on directories select trees first, which takes one look into the index for each; then
 * files are taken from there in order, or, if few files meet one of the conditions on files, those are looked at alone. What the
 * caller may not see is left out by the rule of the catalogue.
 */
@ApplicationScoped
public class MetadataFinding {

    /** The most directories that may have a value that one condition asks for. */
    static final int MOST_TREES = 100_000;

    /** So many files are better looked at one by one than all directories. */
    private static final int FEW = 10_000;

    /** What one page looks at, be it shown or not. */
    private static final int MOST_LOOKED_AT = 20_000;

    private static final String BY_NUMBER = "#";
    private static final int MOST_VALUES = 10_000;
    private static final int SLICES = 64;
    private static final int MOST_SLICES = 4096;
    private static final int BATCH = 1000;

    private CatalogLookup catalog;
    private MetadataRepository metadata;
    private MetadataSearchRepository search;
    private MetadataSetRepository sets;
    private Clock clock;

    protected MetadataFinding() {} // for the container's proxy

    @Inject
    public MetadataFinding(
            CatalogLookup catalog,
            MetadataRepository metadata,
            MetadataSearchRepository search,
            MetadataSetRepository sets,
            Clock clock) {
        this.catalog = catalog;
        this.metadata = metadata;
        this.search = search;
        this.sets = sets;
        this.clock = clock;
    }

    /** A query below a path, as far as the index of directories answers it; empty if there is no such path yet. */
    private record Begun(
            int catalog, VoName vo, TypedQuery query, Optional<DirectorySelection> selection, Instant since) {}

    /** A file or directory that the caller sees, with its number. */
    public record Seen(long id, CatalogEntry entry) {}

    /** The files below a path that meet the query. */
    public Page<Seen> files(Caller caller, MetadataQuery query, Lfn path, PageRequest request) {
        Begun begun = begin(caller, query, path);
        if (begun.selection().isEmpty()) {
            return new Page<>(List.of(), Optional.empty());
        }
        DirectorySelection selection = begun.selection().get();
        FileConditions conditions =
                new FileConditions(begun.query().files(), begun.query().keys());
        Optional<Hit> after = request.cursor().map(cursor -> position(begun.catalog(), FieldTarget.FILE, cursor));
        Optional<List<Hit>> few = few(begun, selection, conditions, after);
        BiFunction<Optional<Hit>, Integer, List<Hit>> source = few.<BiFunction<Optional<Hit>, Integer, List<Hit>>>map(
                        hits -> (from, limit) -> next(hits, from, limit))
                .orElseGet(() -> (from, limit) -> walk(
                        begun,
                        selection,
                        from,
                        limit,
                        (slices, most) -> search.filesIn(begun.catalog(), slices, conditions, most)));
        return page(
                source,
                hit -> selection.place(hit.directory()).isPresent(),
                after,
                request.limit(),
                ids -> catalog.visibleFiles(caller, ids));
    }

    /** The directories below a path that meet the query. */
    public Page<Seen> directories(Caller caller, MetadataQuery query, Lfn path, PageRequest request) {
        Begun begun = begin(caller, query, path);
        requireOfDirectories(begun.query());
        if (begun.selection().isEmpty()) {
            return new Page<>(List.of(), Optional.empty());
        }
        DirectorySelection selection = begun.selection().get();
        return page(
                (from, limit) -> walk(
                        begun,
                        selection,
                        from,
                        limit,
                        (slices, most) -> search.directoriesIn(begun.catalog(), slices, most)),
                hit -> selection.place(hit.directory()).isPresent(),
                request.cursor().map(cursor -> position(begun.catalog(), FieldTarget.DIRECTORY, cursor)),
                request.limit(),
                ids -> catalog.visibleDirectories(caller, ids));
    }

    /** Those of files, which come in an order of theirs, that the caller sees. */
    public Page<Seen> visible(
            Caller caller, BiFunction<Optional<Hit>, Integer, List<Hit>> source, PageRequest request) {
        int number = catalog.asker(caller).catalog();
        return page(
                source,
                hit -> true,
                request.cursor().map(cursor -> position(number, FieldTarget.FILE, cursor)),
                request.limit(),
                ids -> catalog.visibleFiles(caller, ids));
    }

    /** The values that the fields of directories have where the query is met. */
    public Map<String, List<MetadataValue>> values(Caller caller, MetadataQuery query, Lfn path) {
        Begun begun = begin(caller, query, path);
        requireOfDirectories(begun.query());
        Map<String, List<MetadataValue>> values = new TreeMap<>();
        Set<Integer> fields = new HashSet<>();
        metadata.declared(begun.catalog(), begun.vo()).stream()
                .filter(field ->
                        field.target() == FieldTarget.DIRECTORY && !field.type().equals(Optional.of(FieldType.METASET)))
                .forEach(field -> {
                    values.put(field.name(), new ArrayList<>());
                    fields.add(field.id());
                });
        if (begun.selection().isEmpty() || fields.isEmpty()) {
            return values;
        }
        DirectorySelection selection = begun.selection().get();
        List<Witness> witnesses = search.values(
                begun.catalog(),
                fields,
                selection.above(),
                selection.slices(Optional.empty()).stream()
                        .filter(slice -> slice.from().endsWith("/"))
                        .toList(),
                selection.holes(),
                MOST_VALUES + 1);
        if (witnesses.size() > MOST_VALUES) {
            throw new InvalidRequest(
                    ErrorCode.QUERY_TOO_EXPENSIVE,
                    "More than " + MOST_VALUES + " values are there; give a path, or more conditions on directories");
        }
        Set<Long> visible = catalog.visibleDirectories(
                        caller, witnesses.stream().map(Witness::directory).collect(Collectors.toSet()))
                .keySet();
        for (Witness witness : witnesses) {
            List<MetadataValue> known = values.getOrDefault(witness.name(), List.of());
            if (visible.contains(witness.directory()) && !known.contains(witness.value())) {
                known.add(witness.value());
            }
        }
        return values;
    }

    /** The fields that a VO has declared, by name. */
    public Map<String, FieldRow> fields(int catalogNumber, VoName vo) {
        return metadata.declared(catalogNumber, vo).stream().collect(Collectors.toMap(FieldRow::name, row -> row));
    }

    private Begun begin(Caller caller, MetadataQuery asked, Lfn path) {
        CatalogLookup.Asker asker = catalog.asker(caller);
        Lfn top = path.equals(Lfn.ROOT) ? Lfn.ROOT.child(asker.vo().text()) : path;
        BulkResult<Lfn, CatalogLookup.Place> listed = catalog.listed(caller, List.of(top));
        Problem problem = listed.failed().get(top);
        VoName vo = top.vo().orElse(asker.vo());
        if (problem != null && !(problem.code() == ErrorCode.NOT_FOUND && path.equals(Lfn.ROOT))) {
            throw problem.code() == ErrorCode.FORBIDDEN ? new Forbidden(problem.detail()) : new NoDirectory(problem);
        }
        TypedQuery query =
                TypedQuery.of(asked, fields(asker.catalog(), vo), name -> sets.find(asker.catalog(), vo, name)
                        .map(MetadataSetRepository.SetRow::query));
        return new Begun(
                asker.catalog(),
                vo,
                query,
                problem == null ? Optional.of(selection(asker.catalog(), top, query)) : Optional.empty(),
                clock.instant());
    }

    /** There is no directory to search in, for all that the caller may know. */
    static final class NoDirectory extends DiracException {

        private static final long serialVersionUID = 1L;

        NoDirectory(Problem problem) {
            super(problem.code(), problem.detail());
        }
    }

    private DirectorySelection selection(int catalogNumber, Lfn top, TypedQuery query) {
        Set<String> above = top.ancestors().stream().map(Lfn::text).collect(Collectors.toSet());
        above.add(top.text());
        DirectorySelection selection = DirectorySelection.below(top.text());
        for (TypedCondition.OnField on : query.directories()) {
            List<String> paths = search.withValue(catalogNumber, on, above, top.text(), MOST_TREES + 1);
            if (paths.size() > MOST_TREES) {
                throw new InvalidRequest(
                        ErrorCode.QUERY_TOO_EXPENSIVE,
                        "More than " + MOST_TREES + " directories have a value of '"
                                + on.condition().name()
                                + "' that is asked for; give a path below which there are fewer");
            }
            Set<String> trees = new HashSet<>(paths);
            selection =
                    on.condition().operator() == Operator.MISSING ? selection.without(trees) : selection.within(trees);
        }
        return selection;
    }

    /** The files that one of the conditions leaves, in order, if these are few. */
    private Optional<List<Hit>> few(
            Begun begun, DirectorySelection selection, FileConditions conditions, Optional<Hit> after) {
        List<Long> fewest = null;
        for (TypedCondition.OnField on : conditions.fields()) {
            Optional<List<Long>> ids = search.candidates(on, FEW + 1);
            if (ids.isPresent() && (fewest == null || ids.get().size() < fewest.size())) {
                fewest = ids.get();
            }
        }
        for (TypedCondition.OnKey on : conditions.keys()) {
            if (on.key() == FileKey.GUID) {
                fewest = search.withGuids(on.condition(), FEW + 1);
            }
        }
        if (fewest == null || fewest.size() > FEW) {
            return Optional.empty();
        }
        Comparator<Hit> order = Comparator.<Hit, Integer>comparing(
                        hit -> selection.place(hit.directory()).orElseThrow())
                .thenComparing(Hit::directory)
                .thenComparing(Hit::name);
        return Optional.of(search.filesAmong(begun.catalog(), fewest, conditions).stream()
                .filter(hit -> selection.place(hit.directory()).isPresent())
                .filter(hit -> after.isEmpty() || selection.isAfter(hit, after.get()))
                .sorted(order)
                .toList());
    }

    private static List<Hit> next(List<Hit> hits, Optional<Hit> from, int limit) {
        int begin = from.map(hits::indexOf).orElse(-1) + 1; // where it is none of them, all are left
        return hits.subList(begin, Math.min(hits.size(), begin + limit));
    }

    /** The next things that the trees hold, in larger and larger portions of the trees where they hold little. */
    private List<Hit> walk(
            Begun begun,
            DirectorySelection selection,
            Optional<Hit> from,
            int limit,
            BiFunction<List<Slice>, Integer, List<Hit>> source) {
        List<Slice> slices = selection.slices(from);
        List<Hit> hits = new ArrayList<>();
        int portion = SLICES;
        for (int begin = 0; begin < slices.size() && hits.size() < limit; ) {
            if (begun.since().plus(MetadataSearchRepository.TIME_LIMIT).isBefore(clock.instant())) {
                throw MetadataSearchRepository.tooLong();
            }
            int end = Math.min(slices.size(), begin + portion);
            hits.addAll(source.apply(slices.subList(begin, end), limit - hits.size()));
            begin = end;
            portion = Math.min(MOST_SLICES, portion * 2);
        }
        return hits;
    }

    private static Page<Seen> page(
            BiFunction<Optional<Hit>, Integer, List<Hit>> source,
            Predicate<Hit> isWanted,
            Optional<Hit> after,
            int limit,
            Function<List<Long>, Map<Long, CatalogEntry>> visible) {
        List<Seen> shown = new ArrayList<>();
        Optional<Hit> last = after;
        Optional<Hit> lastShown = after;
        int lookedAt = 0;
        while (true) {
            int wanted = Math.min(BATCH, limit + 1);
            List<Hit> hits = source.apply(last, wanted);
            List<Hit> selected = hits.stream().filter(isWanted).toList();
            Map<Long, CatalogEntry> entries =
                    visible.apply(selected.stream().map(Hit::id).toList());
            for (Hit hit : selected) {
                CatalogEntry entry = entries.get(hit.id());
                if (entry == null) {
                    continue;
                }
                if (shown.size() == limit) {
                    return new Page<>(shown, lastShown.map(MetadataFinding::cursor));
                }
                shown.add(new Seen(hit.id(), entry));
                lastShown = Optional.of(hit);
            }
            if (hits.size() < wanted) {
                return new Page<>(shown, Optional.empty());
            }
            last = Optional.of(hits.get(hits.size() - 1));
            lookedAt += hits.size();
            if (lookedAt >= MOST_LOOKED_AT) {
                // among much that is not for this caller a page is short, so that it ends
                return new Page<>(
                        shown,
                        shown.size() == limit
                                ? lastShown.map(MetadataFinding::cursor)
                                : last.map(hit ->
                                        encoded(BY_NUMBER + hit.id()))); // its name is perhaps not for this caller
            }
        }
    }

    private static void requireOfDirectories(TypedQuery query) {
        if (!query.isOfDirectories()) {
            String name = query.files().stream()
                    .map(on -> on.condition().name())
                    .findFirst()
                    .orElseGet(() -> query.keys().get(0).condition().name());
            throw new InvalidRequest("'" + name + "' is of files: allowed are fields of directories");
        }
    }

    private static String cursor(Hit hit) {
        return encoded(hit.directory() + "\n" + hit.name());
    }

    private static String encoded(String cursor) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(cursor.getBytes(StandardCharsets.UTF_8));
    }

    private Hit position(int catalogNumber, FieldTarget target, String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            if (text.startsWith(BY_NUMBER)) {
                return search.place(catalogNumber, target, Long.parseLong(text.substring(BY_NUMBER.length())))
                        .orElseThrow(
                                () -> new InvalidRequest(
                                        "What the page before ended with has been removed since: begin again without a cursor"));
            }
            String[] parts = text.split("\n", -1);
            if (parts.length == 2 && parts[1].indexOf('\0') < 0) {
                return new Hit(0, new Lfn(parts[0]).text(), parts[1]);
            }
        } catch (IllegalArgumentException | DiracException unknown) {
            // told below
        }
        throw new InvalidRequest("The cursor is none of ours: take the one that the page before gave");
    }
}
