/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.registry.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.diracee.framework.fixture.Documents;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryCheckTest {

    private static final RegistryCheck CHECK = new RegistryCheck();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Registry/a b/DefaultGroup = x -> ERROR /Registry/a b",
                "Registry/lhcb/DefaultGroup = absent -> ERROR /Registry/lhcb/DefaultGroup",
                "Registry/lhcb/Users/a b/Email = x -> ERROR /Registry/lhcb/Users/a b",
                "Registry/lhcb/Groups/a b/JobShare = 1 -> ERROR /Registry/lhcb/Groups/a b",
                "Registry/lhcb/Groups/g/Users = nobody -> WARNING /Registry/lhcb/Groups/g/Users",
                "Registry/lhcb/Groups/g/Properties = King -> WARNING /Registry/lhcb/Groups/g/Properties",
                "Registry/DefaultGroup = absent -> WARNING /Registry/DefaultGroup",
                "Registry/VO/lhcb/DefaultGroup = absent -> WARNING /Registry/VO/lhcb/DefaultGroup",
                "Registry/VO/Users/VOMSName = x -> ERROR /Registry/VO/Users",
                "Registry/Groups/g/VO = Hosts -> ERROR /Registry/Groups/g/VO",
                "Registry/Defaults/DefaultGroup = x -> ERROR /Registry/Defaults",
                "Registry/VO/Defaults/VOMSName = x -> ERROR /Registry/VO/Defaults",
                "DIRAC/VirtualOrganization = Users -> ERROR /DIRAC/VirtualOrganization",
                "Registry/lhcb/Users/a/PreferedUsername = x\nRegistry/lhcb/Users/b/PreferedUsername = x"
                        + " -> ERROR /Registry/lhcb/Users/b",
                "Registry/lhcb/Users/a/PreferedUsername = b\nRegistry/lhcb/Users/b/Email = x"
                        + " -> ERROR /Registry/lhcb/Users/b",
                "Registry/lhcb/Users/a/PreferedUsername = x\nRegistry/Users/x/ID = b\nRegistry/Groups/g/VO = lhcb"
                        + "\nRegistry/Groups/g/Users = x -> ERROR /Registry/lhcb/Users/a",
                "Registry/Groups/g/JobShare = 1 -> WARNING /Registry/Groups/g",
                "Registry/Hosts/h/Properties = King -> WARNING /Registry/Hosts/h/Properties",
                "Registry/lhcb/VOMSName = a\nRegistry/VO/lhcb/VOMSName = a -> WARNING /Registry/lhcb",
                "Registry/Users/a/DN = /CN=x\nRegistry/Users/b/DN = /CN=x -> WARNING /Registry/Users/b/DN",
                "Registry/lhcb/VOMSName = a\nOperations/lhbc/Services/x = 1 -> WARNING /Operations/lhbc"
            })
    void finds(String linesAndFinding) {
        String[] parts = linesAndFinding.split(" -> ");

        assertThat(CHECK.check(Documents.of(parts[0])))
                .anySatisfy(finding ->
                        assertThat(finding.severity() + " " + finding.path()).isEqualTo(parts[1]));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", """
                Registry/demo/DefaultGroup = demo_user
                Registry/demo/Users/a-1/PreferedUsername = alice
                Registry/demo/Groups/demo_user/Users = a-1
                Registry/demo/Groups/demo_user/Properties = NormalUser
                Operations/demo/Services/x = 1
                Operations/Defaults/Services/x = 1
                """, """
                Registry/DefaultGroup = users
                Registry/Users/alice/DN = /CN=alice
                Registry/Groups/users/Users = alice
                Registry/Groups/users/VO = demo
                Registry/Groups/users/Properties = NormalUser
                Registry/VO/demo/VOMSName = demo
                """})
    void hasNothingToSayOfWhatIsRight(String lines) {
        assertThat(CHECK.check(Documents.of(lines))).isEmpty();
    }
}
