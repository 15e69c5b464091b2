/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.resources.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.diracee.framework.fixture.Documents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourcesCheckTest {

    private static final ResourcesCheck CHECK = new ResourcesCheck();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Resources/Sites/A.b b.c -> ERROR /Resources/Sites/A.b b.c",
                "Resources/Sites/G/A.b.c\nResources/Sites/A.b.c -> ERROR /Resources/Sites/A.b.c",
                "Resources/Sites/A.b.c/VO = nobody -> WARNING /Resources/Sites/A.b.c/VO",
                "Resources/Sites/A.b.c/CEs/ce -> WARNING /Resources/Sites/A.b.c/CEs/ce",
                "Resources/Sites/G/A.b.c/CEs/ce/VO = nobody -> WARNING /Resources/Sites/G/A.b.c/CEs/ce/VO",
                "Resources/Sites/A.b.c/CEs/ce/Queues/q -> WARNING /Resources/Sites/A.b.c/CEs/ce/Queues/q",
                "Resources/StorageElements/se/BaseSE = none -> ERROR /Resources/StorageElements/se/BaseSE",
                "Resources/StorageElements/se/BaseSE = se -> ERROR /Resources/StorageElements/se/BaseSE",
                "Resources/StorageElementGroups/g = none -> WARNING /Resources/StorageElementGroups/g"
            })
    void finds(String lineAndFinding) {
        String[] parts = lineAndFinding.split(" -> ");

        assertThat(CHECK.check(Documents.of(parts[0])))
                .anySatisfy(finding ->
                        assertThat(finding.severity() + " " + finding.path()).isEqualTo(parts[1]));
    }

    @Test
    void hasNothingToSayOfWhatIsRight() {
        assertThat(CHECK.check(Documents.of("""
                Registry/demo/DefaultGroup = demo_user
                Resources/Sites/LCG/LCG.CERN.ch/VO = demo
                Resources/Sites/LCG/LCG.CERN.ch/CEs/ce/CEType = AREX
                Resources/Sites/LCG/LCG.CERN.ch/CEs/ce/Queues/q/maxCPUTime = 60
                Resources/StorageElements/CERN-USER/BackendType = EOS
                Resources/StorageElementGroups/SE-USER = CERN-USER
                """))).isEmpty();
    }
}
