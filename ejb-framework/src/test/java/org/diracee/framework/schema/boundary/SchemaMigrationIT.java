/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.schema.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import org.diracee.database.EmbeddedDatabase;
import org.diracee.framework.fixture.FrameworkDatabase;
import org.diracee.framework.fixture.Together;
import org.junit.jupiter.api.Test;

class SchemaMigrationIT {

    @Test
    void nodesThatStartTogetherMakeAnEmptySchemaOnce() throws InterruptedException {
        try (EmbeddedDatabase database = EmbeddedDatabase.temporary()) {
            Callable<Boolean> node = () -> {
                SchemaMigration.migrate(
                        database.dataSource(), "framework", getClass().getClassLoader());
                return true;
            };

            assertThat(Together.run(List.of(node, node, node))).containsOnly(true);
        }
    }

    @Test
    void aSecondMigrationChangesNothing() {
        FrameworkDatabase database = FrameworkDatabase.empty();
        String before = database.value("select count(*) from framework.flyway_schema_history");

        SchemaMigration.migrate(
                database.postgres().dataSource(), "framework", getClass().getClassLoader());

        assertThat(database.value("select count(*) from framework.flyway_schema_history"))
                .isEqualTo(before);
    }
}
