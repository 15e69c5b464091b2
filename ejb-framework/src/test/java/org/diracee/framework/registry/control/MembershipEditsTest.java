/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.registry.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.diracee.framework.configuration.boundary.Proposal.Action;
import org.diracee.framework.configuration.boundary.Proposal.Edit;
import org.diracee.framework.fixture.Documents;
import org.diracee.framework.registry.boundary.RegisteredUser;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.junit.jupiter.api.Test;

class MembershipEditsTest {

    private static final VoName DEMO = new VoName("demo");
    private static final RegisteredUser VERA =
            new RegisteredUser("v-1", new UserName("vera"), Optional.empty(), false, List.of());

    private static List<Edit> removal(Configuration configuration) {
        return MembershipEdits.removal(configuration, DEMO, VERA, List.of(new GroupName("demo_user")));
    }

    @Test
    void aRemovedUserLeavesNothingToTheNextOfThisName() {
        Configuration configuration = Documents.of("""
                Registry/demo/VOAdmin = vera, carol
                Registry/demo/Users/v-1/PreferedUsername = vera
                Registry/demo/Groups/demo_user/Users = v-1, c-1
                """);

        assertThat(removal(configuration))
                .containsExactly(
                        new Edit(Action.SET, "Registry/demo/Groups/demo_user/Users", "c-1"),
                        new Edit(Action.SET, "Registry/demo/VOAdmin", "carol"),
                        new Edit(Action.REMOVE, "Registry/demo/Users/v-1", ""));
    }

    @Test
    void aUserOfTheClassicLayoutStaysForOtherVos() {
        String classic = """
                Registry/Users/vera/ID = v-1
                Registry/Groups/demo_user/VO = demo
                Registry/Groups/demo_user/Users = vera
                """;
        Edit leaves = new Edit(Action.SET, "Registry/Groups/demo_user/Users", "");

        assertThat(removal(Documents.of(classic)))
                .containsExactly(leaves, new Edit(Action.REMOVE, "Registry/Users/vera", ""));
        assertThat(removal(Documents.of(classic + """
                        Registry/Groups/other_user/VO = other
                        Registry/Groups/other_user/Users = vera
                        """))).containsExactly(leaves);
    }

    @Test
    void aUserOfTheClassicLayoutStaysWhenOneOfThisNameInAnotherLayoutIsRemoved() {
        Configuration configuration = Documents.of("""
                Registry/demo/Users/v-1/PreferedUsername = vera
                Registry/demo/Groups/demo_user/Users = v-1
                Registry/Users/vera/ID = other-vera
                Registry/Groups/other_user/VO = other
                Registry/Groups/other_user/Users = vera
                """);

        assertThat(removal(configuration))
                .containsExactly(
                        new Edit(Action.SET, "Registry/demo/Groups/demo_user/Users", ""),
                        new Edit(Action.REMOVE, "Registry/demo/Users/v-1", ""));
    }

    @Test
    void aUserJoinsNoGroupThatKnowsOnlyAnotherOfThisName() {
        Configuration configuration = Documents.of("""
                Registry/demo/Users/v-1/PreferedUsername = vera
                Registry/Users/vera/ID = other-vera
                Registry/Groups/demo_prod/VO = demo
                Registry/Groups/demo_prod/Users = carol
                """);

        assertThatThrownBy(() -> MembershipEdits.of(configuration, DEMO, new GroupName("demo_prod"), VERA, true))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("members are those of /Registry/Users");
    }

    @Test
    void ofSeveralOfOneSubjectNoneIsRemoved() {
        Configuration configuration = Documents.of("""
                Registry/Users/vera/ID = v-1
                Registry/Users/vera2/ID = v-1
                Registry/Groups/demo_user/VO = demo
                Registry/Groups/demo_user/Users = vera, vera2
                """);

        assertThatThrownBy(() -> removal(configuration))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("vera and vera2");
    }
}
