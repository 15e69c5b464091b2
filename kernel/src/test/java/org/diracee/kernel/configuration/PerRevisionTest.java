/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PerRevisionTest {

    private final AtomicInteger readings = new AtomicInteger();
    private final PerRevision<String> names = new PerRevision<>(snapshot -> {
        readings.incrementAndGet();
        return snapshot.option("Name").orElse("none");
    });

    @Test
    void readsEachSnapshotOnce() {
        Configuration first = new Configuration(1, Map.of("Name", "a"));

        assertThat(names.of(first)).isEqualTo("a");
        assertThat(names.of(first)).isEqualTo("a");
        assertThat(names.of(new Configuration(2, Map.of("Name", "b")))).isEqualTo("b");
        assertThat(readings).hasValue(2);
    }

    @Test
    void triesAgainWhatFailed() {
        Configuration snapshot = new Configuration(1, Map.of());
        PerRevision<String> failing = new PerRevision<>(now -> {
            if (readings.incrementAndGet() == 1) {
                throw new IllegalStateException("once");
            }
            return "read";
        });

        assertThatThrownBy(() -> failing.of(snapshot)).isInstanceOf(IllegalStateException.class);
        assertThat(failing.of(snapshot)).isEqualTo("read");
    }
}
