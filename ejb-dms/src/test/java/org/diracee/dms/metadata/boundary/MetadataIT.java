/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.metadata.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.diracee.dms.catalog.boundary.CatalogChange;
import org.diracee.dms.catalog.boundary.CatalogEntry;
import org.diracee.dms.fixture.DmsServices;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.error.Problem;
import org.diracee.kernel.paging.BulkResult;
import org.diracee.kernel.paging.Page;
import org.diracee.kernel.paging.PageRequest;
import org.diracee.kernel.value.Lfn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MetadataIT {

    private final DmsServices services = new DmsServices();
    private final Lfn home = services.lfn("user/a/alice");
    private final Lfn run1 = home.child("run1");
    private final Lfn run2 = home.child("run2");

    @BeforeEach
    void aTreeAndFields() {
        services.in(it -> it.catalog.register(
                it.alice,
                List.of(
                        it.file(run1.child("a"), 1, "CERN-disk"),
                        it.file(run1.child("deep").child("b"), 2, "CERN-disk", "RAL-tape"),
                        it.movable(run2.child("c"), 3, "RAL-tape"))));
        declare("run", FieldTarget.DIRECTORY, FieldType.INT);
        declare("kind", FieldTarget.DIRECTORY, FieldType.STRING);
        declare("quality", FieldTarget.FILE, FieldType.FLOAT);
        declare("label", FieldTarget.FILE, FieldType.STRING);
        declare("taken", FieldTarget.DIRECTORY, FieldType.DATE);
    }

    @Nested
    class Declaring {

        @Test
        void tellsTheFieldsOfTheVoAlone() {
            assertThat(services.<List<MetadataField>>in(it -> it.fields.list(it.bob)))
                    .extracting(MetadataField::name)
                    .containsExactly("kind", "label", "quality", "run", "taken");
            assertThat(services.<List<MetadataField>>in(it -> it.fields.list(it.stranger)))
                    .isEmpty();
        }

        @Test
        void takesARepeatAndRefusesAnotherTypeOrTarget() {
            assertThat(declare("run", FieldTarget.DIRECTORY, FieldType.INT)).isFalse();
            assertThatThrownBy(() -> declare("run", FieldTarget.DIRECTORY, FieldType.FLOAT))
                    .hasMessageContaining("'run' is declared already, as int");
            assertThatThrownBy(() -> declare("run", FieldTarget.FILE, FieldType.INT))
                    .hasMessageContaining("for directories");
            assertThatThrownBy(() -> declare("size", FieldTarget.FILE, FieldType.INT))
                    .hasMessageContaining("the catalogue itself");
        }

        @Test
        void makesValuesOfWhatWasWrittenBefore() {
            write(services.alice, run1, Map.of("shift", "7"));
            declare("shift", FieldTarget.DIRECTORY, FieldType.INT);
            assertThat(found(services.alice, Map.of("shift", 7))).containsExactly("run1/a", "run1/deep/b");
            write(services.alice, run1, Map.of("word", "x"));
            assertThatThrownBy(() -> declare("word", FieldTarget.DIRECTORY, FieldType.INT))
                    .hasMessageContaining("'word' is written on " + run1 + ": 'x' is no int");
            write(services.alice, home, Map.of("twice", "1"));
            write(services.alice, run1, Map.of("twice", "2"));
            assertThatThrownBy(() -> declare("twice", FieldTarget.DIRECTORY, FieldType.INT))
                    .hasMessageContaining("two values would count");
        }

        @Test
        void removesTheValuesWithTheField() {
            write(services.alice, run1, Map.of("run", "1"));
            assertThat(services.<Boolean>in(it -> it.fields.remove(it.admin, "run")))
                    .isTrue();
            assertThat(services.<Boolean>in(it -> it.fields.remove(it.admin, "run")))
                    .isFalse();
            assertThat(read(services.alice, run1)).isEmpty();
            assertThatThrownBy(() -> found(services.alice, Map.of("run", 1)))
                    .hasMessageContaining("'run' is not declared: allowed are the fields of the VO (kind, label");
        }
    }

    @Nested
    class Writing {

        @Test
        void countsForAllBelow() {
            write(services.alice, run1, Map.of("run", "1", "comment", "free"));
            Lfn file = run1.child("deep").child("b");
            write(services.alice, file, Map.of("quality", "0.5", "note", "mine"));
            assertThat(read(services.bob, file))
                    .isEqualTo(Map.of(
                            "run",
                            new MetadataItem(new MetadataValue.Whole(1), Optional.of(FieldType.INT), run1),
                            "quality",
                            new MetadataItem(new MetadataValue.Real(0.5), Optional.of(FieldType.FLOAT), file),
                            "note",
                            new MetadataItem(new MetadataValue.Text("mine"), Optional.empty(), file)));
            assertThat(read(services.bob, run1)).containsOnlyKeys("run", "comment");
            assertThat(read(services.bob, run1.child("deep"))).containsOnlyKeys("run");
            write(services.alice, run1, Map.of("run", "2"));
            assertThat(read(services.bob, run1.child("deep")).get("run").value())
                    .isEqualTo(new MetadataValue.Whole(2));
            assertThat(services.in(it -> it.metadata.remove(it.alice, Map.of(run1, Set.of("run", "nothing"))))
                            .success())
                    .containsEntry(run1, 1);
            assertThat(read(services.bob, run1.child("deep"))).isEmpty();
        }

        @Test
        void refusesASecondValueOnAPath() {
            write(services.alice, run1, Map.of("run", "1"));
            assertThat(problem(home, "run", "2"))
                    .isEqualTo("Metadata conflict: 'run' for directory " + home
                            + " has a value on a directory below already, and on one path there may be one");
            assertThat(problem(run1.child("deep"), "run", "2")).contains("has a value on " + run1);
            BulkResult<Lfn, Integer> both = services.in(it -> it.metadata.write(
                    it.alice, Map.of(run1.child("deep"), Map.of("kind", "x"), run1, Map.of("kind", "y"))));
            assertThat(both.success()).containsOnlyKeys(run1);
            assertThat(both.failed()).containsOnlyKeys(run1.child("deep"));
        }

        @Test
        void refusesAMoveThatWouldBringASecondValue() {
            write(services.alice, run1, Map.of("run", "1"));
            write(services.alice, run2, Map.of("run", "2"));
            Lfn target = run1.child("run2");
            assertThat(services.in(it -> it.tree.move(it.alice, Map.of(run2, target)))
                            .failed()
                            .get(run2))
                    .isEqualTo(new Problem(
                            ErrorCode.CONFLICT,
                            "Metadata conflict: 'run' has a value above " + target + " and one on " + run2
                                    + " or below"));
            services.in(it -> it.tree.move(it.alice, Map.of(run2, home.child("run3"))));
            assertThat(found(services.alice, Map.of("run", 2))).containsExactly("run3/c");
        }

        @Test
        void takesAllOrNothingOfOne() {
            BulkResult<Lfn, Integer> result = services.in(it -> it.metadata.write(
                    it.alice,
                    Map.of(
                            run1,
                            Map.of("run", "one", "kind", "raw"),
                            run2,
                            Map.of("run", "2", "kind", "raw"),
                            run2.child("c"),
                            Map.of("run", "3"),
                            home.child("gone"),
                            Map.of("run", "4"))));
            assertThat(result.success()).isEqualTo(Map.of(run2, 2));
            assertThat(result.failed().get(run1).detail())
                    .contains("'run': 'one' is no int: allowed is a whole number");
            assertThat(result.failed().get(run2.child("c")).detail()).contains("'run' is declared for directories");
            assertThat(result.failed().get(home.child("gone")).code()).isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(read(services.alice, run1)).isEmpty();
        }

        @Test
        void takesTheRightToWriteThere() {
            BulkResult<Lfn, Integer> result = services.in(it -> it.metadata.write(
                    it.carol, Map.of(run1, Map.of("run", "1"), run1.child("a"), Map.of("label", "x"))));
            assertThat(result.failed().values()).extracting(Problem::code).containsOnly(ErrorCode.FORBIDDEN);
            assertThat(services.in(it -> it.metadata.write(it.stranger, Map.of(run1, Map.of("run", "1"))))
                            .failed()
                            .get(run1)
                            .code())
                    .isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(services.in(it -> it.metadata.write(it.bob, Map.of(run1, Map.of("run", "1"))))
                            .success())
                    .containsKey(run1);
        }

        @Test
        void takesDeclaredFieldsAloneIfTheVoSaysSo() {
            services.configuration.set(Map.of(
                    "Operations",
                    Map.of(services.vo.text(), Map.of("DataManagement", Map.of("ForceIndexedMetadata", "yes")))));
            assertThat(problem(run1, "word", "x")).contains("'word' is not declared, and the VO allows no others");
        }

        @Test
        void goesWithWhatItIsWrittenOn() {
            write(services.alice, run2, Map.of("run", "2"));
            write(services.alice, run2.child("c"), Map.of("label", "x"));
            services.in(it -> it.catalog.remove(it.alice, List.of(run2.child("c"))));
            services.in(it -> it.tree.removeDirectories(it.alice, List.of(run2)));
            assertThat(services.database.value(
                            "select count(*) from dms.metadata value join dms.metadata_field field on field.id = field"
                                    + " where field.vo = '%s'",
                            services.vo))
                    .isEqualTo("0");
        }
    }

    @Nested
    class Finding {

        @BeforeEach
        void values() {
            write(services.alice, run1, Map.of("run", "1", "kind", "raw", "taken", "2026-11-27"));
            write(services.alice, run2, Map.of("run", "2"));
            write(services.alice, run1.child("a"), Map.of("quality", "0.5", "label", "ab*"));
            write(services.alice, run2.child("c"), Map.of("quality", "0.9", "label", "abc"));
        }

        @Test
        void understandsTheWholeLanguage() {
            assertThat(found(services.bob, Map.of())).containsExactly("run1/a", "run1/deep/b", "run2/c");
            assertThat(found(services.bob, Map.of("run", 1))).containsExactly("run1/a", "run1/deep/b");
            assertThat(found(services.bob, Map.of("run", List.of(1, 2), "kind", "Missing")))
                    .containsExactly("run2/c");
            assertThat(found(services.bob, Map.of("run", Map.of(">", 1, "<=", "2"))))
                    .containsExactly("run2/c");
            assertThat(found(services.bob, Map.of("run", Map.of("nin", List.of(1)))))
                    .containsExactly("run2/c");
            assertThat(found(services.bob, Map.of("kind", "Any"))).containsExactly("run1/a", "run1/deep/b");
            assertThat(found(services.bob, Map.of("taken", Map.of("<", "2026-11-27T00:00:01Z"))))
                    .containsExactly("run1/a", "run1/deep/b");
            assertThat(found(services.bob, Map.of("quality", Map.of(">", 0.4), "run", Map.of("!=", 2))))
                    .containsExactly("run1/a");
            assertThat(found(services.bob, Map.of("quality", "Missing"))).containsExactly("run1/deep/b");
            assertThat(found(services.bob, Map.of("label", "ab?"))).containsExactly("run1/a", "run2/c");
            assertThat(found(services.bob, Map.of("label", List.of("ab*")))).containsExactly("run1/a");
            assertThat(found(services.bob, Map.of("SE", "RAL-tape"))).containsExactly("run1/deep/b", "run2/c");
            assertThat(found(services.bob, Map.of("SE", Map.of("!=", "RAL-tape"))))
                    .containsExactly("run1/a");
            assertThat(found(
                            services.bob,
                            Map.of("Size", Map.of(">=", 2), "User", "alice", "Name", "?", "Status", "AprioriGood")))
                    .containsExactly("run1/deep/b", "run2/c");
            String guid = services.in(it -> it.reading.entries(it.alice, List.of(run2.child("c"))))
                    .success()
                    .get(run2.child("c"))
                    .file()
                    .orElseThrow()
                    .guid()
                    .toString();
            assertThat(found(services.bob, Map.of("GUID", guid))).containsExactly("run2/c");
        }

        @Test
        void saysWhatIsWrongWithAQuery() {
            assertThatThrownBy(() -> found(services.bob, Map.of("run", "one")))
                    .hasMessageContaining("'run': 'one' is no int");
            assertThatThrownBy(() -> found(services.bob, Map.of("run", Map.of("~", 1))))
                    .hasMessageContaining("'~' on 'run' is no operator: allowed is");
            assertThatThrownBy(() -> found(services.bob, Map.of("run", Map.of(">", List.of(1)))))
                    .hasMessageContaining("takes one value, no list");
            assertThatThrownBy(() -> directories(services.bob, Map.of("label", "x")))
                    .hasMessageContaining("'label' is of files");
        }

        @Test
        void findsDirectoriesWithAllBelow() {
            assertThat(directories(services.bob, Map.of("run", 1))).containsExactly("run1", "run1/deep");
            assertThat(directories(services.bob, Map.of("run", "Missing"))).containsExactly("");
        }

        @Test
        void namesNothingHiddenWhereAPageEndsAmongIt() {
            hide(run1);
            services.database.query("""
                    insert into dms.file (directory, name, size, guid, owner, owner_group, mode, status, created, modified)
                    select id, 'hidden' || n, 1, gen_random_uuid(), owner, owner_group, 448, 'AprioriGood', now(), now()
                    from dms.directory, generate_series(1, 20100) n where path = '%s'""", run1);

            Page<CatalogEntry> page =
                    services.in(it -> it.search.files(it.bob, MetadataQuery.of(Map.of()), home, first(1000)));

            assertThat(page.items()).isEmpty();
            assertThat(new String(Base64.getUrlDecoder().decode(page.next().orElseThrow()), StandardCharsets.UTF_8))
                    .matches("#[0-9]+");
            assertThat(names(services.in(it -> it.search.files(
                            it.bob, MetadataQuery.of(Map.of()), home, new PageRequest(1000, page.next())))))
                    .containsExactly("run2/c");
        }

        @Test
        void goesOnWhereAPageEnded() {
            for (int limit = 1; limit <= 4; limit++) {
                assertThat(paged(Map.of(), limit)).containsExactly("run1/a", "run1/deep/b", "run2/c");
                assertThat(paged(Map.of("quality", "Any"), limit)).containsExactly("run1/a", "run2/c");
            }
            assertThatThrownBy(() -> services.in(it -> it.search.files(
                            it.bob, MetadataQuery.of(Map.of()), home, new PageRequest(1, Optional.of("?")))))
                    .isInstanceOf(InvalidRequest.class)
                    .hasMessageContaining("cursor");
        }

        @Test
        void expandsSetsAndFindsContradictions() {
            declare("selection", FieldTarget.FILE, FieldType.METASET);
            put(services.alice, "good", Map.of("quality", Map.of(">", 0.4), "kind", "raw"));
            put(services.alice, "better", Map.of("selection", "good", "run", 1));
            assertThat(found(services.bob, Map.of("selection", "better"))).containsExactly("run1/a");
            assertThatThrownBy(() -> found(services.bob, Map.of("selection", "better", "run", 1)))
                    .hasMessageContaining("Contradictory query");
            assertThatThrownBy(() -> put(services.alice, "good", Map.of("selection", "better")))
                    .hasMessageContaining("Contradictory query");
            assertThatThrownBy(() -> put(services.bob, "good", Map.of("kind", "x")))
                    .hasMessageContaining("is another's");
            assertThat(services.in(it -> it.sets.set(it.bob, "better", true))
                            .object()
                            .keySet())
                    .containsExactlyInAnyOrder("quality", "kind", "run");
            assertThat(services.<List<String>>in(it -> it.sets.names(it.bob))).containsExactly("better", "good");
            assertThat(services.<Boolean>in(it -> it.sets.remove(it.admin, "good")))
                    .isTrue();
            assertThatThrownBy(() -> found(services.bob, Map.of("selection", "better")))
                    .hasMessageContaining("There is no set of conditions 'good'");
        }

        @Test
        void tellsCompatibleValues() {
            assertThat(services.<Map<String, List<MetadataValue>>>in(
                            it -> it.search.compatibleValues(it.bob, MetadataQuery.of(Map.of("kind", "raw")), home)))
                    .isEqualTo(Map.of(
                            "kind",
                            List.of(new MetadataValue.Text("raw")),
                            "run",
                            List.of(new MetadataValue.Whole(1)),
                            "taken",
                            List.of(new MetadataValue.Moment(Instant.parse("2026-11-27T00:00:00Z")))));
        }

        @Test
        void showsNothingThatMayNotBeSeen() {
            hide(run1);
            assertThat(found(services.bob, Map.of("kind", "raw"))).isEmpty();
            assertThat(found(services.admin, Map.of("kind", "raw"))).hasSize(2);
            assertThat(found(services.bob, Map.of())).containsExactly("run2/c");
            // bob sees the directory in that of alice, but not what is in it
            assertThat(directories(services.bob, Map.of("run", 1))).containsExactly("run1");
            assertThatThrownBy(() -> services.in(
                            it -> it.search.files(it.stranger, MetadataQuery.of(Map.of()), home, first(10))))
                    .isInstanceOf(DiracException.class)
                    .hasMessage("No such file or directory: " + home);
            assertThat(services.in(it -> it.search.files(it.stranger, MetadataQuery.of(Map.of()), Lfn.ROOT, first(10)))
                            .items())
                    .isEmpty();
        }
    }

    private void hide(Lfn directory) {
        services.in(it -> it.tree.change(
                it.alice,
                Map.of(
                        directory,
                        new CatalogChange(
                                Optional.empty(),
                                Optional.empty(),
                                OptionalInt.of(0700),
                                Optional.empty(),
                                Optional.empty())),
                true));
    }

    private boolean declare(String name, FieldTarget target, FieldType type) {
        return services.<Boolean>in(it -> it.fields.declare(it.admin, new MetadataField(name, target, type)));
    }

    private void write(Caller caller, Lfn lfn, Map<String, String> values) {
        assertThat(services.in(it -> it.metadata.write(caller, Map.of(lfn, values)))
                        .failed())
                .isEmpty();
    }

    private String problem(Lfn lfn, String name, String value) {
        return services.in(it -> it.metadata.write(it.alice, Map.of(lfn, Map.of(name, value))))
                .failed()
                .get(lfn)
                .detail();
    }

    private Map<String, MetadataItem> read(Caller caller, Lfn lfn) {
        return services.in(it -> it.metadata.read(caller, List.of(lfn)))
                .success()
                .get(lfn);
    }

    private void put(Caller caller, String name, Map<String, ?> query) {
        services.database.transact(() -> services.sets.put(caller, name, MetadataQuery.of(query)));
    }

    private List<String> found(Caller caller, Map<String, ?> query) {
        return names(services.in(it -> it.search.files(caller, MetadataQuery.of(query), Lfn.ROOT, first(100))));
    }

    private List<String> directories(Caller caller, Map<String, ?> query) {
        return names(services.in(it -> it.search.directories(caller, MetadataQuery.of(query), home, first(100))));
    }

    private List<String> paged(Map<String, ?> query, int limit) {
        List<String> all = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            PageRequest request = new PageRequest(limit, cursor);
            Page<CatalogEntry> page =
                    services.in(it -> it.search.files(it.bob, MetadataQuery.of(query), home, request));
            assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
            all.addAll(names(page));
            cursor = page.next();
        } while (cursor.isPresent());
        return all;
    }

    private List<String> names(Page<CatalogEntry> page) {
        return page.items().stream()
                .map(entry -> entry.lfn().text().substring(home.text().length()))
                .map(name -> Arrays.stream(name.split("/", -1))
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining("/")))
                .toList();
    }

    private static PageRequest first(int limit) {
        return new PageRequest(limit, Optional.empty());
    }
}
