/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.metadata.boundary;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.diracee.dms.catalog.boundary.CatalogEntry;
import org.diracee.dms.catalog.boundary.CatalogLookup;
import org.diracee.dms.metadata.boundary.Dataset.Check;
import org.diracee.dms.metadata.boundary.Dataset.Figures;
import org.diracee.dms.metadata.boundary.Dataset.NewDataset;
import org.diracee.dms.metadata.control.MetadataFinding;
import org.diracee.dms.metadata.control.MetadataFinding.Seen;
import org.diracee.dms.metadata.entity.DatasetRepository;
import org.diracee.dms.metadata.entity.DatasetRepository.DatasetRow;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.error.Problem;
import org.diracee.kernel.paging.BulkResult;
import org.diracee.kernel.paging.Page;
import org.diracee.kernel.paging.PageRequest;
import org.diracee.kernel.value.InvalidValue;
import org.diracee.kernel.value.Lfn;

/**
 * Queries that are kept under a name in a directory. Who may list the directory sees them, who may write in it makes, changes and
 * removes them. Figures tell what whoever had them counted may see.
 *
 * @see "DMS reference 3.8"
 */
@Stateless
public class Datasets {

    /** How many a call that counts may name. */
    private static final int MOST_COUNTED = 10;

    private static final int MOST_LISTED = 200;
    private static final int MOST_FILES = 100_000;
    private static final Duration TIME_LIMIT = Duration.ofSeconds(60);
    private static final int LONGEST_NAME = 128;
    private static final int LONGEST_ANNOTATION = 512;

    private CatalogLookup catalog;
    private MetadataFinding finding;
    private DatasetRepository datasets;

    protected Datasets() {} // for the container's proxy

    @Inject
    public Datasets(CatalogLookup catalog, MetadataFinding finding, DatasetRepository datasets) {
        this.catalog = catalog;
        this.finding = finding;
        this.datasets = datasets;
    }

    /** Why one of many cannot be done. */
    private static final class Refused extends DiracException {

        private static final long serialVersionUID = 1L;

        Refused(ErrorCode code, String detail) {
            super(code, detail);
        }
    }

    /** Makes datasets and counts them; one that is there with the same query already is well. */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public BulkResult<Lfn, Dataset> add(Caller caller, Map<Lfn, NewDataset> asked) {
        CatalogLookup.Asker asker = catalog.asker(caller);
        return counted(
                caller,
                asked.keySet(),
                true,
                (lfn, directory, end) -> {
                    NewDataset wanted = Objects.requireNonNull(asked.get(lfn));
                    if (lfn.name().length() > LONGEST_NAME) {
                        throw new InvalidValue(
                                "name of a dataset", lfn.name(), "at most " + LONGEST_NAME + " characters");
                    }
                    return files(caller, wanted.query(), place(lfn, wanted), end);
                },
                (lfn, directory, counted) -> {
                    NewDataset wanted = Objects.requireNonNull(asked.get(lfn));
                    datasets.add(
                            directory,
                            lfn.name(),
                            place(lfn, wanted),
                            wanted.query(),
                            asker.user(),
                            asker.group(),
                            counted.figures(),
                            asker.now());
                    DatasetRow row = existing(directory, lfn);
                    if (!row.query().asks(wanted.query()) || !row.path().equals(place(lfn, wanted))) {
                        throw new Refused(ErrorCode.CONFLICT, "The dataset " + lfn + " exists with another query");
                    }
                    return dataset(lfn, row);
                });
    }

    /** Where a dataset looks, which must not depend on whose VO asks. */
    private static Lfn place(Lfn lfn, NewDataset wanted) {
        return lfn.vo()
                .filter(vo -> wanted.path().equals(Lfn.ROOT))
                .map(vo -> Lfn.ROOT.child(vo.text()))
                .orElse(wanted.path());
    }

    /** What is known of datasets. */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public BulkResult<Lfn, Dataset> show(Caller caller, Collection<Lfn> asked) {
        return seen(caller, asked, Datasets::dataset);
    }

    /**
     * The datasets in a directory, by name; some hundred on a page, as queries may be long.
     *
     * @param pattern of their names, in which {@code *} stands for any characters
     */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public Page<Dataset> list(Caller caller, Lfn directory, String pattern, PageRequest request) {
        if ((pattern + request.cursor().orElse("")).chars().anyMatch(Character::isISOControl)) {
            throw new InvalidRequest("The pattern or the cursor has control characters: allowed are others");
        }
        BulkResult<Lfn, CatalogLookup.Place> listed = catalog.listed(caller, List.of(directory));
        Problem problem = listed.failed().get(directory);
        if (problem != null) {
            throw problem.code() == ErrorCode.FORBIDDEN
                    ? new Forbidden(problem.detail())
                    : new Refused(problem.code(), problem.detail());
        }
        int limit = Math.min(request.limit(), MOST_LISTED);
        List<DatasetRow> rows = datasets.in(
                Objects.requireNonNull(listed.success().get(directory)).id(),
                pattern,
                request.cursor().orElse(""),
                limit + 1);
        List<DatasetRow> shown = rows.subList(0, Math.min(rows.size(), limit));
        return new Page<>(
                shown.stream()
                        .map(row -> dataset(directory.child(row.name()), row))
                        .toList(),
                rows.size() > shown.size()
                        ? Optional.of(shown.get(shown.size() - 1).name())
                        : Optional.empty());
    }

    /** The files of a dataset that the caller may see: those that it was frozen with, or those that the query finds. */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public Page<CatalogEntry> files(Caller caller, Lfn lfn, PageRequest request) {
        BulkResult<Lfn, DatasetRow> seen = seen(caller, List.of(lfn), (name, row) -> row);
        Problem problem = seen.failed().get(lfn);
        if (problem != null) {
            throw problem.code() == ErrorCode.FORBIDDEN
                    ? new Forbidden(problem.detail())
                    : new Refused(problem.code(), problem.detail());
        }
        Page<Seen> page = page(caller, Objects.requireNonNull(seen.success().get(lfn)), request);
        return new Page<>(page.items().stream().map(Seen::entry).toList(), page.next());
    }

    /** Counts datasets, and tells what they were and are. */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public BulkResult<Lfn, Check> check(Caller caller, Collection<Lfn> asked) {
        requireAtMost(asked, MOST_COUNTED);
        Instant end = end(caller);
        return seen(
                caller,
                asked,
                (lfn, row) -> new Check(row.figures(), files(caller, row, end).figures()));
    }

    /** Counts datasets, and keeps what they are. */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public BulkResult<Lfn, Dataset> update(Caller caller, Collection<Lfn> asked) {
        CatalogLookup.Asker asker = catalog.asker(caller);
        return counted(
                caller,
                asked,
                false,
                (lfn, directory, end) -> files(caller, existing(directory, lfn), end),
                (lfn, directory, counted) -> {
                    datasets.count(held(directory, lfn, counted).id(), counted.figures(), asker.now());
                    return dataset(lfn, existing(directory, lfn));
                });
    }

    /** Has datasets hold the files that they have now. */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public BulkResult<Lfn, Dataset> freeze(Caller caller, Collection<Lfn> asked) {
        CatalogLookup.Asker asker = catalog.asker(caller);
        return counted(
                caller,
                asked,
                false,
                (lfn, directory, end) -> files(caller, existing(directory, lfn), end),
                (lfn, directory, counted) -> {
                    DatasetRow row = held(directory, lfn, counted);
                    if (!row.frozen()) {
                        if (!datasets.freeze(row.id(), counted.files(), asker.now())) {
                            throw changed(lfn);
                        }
                        datasets.count(row.id(), counted.figures(), asker.now());
                    }
                    return dataset(lfn, existing(directory, lfn));
                });
    }

    /** Has datasets be what their queries find again. */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public BulkResult<Lfn, Dataset> release(Caller caller, Collection<Lfn> asked) {
        CatalogLookup.Asker asker = catalog.asker(caller);
        return changed(caller, asked, (lfn, directory) -> {
            datasets.release(held(directory, lfn).id(), asker.now());
            return dataset(lfn, existing(directory, lfn));
        });
    }

    /** Writes a text to each dataset; an empty one takes it away. */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public BulkResult<Lfn, Dataset> annotate(Caller caller, Map<Lfn, String> asked) {
        CatalogLookup.Asker asker = catalog.asker(caller);
        return changed(caller, asked.keySet(), (lfn, directory) -> {
            String text = Objects.requireNonNull(asked.get(lfn));
            if (text.length() > LONGEST_ANNOTATION || text.chars().anyMatch(Character::isISOControl)) {
                throw new InvalidRequest("The annotation of " + lfn + ": allowed is a text of at most "
                        + LONGEST_ANNOTATION + " characters, none a control character");
            }
            datasets.annotate(held(directory, lfn).id(), text, asker.now());
            return dataset(lfn, existing(directory, lfn));
        });
    }

    /** Removes datasets, not their files; tells of each whether it was there. */
    @Requires(callers = {CallerKind.USER, CallerKind.JOB})
    public BulkResult<Lfn, Boolean> remove(Caller caller, Collection<Lfn> asked) {
        return changed(caller, asked, (lfn, directory) -> datasets.remove(directory, lfn.name()));
    }

    /**
     * The files of a dataset.
     *
     * @param row the dataset as it was then; empty if it is a new one
     * @param files their numbers
     */
    private record Counted(Optional<DatasetRow> row, List<Long> files, Figures figures) {}

    /** Looks for the files of a dataset, until the end at most. */
    @FunctionalInterface
    private interface Count {
        Counted apply(Lfn lfn, long directory, Instant end);
    }

    /** Changes a dataset of which the files are known. */
    @FunctionalInterface
    private interface Change<V> {
        V apply(Lfn lfn, long directory, Counted counted);
    }

    /** Looks for the files first, and holds the directories only then: that would keep others waiting. */
    private <V> BulkResult<Lfn, V> counted(
            Caller caller, Collection<Lfn> asked, boolean free, Count count, Change<V> change) {
        requireAtMost(asked, MOST_COUNTED);
        BulkResult<Lfn, CatalogLookup.Place> rooms = catalog.roomFor(caller, asked, free, false);
        Instant end = end(caller);
        BulkResult<Lfn, Counted> counts =
                each(asked, rooms.failed(), lfn -> count.apply(lfn, directory(rooms, lfn), end));
        if (counts.success().isEmpty()) {
            return new BulkResult<>(Map.of(), counts.failed());
        }
        BulkResult<Lfn, CatalogLookup.Place> held =
                catalog.roomFor(caller, counts.success().keySet(), free, true);
        Map<Lfn, Problem> failed = new LinkedHashMap<>(counts.failed());
        failed.putAll(held.failed());
        return each(
                asked,
                failed,
                lfn -> change.apply(
                        lfn,
                        directory(held, lfn),
                        Objects.requireNonNull(counts.success().get(lfn))));
    }

    private <V> BulkResult<Lfn, V> changed(Caller caller, Collection<Lfn> asked, BiFunction<Lfn, Long, V> change) {
        requireAtMost(asked, CatalogLookup.ITEMS);
        BulkResult<Lfn, CatalogLookup.Place> rooms = catalog.roomFor(caller, asked, false, true);
        return each(asked, rooms.failed(), lfn -> change.apply(lfn, directory(rooms, lfn)));
    }

    private static long directory(BulkResult<Lfn, CatalogLookup.Place> rooms, Lfn lfn) {
        return Objects.requireNonNull(rooms.success().get(lfn)).id();
    }

    private <V> BulkResult<Lfn, V> seen(Caller caller, Collection<Lfn> asked, BiFunction<Lfn, DatasetRow, V> telling) {
        requireAtMost(asked, CatalogLookup.ITEMS);
        Set<Lfn> parents = asked.stream().map(Datasets::directory).collect(Collectors.toSet());
        BulkResult<Lfn, CatalogLookup.Place> listed = catalog.listed(caller, parents);
        return each(asked, Map.of(), lfn -> {
            Problem problem = listed.failed().get(directory(lfn));
            if (problem != null) {
                throw problem.code() == ErrorCode.FORBIDDEN ? new Forbidden(problem.detail()) : notFound(lfn);
            }
            return telling.apply(
                    lfn,
                    existing(
                            Objects.requireNonNull(listed.success().get(directory(lfn)))
                                    .id(),
                            lfn));
        });
    }

    /** One after the other, in one order, so that nobody waits in a ring; what fails for itself leaves the rest alone, what ends the transaction does not. */
    private static <V> BulkResult<Lfn, V> each(
            Collection<Lfn> asked, Map<Lfn, Problem> refused, Function<Lfn, V> work) {
        Map<Lfn, V> success = new TreeMap<>();
        Map<Lfn, Problem> failed = new TreeMap<>();
        for (Lfn lfn : new TreeSet<>(asked)) {
            Problem problem = refused.get(lfn);
            if (problem != null) {
                failed.put(lfn, problem);
                continue;
            }
            try {
                success.put(lfn, work.apply(lfn));
            } catch (DiracException failure) {
                if (failure.code() == ErrorCode.QUERY_TOO_EXPENSIVE) {
                    throw failure;
                }
                failed.put(lfn, new Problem(failure.code(), String.valueOf(failure.getMessage())));
            }
        }
        return new BulkResult<>(success, failed);
    }

    private Instant end(Caller caller) {
        return catalog.asker(caller).now().plus(TIME_LIMIT);
    }

    private Counted files(Caller caller, DatasetRow row, Instant end) {
        return all(caller, Optional.of(row), end, request -> page(caller, row, request));
    }

    private Counted files(Caller caller, MetadataQuery query, Lfn path, Instant end) {
        return all(caller, Optional.empty(), end, request -> finding.files(caller, query, path, request));
    }

    private Page<Seen> page(Caller caller, DatasetRow row, PageRequest request) {
        return row.frozen()
                ? finding.visible(caller, (after, limit) -> datasets.files(row.id(), after, limit), request)
                : finding.files(caller, row.query(), row.path(), request);
    }

    private Counted all(Caller caller, Optional<DatasetRow> row, Instant end, Function<PageRequest, Page<Seen>> pages) {
        List<Long> ids = new ArrayList<>();
        List<String> lfns = new ArrayList<>();
        long bytes = 0;
        Optional<String> cursor = Optional.empty();
        do {
            if (catalog.asker(caller).now().isAfter(end)) {
                throw new InvalidRequest(
                        ErrorCode.QUERY_TOO_EXPENSIVE,
                        "Counting took longer than " + TIME_LIMIT.toSeconds()
                                + " s, which is the most that a call may take; name fewer datasets, give a path, or more"
                                + " conditions");
            }
            Page<Seen> page = pages.apply(new PageRequest(PageRequest.MAX_LIMIT, cursor));
            for (Seen file : page.items()) {
                long size =
                        file.entry().file().map(CatalogEntry.FileFacts::size).orElse(0L);
                bytes = bytes > Long.MAX_VALUE - size ? Long.MAX_VALUE : bytes + size;
                ids.add(file.id());
                lfns.add(file.entry().lfn().text());
            }
            if (ids.size() > MOST_FILES) {
                throw new InvalidRequest(
                        ErrorCode.QUERY_TOO_EXPENSIVE, "A dataset has at most " + MOST_FILES + " files");
            }
            cursor = page.next();
        } while (cursor.isPresent());
        MessageDigest hash = md5();
        lfns.stream().sorted().forEach(lfn -> hash.update((lfn + "\n").getBytes(StandardCharsets.UTF_8)));
        return new Counted(
                row,
                ids,
                new Figures(ids.size(), bytes, HexFormat.of().withUpperCase().formatHex(hash.digest())));
    }

    /** Tells lists of files apart, as DIRAC does; nothing is secured by it. */
    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private DatasetRow held(long directory, Lfn lfn) {
        return datasets.hold(directory, lfn.name()).orElseThrow(() -> notFound(lfn));
    }

    /** The dataset, held, if it is the one that was counted. */
    private DatasetRow held(long directory, Lfn lfn, Counted counted) {
        DatasetRow row = held(directory, lfn);
        return counted.row()
                .filter(was -> was.id() == row.id() && was.frozen() == row.frozen())
                .map(was -> row)
                .orElseThrow(() -> changed(lfn));
    }

    private static Refused changed(Lfn lfn) {
        return new Refused(ErrorCode.CONFLICT, "The dataset " + lfn + " was changed while it was counted; try again");
    }

    private DatasetRow existing(long directory, Lfn lfn) {
        return datasets.find(directory, lfn.name()).orElseThrow(() -> notFound(lfn));
    }

    private static Refused notFound(Lfn lfn) {
        return new Refused(ErrorCode.NOT_FOUND, "No such dataset: " + lfn);
    }

    private static Lfn directory(Lfn lfn) {
        return lfn.parent().orElse(Lfn.ROOT);
    }

    private static Dataset dataset(Lfn lfn, DatasetRow row) {
        return new Dataset(
                lfn,
                row.query(),
                row.path(),
                row.frozen(),
                row.owner(),
                row.group(),
                row.figures(),
                row.annotation(),
                row.created(),
                row.modified());
    }

    private static void requireAtMost(Collection<Lfn> asked, int most) {
        if (asked.isEmpty() || asked.size() > most) {
            throw new InvalidRequest(
                    ErrorCode.TOO_MANY_ITEMS, asked.size() + " datasets in one request: allowed is 1 to " + most);
        }
    }
}
