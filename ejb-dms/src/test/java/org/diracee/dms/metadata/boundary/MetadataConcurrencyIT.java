/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.metadata.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.diracee.dms.fixture.DmsServices;
import org.diracee.kernel.error.Unavailable;
import org.diracee.kernel.value.Lfn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many who write on nested directories, and move, make and remove these meanwhile. */
class MetadataConcurrencyIT {

    private static final int WRITERS = 12;
    private static final int ROUNDS = 60;

    private final DmsServices services = new DmsServices();
    private final Lfn home = services.lfn("user/a/alice");
    private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void neverLeaveTwoValuesOnOnePath() throws Exception {
        for (String name : List.of("run", "kind")) {
            services.<Boolean>in(it ->
                    it.fields.declare(it.admin, new MetadataField(name, FieldTarget.DIRECTORY, FieldType.STRING)));
        }
        List<Future<?>> writers = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            Random random = new Random(writer);
            writers.add(threads.submit(() -> {
                for (int round = 0; round < ROUNDS; round++) {
                    try {
                        act(random);
                    } catch (Unavailable busy) {
                        // says that a repeat helps; another round is one
                    }
                }
                return null;
            }));
        }
        for (Future<?> writer : writers) {
            writer.get();
        }
        assertThat(services.database.value(
                        "select count(*) from dms.metadata value"
                                + " join dms.metadata_field field on field.id = value.field where field.vo = '%s'",
                        services.vo))
                .as("the writers got something done")
                .isNotEqualTo("0");
        assertThat(services.database.query("""
                        select above.path, below.path from dms.metadata one join dms.directory above on above.id = one.directory
                            join dms.metadata other on other.field = one.field and other.directory <> one.directory
                            join dms.directory below on below.id = other.directory and below.path like above.path || '/%%'
                            join dms.metadata_field field on field.id = one.field and field.vo = '%s'""", services.vo)).isEmpty();
    }

    private void act(Random random) {
        Lfn one = directory(random);
        Lfn other = directory(random);
        String field = random.nextBoolean() ? "run" : "kind";
        switch (random.nextInt(8)) {
            case 0, 1 -> services.in(it -> it.tree.makeDirectories(it.alice, List.of(one, other)));
            case 2, 3 ->
                services.in(it -> it.metadata.write(
                        it.alice, Map.of(one, Map.of(field, "x"), other.child("f"), Map.of("note", "y"))));
            case 4 -> services.in(it -> it.metadata.write(it.alice, Map.of(one, Map.of("run", "x", "kind", "y"))));
            case 5 -> services.in(it -> it.tree.move(it.alice, Map.of(one, other.child("m"))));
            case 6 -> services.in(it -> it.metadata.remove(it.alice, Map.of(one, Set.of(field))));
            default ->
                services.in(it -> it.catalog.register(it.alice, List.of(it.movable(other.child("f"), 10, "SE"))));
        }
    }

    private Lfn directory(Random random) {
        Lfn directory = home;
        for (int depth = random.nextInt(3); depth >= 0; depth--) {
            directory = directory.child(List.of("a", "b", "c").get(random.nextInt(3)));
        }
        return directory;
    }
}
