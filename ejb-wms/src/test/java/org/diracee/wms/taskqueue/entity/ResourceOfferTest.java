/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.taskqueue.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.diracee.kernel.error.InvalidRequest;
import org.junit.jupiter.api.Test;

class ResourceOfferTest {

    private static ResourceOffer offer(List<String> tags, List<String> required, int processors, int maxRam) {
        return ResourceOffer.of(
                "DIRAC.Local.test",
                100,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                tags,
                required,
                processors,
                maxRam);
    }

    @Test
    void memoryAndProcessorsBecomeTags() {
        assertThat(offer(List.of("GPU"), List.of(), 3, 2_999).tags())
                .containsExactlyInAnyOrder("GPU", "1GB", "2GB", "2Processors", "3Processors", "MultiProcessor");
        assertThat(offer(List.of(), List.of(), 1, 0).tags()).isEmpty();
        assertThat(offer(List.of(), List.of(), 1_000_000, 2_000_000_000).tags()).hasSize(1024 + 1023 + 1);
    }

    @Test
    void anyIsNotChecked() {
        ResourceOffer offer = ResourceOffer.of(
                "ANY", 100, Optional.of("any"), Optional.of("Any"), List.of(), List.of(), List.of(), 1, 0);

        assertThat(offer.site()).isNull();
        assertThat(offer.gridCe()).isNull();
        assertThat(offer.platform()).isNull();
    }

    @Test
    void requiredTagsMustBeOffered() {
        assertThat(offer(List.of("A"), List.of("A", "2Processors"), 2, 0).requiredTags())
                .containsExactly("A", "2Processors");
        assertThatThrownBy(() -> offer(List.of("A"), List.of("A", "B", "C"), 1, 0))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("B, C");
    }
}
