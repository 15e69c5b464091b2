/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.registry.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.diracee.framework.configuration.control.CfgReader;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.junit.jupiter.api.Test;

class RegisteredVoTest {

    private final Map<String, String> leftOut = new LinkedHashMap<>();

    private Map<VoName, RegisteredVo> read(String registry) {
        return RegisteredVo.all(
                CfgReader.read("Registry\n{\n" + registry + "}\n").snapshot(1), leftOut::put);
    }

    @Test
    void readsUsersGroupsAndSupport() {
        Map<VoName, RegisteredVo> vos = read("""
                lhcb
                {
                  DefaultGroup = lhcb_user
                  Support
                  {
                    Email = help@lhcb.test
                  }
                  Users
                  {
                    u-1
                    {
                      PreferedUsername = chaen
                      Email = c@x.test
                      Suspended = lhcb
                    }
                  }
                  Groups
                  {
                    lhcb_user
                    {
                      Properties = NormalUser
                      Users = u-1
                      JobShare = 200
                    }
                  }
                }
                """);

        assertThat(vos).containsOnlyKeys(new VoName("lhcb"));
        RegisteredVo vo = vos.values().iterator().next();
        assertThat(vo.defaultGroup()).contains(new GroupName("lhcb_user"));
        assertThat(vo.support().email()).contains("help@lhcb.test");
        assertThat(vo.users().values()).singleElement().satisfies(user -> {
            assertThat(user.username()).isEqualTo(new UserName("chaen"));
            assertThat(user.suspended()).isTrue();
        });
        assertThat(vo.groups().values()).singleElement().satisfies(group -> {
            assertThat(group.properties()).containsExactly(Property.NORMAL_USER);
            assertThat(group.has("u-1")).isTrue();
            assertThat(group.jobShare()).isEqualTo(200);
        });
        assertThat(leftOut).isEmpty();
    }

    @Test
    void oneSlipLocksNobodyElseOut() {
        Map<VoName, RegisteredVo> vos = read("""
                no vo
                {
                }
                good
                {
                  DefaultGroup = absent
                  Users
                  {
                    x
                    {
                      PreferedUsername = no name
                    }
                    y
                    {
                      PreferedUsername = yes
                    }
                  }
                  Groups
                  {
                    no group
                    {
                    }
                    g
                    {
                      Properties = King, NormalUser
                      JobShare = much
                    }
                  }
                }
                """);

        assertThat(vos).containsOnlyKeys(new VoName("good"));
        assertThat(vos.values()).singleElement().satisfies(good -> {
            assertThat(good.users()).containsOnlyKeys("y");
            assertThat(good.defaultGroup()).isEmpty();
        });
        assertThat(leftOut)
                .containsOnlyKeys(
                        "Registry/no vo",
                        "Registry/good/Users/x",
                        "Registry/good/Groups/no group",
                        "Registry/good/Groups/g/Properties",
                        "Registry/good/Groups/g/JobShare");
    }
}
