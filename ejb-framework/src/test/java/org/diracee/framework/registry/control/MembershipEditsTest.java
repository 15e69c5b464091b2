/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.registry.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.diracee.framework.configuration.boundary.Proposal.Action;
import org.diracee.framework.configuration.boundary.Proposal.Edit;
import org.diracee.framework.fixture.Documents;
import org.diracee.framework.registry.boundary.RegisteredUser;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.junit.jupiter.api.Test;

class MembershipEditsTest {

    private static final VoName DEMO = new VoName("demo");
    private static final RegisteredUser VERA =
            new RegisteredUser("v-1", new UserName("vera"), Optional.empty(), false, List.of());

    private static List<Edit> removal(Configuration configuration, boolean isOfOthers) {
        return MembershipEdits.removal(configuration, DEMO, VERA, List.of(new GroupName("demo_user")), isOfOthers);
    }

    @Test
    void aRemovedUserLeavesNothingToTheNextOfThisName() {
        Configuration configuration = Documents.of("""
                Registry/demo/VOAdmin = vera, carol
                Registry/demo/Users/v-1/PreferedUsername = vera
                Registry/demo/Groups/demo_user/Users = v-1, c-1
                """);

        assertThat(removal(configuration, false))
                .containsExactly(
                        new Edit(Action.SET, "Registry/demo/Groups/demo_user/Users", "c-1"),
                        new Edit(Action.SET, "Registry/demo/VOAdmin", "carol"),
                        new Edit(Action.REMOVE, "Registry/demo/Users/v-1", ""));
    }

    @Test
    void aUserOfTheClassicLayoutStaysForOtherVos() {
        Configuration configuration = Documents.of("""
                Registry/Users/vera/ID = v-1
                Registry/Groups/demo_user/Users = vera
                """);
        Edit leaves = new Edit(Action.SET, "Registry/Groups/demo_user/Users", "");

        assertThat(removal(configuration, true)).containsExactly(leaves);
        assertThat(removal(configuration, false))
                .containsExactly(leaves, new Edit(Action.REMOVE, "Registry/Users/vera", ""));
    }
}
