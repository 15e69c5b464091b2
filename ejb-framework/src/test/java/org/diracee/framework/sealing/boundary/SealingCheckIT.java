/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.sealing.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import javax.crypto.SecretKey;
import org.diracee.framework.fixture.Installation;
import org.diracee.framework.fixture.Together;
import org.diracee.framework.sealing.control.UnusableSealingKey;
import org.diracee.framework.sealing.entity.SealingProbeRepository;
import org.junit.jupiter.api.Test;

class SealingCheckIT {

    private final Installation installation = Installation.configured();

    private SealingCheck node(SecretKey key) {
        return new SealingCheck(installation.database.service(
                SealingRecord.class,
                new Sealing(() -> key),
                new SealingProbeRepository(installation.database.entities())));
    }

    @Test
    void nodesWithTheSameKeyStart() throws InterruptedException {
        SecretKey key = Installation.newSealingKey();

        List<Object> outcomes = Together.run(Collections.nCopies(4, () -> {
            node(key).check();
            return "started";
        }));

        assertThat(outcomes).containsOnly("started");
        assertThatCode(() -> node(key).check()).doesNotThrowAnyException();
    }

    @Test
    void aNodeWithAnotherKeyDoesNotStart() {
        node(Installation.newSealingKey()).check();

        assertThatThrownBy(() -> node(Installation.newSealingKey()).check())
                .isInstanceOf(UnusableSealingKey.class)
                .hasMessageContaining("All nodes of an installation need the same");
    }

    @Test
    void aNodeWithoutAKeyDoesNotStart() {
        SealingCheck node = new SealingCheck(installation.database.service(
                SealingRecord.class,
                new Sealing(() -> {
                    throw UnusableSealingKey.missing("key");
                }),
                new SealingProbeRepository(installation.database.entities())));

        assertThatThrownBy(node::check).isInstanceOf(UnusableSealingKey.class).hasMessageContaining("has no key 'key'");
    }
}
