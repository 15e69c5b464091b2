/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.taskqueue.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.SiteName;
import org.diracee.wms.taskqueue.boundary.QueueField;
import org.diracee.wms.taskqueue.boundary.ResourceDescription;
import org.diracee.wms.taskqueue.boundary.WantedWork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceOfferTest {

    private static ResourceOffer offer(List<String> tags, List<String> required, int processors, int maxRam) {
        return ResourceOffer.of(new ResourceDescription(
                new SiteName("DIRAC.Local.test"),
                Optional.empty(),
                100,
                Optional.empty(),
                tags,
                required,
                processors,
                maxRam,
                false,
                List.of(),
                WantedWork.ANY));
    }

    @Test
    void memoryAndProcessorsBecomeTags() {
        assertThat(offer(List.of("GPU"), List.of(), 3, 2_999).tags())
                .containsExactlyInAnyOrder("GPU", "1GB", "2GB", "2Processors", "3Processors", "MultiProcessor");
        assertThat(offer(List.of(), List.of(), 1, 0).tags()).isEmpty();
        assertThat(offer(List.of(), List.of(), 1_000_000, 2_000_000_000).tags()).hasSize(1024 + 1023 + 1);
    }

    @Test
    void aWholeNodeIsATagAndHasProcessors() {
        ResourceDescription whole = new ResourceDescription(
                new SiteName("DIRAC.Local.test"),
                Optional.empty(),
                100,
                Optional.empty(),
                List.of(),
                List.of("WholeNode"),
                1,
                0,
                true,
                List.of(),
                WantedWork.ANY);

        assertThat(ResourceOffer.of(whole).tags()).containsExactlyInAnyOrder("WholeNode", "MultiProcessor");
    }

    @ParameterizedTest
    @ValueSource(strings = {"any", "ANY", "'Any'", " any.", "[\"any\"]"})
    void anyIsNotChecked(String any) {
        ResourceOffer offer = ResourceOffer.of(new ResourceDescription(
                new SiteName("ANY"),
                Optional.of(any),
                100,
                Optional.of(any),
                List.of(any),
                List.of("GPU"),
                1,
                0,
                false,
                List.of("User", any),
                WantedWork.ANY));

        assertThat(offer.site()).isEmpty();
        assertThat(offer.accepted()).isEmpty();
        assertThat(offer.anyTag()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"anything", "many", "a", ""})
    void otherWordsAreValues(String word) {
        ResourceOffer offer = ResourceOffer.of(new ResourceDescription(
                new SiteName("ANY"),
                Optional.of(word),
                100,
                Optional.empty(),
                List.of(),
                List.of(),
                1,
                0,
                false,
                List.of(),
                WantedWork.ANY));

        assertThat(offer.accepted()).containsOnlyKeys(QueueField.PLATFORM);
    }

    @Test
    void requiredTagsMustBeOffered() {
        assertThat(offer(List.of("A"), List.of("A", "2Processors"), 2, 0).requiredTags())
                .containsExactlyInAnyOrder("A", "2Processors");
        assertThatThrownBy(() -> offer(List.of("A"), List.of("A", "B", "C"), 1, 0))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("B, C");
    }
}
