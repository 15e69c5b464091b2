/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.description.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.junit.jupiter.api.Test;

class RequirementsTest {

    private static final VoName VO = new VoName("demo");
    private static final UserName ALICE = new UserName("alice");
    private static final GroupName GROUP = new GroupName("demo_user");

    private final Requirements requirements = new Requirements(
            1800, List.of("B", "A", "B"), List.of(), List.of(), List.of("p"), List.of("User"), List.of("GPU"));

    @Test
    void sortWhatTheyList() {
        assertThat(requirements.sites()).containsExactly("A", "B");
    }

    /** A changed digest would orphan the task queues that a running system has. */
    @Test
    void keepTheirDigestFromReleaseToRelease() {
        assertThat(requirements.digest()).isEqualTo("ead205b5bcd3854d4b6afdeb2c36dd63d8fd390730bd1563c67a9ecb86b41b66");
        assertThat(requirements.queueDigest(VO, ALICE, GROUP))
                .isEqualTo("e4ecd3dfa8c4525c5fc40ac45c412d3239bff71d3722404a4c0328064fac53a0");
    }

    @Test
    void haveADigestPerOwner() {
        assertThat(requirements.queueDigest(VO, ALICE, GROUP))
                .isNotEqualTo(requirements.queueDigest(VO, new UserName("bob"), GROUP))
                .isNotEqualTo(requirements.queueDigest(VO, ALICE, new GroupName("demo_admin")));
    }

    @Test
    void doNotConfuseTheListsTheyHave() {
        Requirements asTag = new Requirements(
                1800, List.of("A", "B"), List.of(), List.of(), List.of(), List.of("User"), List.of("GPU", "p"));

        assertThat(asTag.digest()).isNotEqualTo(requirements.digest());
    }
}
