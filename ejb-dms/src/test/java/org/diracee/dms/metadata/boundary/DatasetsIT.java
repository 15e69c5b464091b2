/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.metadata.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.diracee.dms.catalog.boundary.CatalogChange;
import org.diracee.dms.fixture.DmsServices;
import org.diracee.dms.metadata.boundary.Dataset.NewDataset;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.error.Problem;
import org.diracee.kernel.paging.BulkResult;
import org.diracee.kernel.paging.Page;
import org.diracee.kernel.paging.PageRequest;
import org.diracee.kernel.value.Lfn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DatasetsIT {

    private final DmsServices services = new DmsServices();
    private final Lfn home = services.lfn("user/a/alice");
    private final Lfn run = home.child("run");
    private final Lfn good = home.child("good");

    @BeforeEach
    void twoFiles() {
        register("a", "b");
        services.<Boolean>in(
                it -> it.fields.declare(it.admin, new MetadataField("run", FieldTarget.DIRECTORY, FieldType.INT)));
        services.in(it -> it.metadata.write(it.alice, Map.of(run, Map.of("run", "1"))));
        assertThat(add(services.alice, good, Map.of("run", 1)).failed()).isEmpty();
    }

    @Test
    void countsWhatItsQueryFinds() {
        Dataset dataset = shown(services.bob, good).success().get(good);
        // printf '/vo/…/a\n/vo/…/b\n' | md5sum, of a VO whose name is not always the same
        assertThat(dataset.figures().files()).isEqualTo(2);
        assertThat(dataset.figures().bytes()).isEqualTo(20);
        assertThat(dataset.figures().hash()).matches("[0-9A-F]{32}");
        assertThat(dataset.owner()).isEqualTo("alice");
        assertThat(check().now()).isEqualTo(dataset.figures());

        register("c");
        assertThat(check().now().files()).isEqualTo(3);
        assertThat(check().counted()).isEqualTo(dataset.figures());
        services.in(it -> it.datasets.update(it.alice, List.of(good)));
        assertThat(check().counted().files()).isEqualTo(3);
        assertThat(check().counted()).isEqualTo(check().now());
    }

    @Test
    void holdsItsFilesWhileItIsFrozen() {
        services.in(it -> it.datasets.freeze(it.alice, List.of(good)));
        register("c");
        services.in(it -> it.tree.move(it.alice, Map.of(run.child("a"), home.child("moved"))));
        assertThat(files(services.bob)).containsExactly(home.child("moved"), run.child("b"));
        services.in(it -> it.catalog.remove(it.alice, List.of(run.child("b"))));
        assertThat(files(services.bob)).containsExactly(home.child("moved"));
        assertThat(check().now().files()).isEqualTo(1);
        services.in(it -> it.datasets.release(it.alice, List.of(good)));
        assertThat(files(services.bob)).containsExactly(run.child("c"));
    }

    @Test
    void takesARepeatAndRefusesAnotherQuery() {
        assertThat(add(services.alice, good, Map.of("run", 1)).failed()).isEmpty();
        assertThat(add(services.alice, good, Map.of("run", 2)).failed())
                .containsEntry(
                        good, new Problem(ErrorCode.CONFLICT, "The dataset " + good + " exists with another query"));
        assertThat(add(services.alice, run, Map.of("run", 1)).failed())
                .containsEntry(run, new Problem(ErrorCode.CONFLICT, run + " exists"));
        assertThat(add(services.alice, home.child("bad"), Map.of("nothing", 1))
                        .failed()
                        .get(home.child("bad"))
                        .detail())
                .contains("'nothing' is not declared");
        assertThat(add(services.alice, home.child("gone").child("x"), Map.of())
                        .failed()
                        .values())
                .extracting(Problem::code)
                .containsExactly(ErrorCode.NOT_FOUND);
    }

    @Test
    void isListedByNameAndAnnotated() {
        add(services.alice, home.child("better"), Map.of("run", "Any"));
        assertThat(listed("*", 1)).containsExactly(home.child("better"), good);
        assertThat(listed("g*", 10)).containsExactly(good);
        services.in(it -> it.datasets.annotate(it.alice, Map.of(good, "of 2026")));
        assertThat(shown(services.bob, good).success().get(good).annotation()).contains("of 2026");
        services.in(it -> it.datasets.annotate(it.alice, Map.of(good, "")));
        assertThat(shown(services.bob, good).success().get(good).annotation()).isEmpty();
        assertThatThrownBy(() ->
                        services.in(it -> it.datasets.list(it.bob, home, "a\0", new PageRequest(1, Optional.empty()))))
                .isInstanceOf(InvalidRequest.class);
    }

    @Test
    void keepsItsDirectoryUntilItIsRemoved() {
        Lfn directory = home.child("sets");
        services.in(it -> it.tree.makeDirectories(it.alice, List.of(directory)));
        add(services.alice, directory.child("d"), Map.of());
        assertThat(services.in(it -> it.tree.removeDirectories(it.alice, List.of(directory)))
                        .failed()
                        .get(directory)
                        .code())
                .isEqualTo(ErrorCode.CONFLICT);
        assertThat(services.in(it -> it.datasets.remove(it.alice, List.of(directory.child("d"))))
                        .success())
                .containsEntry(directory.child("d"), true);
        assertThat(services.in(it -> it.tree.removeDirectories(it.alice, List.of(directory)))
                        .failed())
                .isEmpty();
    }

    @Test
    void isForThoseWhoMayListAndWriteThere() {
        assertThat(add(services.carol, home.child("mine"), Map.of()).failed().values())
                .extracting(Problem::code)
                .containsExactly(ErrorCode.FORBIDDEN);
        assertThat(shown(services.stranger, good).failed())
                .containsEntry(good, new Problem(ErrorCode.NOT_FOUND, "No such dataset: " + good));
        services.in(it -> it.datasets.freeze(it.alice, List.of(good)));
        services.in(it -> it.tree.change(
                it.alice,
                Map.of(
                        run,
                        new CatalogChange(
                                Optional.empty(),
                                Optional.empty(),
                                OptionalInt.of(0700),
                                Optional.empty(),
                                Optional.empty())),
                true));
        assertThat(files(services.bob)).as("what he may not see, frozen or not").isEmpty();
        assertThat(files(services.alice)).hasSize(2);
    }

    private void register(String... names) {
        services.in(it -> it.catalog.register(
                it.alice,
                List.of(names).stream()
                        .map(name -> it.movable(run.child(name), 10, "CERN-disk"))
                        .toList()));
    }

    private BulkResult<Lfn, Dataset> add(Caller caller, Lfn lfn, Map<String, ?> query) {
        return services.in(
                it -> it.datasets.add(caller, Map.of(lfn, new NewDataset(MetadataQuery.of(query), Lfn.ROOT))));
    }

    private BulkResult<Lfn, Dataset> shown(Caller caller, Lfn lfn) {
        return services.in(it -> it.datasets.show(caller, List.of(lfn)));
    }

    private Dataset.Check check() {
        return services.in(it -> it.datasets.check(it.alice, List.of(good)))
                .success()
                .get(good);
    }

    private List<Lfn> files(Caller caller) {
        return services
                .in(it -> it.datasets.files(caller, good, new PageRequest(10, Optional.empty())))
                .items()
                .stream()
                .map(entry -> entry.lfn())
                .toList();
    }

    private List<Lfn> listed(String pattern, int limit) {
        Page<Dataset> first =
                services.in(it -> it.datasets.list(it.bob, home, pattern, new PageRequest(limit, Optional.empty())));
        List<Lfn> all = new java.util.ArrayList<>(
                first.items().stream().map(Dataset::lfn).toList());
        first.next().ifPresent(cursor -> services.in(
                        it -> it.datasets.list(it.bob, home, pattern, new PageRequest(10, Optional.of(cursor))))
                .items()
                .forEach(dataset -> all.add(dataset.lfn())));
        return all;
    }
}
