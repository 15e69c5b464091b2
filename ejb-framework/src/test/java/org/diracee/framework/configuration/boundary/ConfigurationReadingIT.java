/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.diracee.framework.configuration.entity.ConfigurationRepository;
import org.diracee.framework.fixture.FrameworkDatabase;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.VoName;
import org.junit.jupiter.api.Test;

class ConfigurationReadingIT {

    private static final Caller PILOT = new Caller.Pilot(new PilotStamp("stamp-1"), new VoName("demo"));

    private final FrameworkDatabase database = FrameworkDatabase.empty();
    private final Snapshots snapshots = new Snapshots();
    private final ConfigurationReading reading =
            database.service(ConfigurationReading.class, snapshots, new ConfigurationRepository(database.entities()));

    private static final class Snapshots extends ConfigurationService {

        private Configuration now = new Configuration(0, Map.of());

        @Override
        public Configuration current() {
            return now;
        }
    }

    private void commit(long revision, String hash, Instant created) {
        database.sql("insert into framework.configuration_revision (revision, document, author, message, created, hash,"
                + " subject, origin) values (" + revision + ", '', 'alice', 'test', '" + created + "', '" + hash
                + "', 'user:demo:a-1', '127.0.0.1')");
        snapshots.now = new Configuration(revision, Map.of("A", revision));
    }

    @Test
    void tellsTheHashAndTheTimeOfTheRevisionInForce() {
        Instant monday = Instant.parse("2026-11-23T08:00:00.123456Z");
        commit(1, "a".repeat(64), monday);

        assertThat(reading.current(PILOT)).isEqualTo(new CurrentConfiguration(snapshots.now, "a".repeat(64), monday));
    }

    @Test
    void looksUpOnlyWhatIsNew() {
        commit(1, "a".repeat(64), Instant.EPOCH);
        CurrentConfiguration first = reading.current(PILOT);
        database.sql("update framework.configuration_revision set hash = repeat('x', 64)");

        assertThat(reading.current(PILOT)).isSameAs(first);
        commit(2, "b".repeat(64), Instant.EPOCH);
        assertThat(reading.current(PILOT).hash()).isEqualTo("b".repeat(64));
    }

    @Test
    void isAsOldAsTimeBeforeTheFirstRevision() {
        assertThat(reading.current(PILOT).since()).isEqualTo(Instant.EPOCH);
    }
}
