/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.registry.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.diracee.framework.fixture.Documents;
import org.diracee.framework.registry.boundary.NewUser;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.VoName;
import org.junit.jupiter.api.Test;

class RegistrationEditsTest {

    private static final Configuration MIXED = Documents.of("""
            Registry/demo/Users/a-1/PreferedUsername = alice
            Registry/demo/Groups/demo_user/Users = a-1
            Registry/Users/bob/DN = /CN=bob
            Registry/Groups/demo_old/VO = demo
            Registry/Groups/demo_old/Users = bob
            """);

    private static List<String> edits(String wish, String... groups) {
        return RegistrationEdits.of(
                        MIXED,
                        new VoName("demo"),
                        new NewUser("n-9", Optional.of(wish), Optional.empty()),
                        Arrays.stream(groups).map(GroupName::new).toList())
                .edits()
                .stream()
                .map(edit -> edit.path() + " = " + edit.value())
                .toList();
    }

    @Test
    void aMemberOfTheVosOwnGroupsIsRegisteredInItsSection() {
        assertThat(edits("nora", "demo_user"))
                .containsExactly(
                        "Registry/demo/Users/n-9/PreferedUsername = nora",
                        "Registry/demo/Groups/demo_user/Users = a-1, n-9");
    }

    @Test
    void aMemberOfAClassicGroupIsRegisteredThereSoThatItsOtherMembersStay() {
        assertThat(edits("nora", "demo_old"))
                .containsExactly("Registry/Users/nora/ID = n-9", "Registry/Groups/demo_old/Users = bob, nora");
    }

    @Test
    void aMemberOfGroupsOfBothLayoutsIsInBoth() {
        assertThat(edits("nora", "demo_user", "demo_old"))
                .containsExactly(
                        "Registry/Users/nora/ID = n-9",
                        "Registry/demo/Groups/demo_user/Users = a-1, n-9",
                        "Registry/Groups/demo_old/Users = bob, nora");
    }

    @Test
    void noNameIsThatOfSomebodyInTheOtherLayout() {
        assertThat(edits("alice", "demo_old")).contains("Registry/Users/alice_2/ID = n-9");
        assertThat(edits("bob", "demo_user")).contains("Registry/demo/Users/n-9/PreferedUsername = bob_2");
    }
}
