/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import org.diracee.wms.fixture.MovableClock;
import org.diracee.wms.fixture.WmsDatabase;
import org.diracee.wms.fixture.WmsServices;
import org.diracee.wms.sitedirector.control.ComputingElementFailure;
import org.diracee.wms.sitedirector.entity.PilotImageRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredImagesIT {

    private final WmsDatabase database = new WmsServices().database;
    private final MovableClock clock = new MovableClock();
    private final StoredImages images = new StoredImages(new PilotImageRepository(database.entities()), clock);
    private final String name = UUID.randomUUID().toString().replace("-", "").repeat(2);

    @TempDir
    private Path temporary;

    private Path archive(int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return Files.write(temporary.resolve("archive" + size), bytes);
    }

    private void keep(String sha256, Path archive) {
        database.transact(() -> images.keep(sha256, archive));
    }

    private byte[] fetched() {
        return database.inTransaction(() -> {
            ByteArrayOutputStream target = new ByteArrayOutputStream();
            try {
                images.fetch(name, target);
            } catch (IOException impossible) {
                throw new AssertionError(impossible);
            }
            return target.toByteArray();
        });
    }

    private boolean has() {
        return database.inTransaction(() -> images.has(name));
    }

    @Test
    void givesBackWhatItKeptUntilNobodyUsedItForAMonth() throws IOException {
        assertThat(has()).isFalse();
        assertThat(fetched()).isEmpty();
        Path archive = archive(5_000_000);
        keep(name, archive);
        assertThat(fetched()).isEqualTo(Files.readAllBytes(archive));
        clock.advance(Duration.ofDays(20));
        keep(name, temporary.resolve("not read again"));
        clock.advance(Duration.ofDays(20));
        keep("f".repeat(64), archive(1));
        assertThat(has()).isTrue();
        clock.advance(Duration.ofDays(11));
        keep("f".repeat(64), archive(1));
        assertThat(has()).isFalse();
    }

    @Test
    void keepsNothingOfWhatItCannotRead() {
        assertThatThrownBy(() -> keep(name, temporary.resolve("absent"))).isInstanceOf(ComputingElementFailure.class);
        assertThat(has()).isFalse();
    }
}
