/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.metadata.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.diracee.dms.catalog.boundary.CatalogEntry;
import org.diracee.dms.fixture.DmsServices;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.paging.Page;
import org.diracee.kernel.paging.PageRequest;
import org.diracee.kernel.value.Lfn;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How the database finds among 100 000 files in 1 000 directories: by an index, and never for longer than allowed. */
class MetadataPlanIT {

    private static final DmsServices SERVICES = new DmsServices();
    private static final Lfn TOP = SERVICES.lfn("p");

    @BeforeAll
    static void fill() {
        SERVICES.in(it -> it.tree.makeDirectories(it.admin, List.of(TOP)));
        for (MetadataField field : List.of(
                new MetadataField("run", FieldTarget.DIRECTORY, FieldType.INT),
                new MetadataField("kind", FieldTarget.DIRECTORY, FieldType.STRING),
                new MetadataField("quality", FieldTarget.FILE, FieldType.FLOAT),
                new MetadataField("label", FieldTarget.FILE, FieldType.STRING))) {
            SERVICES.<Boolean>in(it -> it.fields.declare(it.admin, field));
        }
        SERVICES.database.query("""
                with top as (select * from dms.directory where path = '%1$s'),
                made as (
                    insert into dms.directory (catalog, parent, path, owner, owner_group, mode, created, modified)
                    select catalog, id, path || '/d' || n, owner, owner_group, mode, now(), now()
                    from top, generate_series(1, 1000) n returning id, path, owner, owner_group),
                runs as (
                    insert into dms.metadata (field, directory, int_value)
                    select field.id, made.id, substr(made.path, length('%1$s/d') + 1)::int
                    from made, dms.metadata_field field where field.vo = '%2$s' and field.name = 'run'),
                kinds as (
                    insert into dms.metadata (field, directory, text_value)
                    select field.id, made.id, 'k' || made.id %% 3
                    from made, dms.metadata_field field where field.vo = '%2$s' and field.name = 'kind'),
                files as (
                    insert into dms.file (directory, name, size, guid, owner, owner_group, mode, status, created, modified)
                    select id, 'f' || n, n, gen_random_uuid(), owner, owner_group, 493, 'AprioriGood', now(), now()
                    from made, generate_series(1, 100) n returning id),
                qualities as (
                    insert into dms.metadata (field, file, float_value)
                    select field.id, files.id, files.id %% 100
                    from files, dms.metadata_field field where field.vo = '%2$s' and field.name = 'quality')
                insert into dms.metadata (field, file, text_value)
                select field.id, files.id, 'l' || files.id %% 5000
                from files, dms.metadata_field field where field.vo = '%2$s' and field.name = 'label'
                """, TOP, SERVICES.vo);
        SERVICES.database.query("insert into dms.storage_element (name) values ('Plan-disk')");
        SERVICES.database.query("""
                insert into dms.replica (file, se, status, master, created, modified)
                select file.id, se.id, 'AprioriGood', true, now(), now()
                from dms.file file join dms.directory directory on directory.id = file.directory, dms.storage_element se
                where directory.path like '%s/%%' and se.name = 'Plan-disk'""", TOP);
        SERVICES.database.query("analyze");
    }

    static Stream<Arguments> queries() {
        String guid = SERVICES.database.value(
                "select guid from dms.file file join dms.directory directory on directory.id = file.directory"
                        + " where path = '%s/d500' and name = 'f50'",
                TOP);
        return Stream.of(
                Arguments.of(Map.of(), 100),
                Arguments.of(Map.of("run", 500), 100),
                Arguments.of(Map.of("run", -1), 0),
                Arguments.of(Map.of("run", Map.of(">", 995)), 100),
                Arguments.of(Map.of("run", Map.of("<", 900), "kind", "k1", "quality", 7), 100),
                Arguments.of(Map.of("kind", "Missing"), 0),
                Arguments.of(Map.of("label", "l4999"), 20),
                Arguments.of(Map.of("label", "l4999*"), 20),
                Arguments.of(Map.of("quality", Map.of(">", 0)), 100),
                Arguments.of(Map.of("quality", "Missing", "run", List.of(1, 2, 3)), 0),
                Arguments.of(Map.of("SE", "Plan-disk", "run", Map.of(">", 500)), 100),
                Arguments.of(Map.of("Size", Map.of(">", 99)), 100),
                Arguments.of(Map.of("GUID", guid), 1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("queries")
    void readsNoMoreThanAnIndexTells(Map<String, ?> query, int found) {
        assertThat(scanning(it -> it.search.files(it.alice, MetadataQuery.of(query), TOP, first())))
                .hasSize(found);
    }

    @Test
    void goesOnInTheMiddleByTheIndex() {
        Page<CatalogEntry> page = SERVICES.in(it ->
                it.search.files(it.alice, MetadataQuery.of(Map.of()), TOP, new PageRequest(10_000, Optional.empty())));
        List<CatalogEntry> next = scanning(
                it -> it.search.files(it.alice, MetadataQuery.of(Map.of()), TOP, new PageRequest(100, page.next())));
        assertThat(next).hasSize(100).doesNotContainAnyElementsOf(page.items());
    }

    @Test
    void findsDirectoriesByTheIndex() {
        assertThat(scanning(it -> it.search.directories(it.alice, MetadataQuery.of(Map.of("run", 7)), TOP, first())))
                .hasSize(1);
        assertThat(scanning(it -> it.search.directories(it.alice, MetadataQuery.of(Map.of()), TOP, first())))
                .hasSize(100);
    }

    @Test
    void declaresWritesAndRemovesByTheIndex() {
        Lfn plain = TOP.child("plain");
        SERVICES.in(it -> it.tree.makeDirectories(it.admin, List.of(plain)));
        scanning(it -> {
            it.metadata.write(it.admin, Map.of(plain, Map.of("mood", "7", "run", "7007")));
            assertThat(it.metadata
                            .write(it.admin, Map.of(TOP, Map.of("run", "7")))
                            .failed())
                    .containsOnlyKeys(TOP);
            return nothing();
        });
        scanning(it -> {
            it.fields.declare(it.admin, new MetadataField("mood", FieldTarget.DIRECTORY, FieldType.INT));
            return nothing();
        });
        scanning(it -> {
            it.fields.remove(it.admin, "mood");
            return nothing();
        });
    }

    @Test
    void stopsASearchThatTakesTooLong() throws SQLException {
        try (Connection other = SERVICES.database.connection();
                Statement lock = other.createStatement()) {
            other.setAutoCommit(false);
            lock.execute("lock table dms.metadata in access exclusive mode");

            assertThatThrownBy(() -> SERVICES.in(
                            it -> it.search.files(it.alice, MetadataQuery.of(Map.of("run", 1)), TOP, first())))
                    .isInstanceOfSatisfying(InvalidRequest.class, failure -> assertThat(failure.code())
                            .isEqualTo(ErrorCode.QUERY_TOO_EXPENSIVE))
                    .hasMessageContaining("10 s");
            other.rollback();
        }
    }

    @Test
    void wouldNoticeAWholeTableRead() {
        assertThatThrownBy(() -> scanning(it -> {
                    it.database
                            .entities()
                            .createNativeQuery("select count(*) from dms.file where size = 1")
                            .getResultList();
                    return nothing();
                }))
                .isInstanceOf(AssertionError.class);
    }

    /** What is found, none of it by reading a whole table. */
    private static List<CatalogEntry> scanning(Function<DmsServices, Page<CatalogEntry>> search) {
        String before = scans();
        List<CatalogEntry> found = SERVICES.in(it -> {
                    Page<CatalogEntry> page = search.apply(it);
                    it.database
                            .entities()
                            .createNativeQuery("select pg_stat_force_next_flush() is null")
                            .getResultList();
                    return page;
                })
                .items();
        assertThat(scans()).as("whole tables read").isEqualTo(before);
        return found;
    }

    private static String scans() {
        return SERVICES.database.value("select string_agg(relname || ' ' || seq_scan, ', ' order by relname)"
                + " from pg_stat_user_tables where relname in ('file', 'directory', 'metadata', 'replica')");
    }

    private static Page<CatalogEntry> nothing() {
        return new Page<>(List.of(), Optional.empty());
    }

    private static PageRequest first() {
        return new PageRequest(100, Optional.empty());
    }
}
