/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.registry.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.diracee.framework.fixture.Documents;
import org.diracee.framework.registry.boundary.RegisteredHost;
import org.diracee.framework.registry.boundary.RegisteredUser;
import org.diracee.framework.registry.boundary.RegisteredVo;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RegistryContentsTest {

    private final Map<String, String> leftOut = new LinkedHashMap<>();

    private RegistryContents read(String lines) {
        return RegistryContents.read(Documents.of(lines), leftOut::put);
    }

    private RegisteredVo vo(String name, String lines) {
        return read(lines).vos().get(new VoName(name));
    }

    @Nested
    class TheLayoutByVo {

        @Test
        void holdsUsersBySubjectGroupsAndSupport() {
            RegisteredVo vo = vo("lhcb", """
                    Registry/lhcb/DefaultGroup = lhcb_user
                    Registry/lhcb/Support/Email = help@lhcb.test
                    Registry/lhcb/Users/u-1/PreferedUsername = chaen
                    Registry/lhcb/Users/u-1/Email = c@x.test
                    Registry/lhcb/Users/u-1/Suspended = lhcb
                    Registry/lhcb/Users/u-1/DNs = /DC=ch/CN=chaen
                    Registry/lhcb/Groups/lhcb_user/Properties = NormalUser
                    Registry/lhcb/Groups/lhcb_user/Users = u-1
                    Registry/lhcb/Groups/lhcb_user/JobShare = 200
                    """);

            assertThat(vo.defaultGroup()).contains(new GroupName("lhcb_user"));
            assertThat(vo.support().email()).contains("help@lhcb.test");
            assertThat(vo.users().values()).singleElement().satisfies(user -> {
                assertThat(user.username()).isEqualTo(new UserName("chaen"));
                assertThat(user.suspended()).isTrue();
                assertThat(user.dns()).containsExactly("/DC=ch/CN=chaen");
            });
            assertThat(vo.groups().values()).singleElement().satisfies(group -> {
                assertThat(group.properties()).containsExactly(Property.NORMAL_USER);
                assertThat(group.has("u-1")).isTrue();
                assertThat(group.jobShare()).isEqualTo(200);
            });
            assertThat(leftOut).isEmpty();
        }

        @Test
        void locksNobodyOutForTheSlipOfAnother() {
            RegistryContents contents = read("""
                    Registry/no vo
                    Registry/good/DefaultGroup = absent
                    Registry/good/Users/x/PreferedUsername = no name
                    Registry/good/Users/y/PreferedUsername = yes
                    Registry/good/Users/y/Suspended = False
                    Registry/good/Groups/no group
                    Registry/good/Groups/g/Properties = King, NormalUser
                    Registry/good/Groups/g/JobShare = much
                    """);

            assertThat(contents.vos()).containsOnlyKeys(new VoName("good"));
            assertThat(contents.vos().values()).singleElement().satisfies(good -> {
                assertThat(good.users()).containsOnlyKeys("y");
                assertThat(good.users().get("y").suspended()).isFalse();
                assertThat(good.defaultGroup()).isEmpty();
                assertThat(good.groups().get(new GroupName("g")).jobShare()).isEqualTo(1000);
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

    @Nested
    class TheClassicLayout {

        private static final String LHCB = """
                Registry/DefaultGroup = other_user, lhcb_user
                Registry/Users/alice/DN = /DC=ch/CN=alice, /DC=org/CN=Alice
                Registry/Users/alice/ID = sub-1
                Registry/Users/alice/Email = a@x.test
                Registry/Users/alice/Suspended = other
                Registry/Users/bob/DN = /O=DIRAC/CN=sub-2
                Registry/Users/carol/DN = /DC=ch/CN=carol
                Registry/Users/dave/ID = sub-4
                Registry/Users/nobody/DN = /DC=ch/CN=nobody
                Registry/Groups/lhcb_user/VO = lhcb
                Registry/Groups/lhcb_user/Users = alice, bob, carol, dave, stranger
                Registry/Groups/lhcb_user/Properties = NormalUser
                Registry/Groups/lhcb_user/VOMSRole = /lhcb/Role=user
                Registry/Groups/other_user/VO = other
                Registry/Groups/other_user/Users = alice
                Registry/Hosts/host.test/DN = /DC=ch/CN=host.test
                Registry/Hosts/host.test/Properties = TrustedHost
                Registry/VO/lhcb/VOMSName = lhcb
                """;

        @Test
        void givesAVoTheUsersOfItsGroups() {
            RegisteredVo vo = vo("lhcb", LHCB);

            assertThat(vo.users()).containsOnlyKeys("sub-1", "sub-2", "carol", "sub-4");
            assertThat(vo.users().get("sub-1"))
                    .isEqualTo(new RegisteredUser(
                            "sub-1",
                            new UserName("alice"),
                            Optional.of("a@x.test"),
                            false,
                            List.of("/DC=ch/CN=alice", "/DC=org/CN=Alice")));
            assertThat(vo.groups().get(new GroupName("lhcb_user")).subjects())
                    .containsExactlyInAnyOrder("sub-1", "sub-2", "carol", "sub-4");
            assertThat(vo.defaultGroup()).contains(new GroupName("lhcb_user"));
            assertThat(leftOut).isEmpty();
        }

        @Test
        void makesUpADnForATokenUserAndASubjectForACertificateUser() {
            RegisteredVo vo = vo("lhcb", LHCB);

            assertThat(vo.users().get("sub-4").dns()).containsExactly("/O=DIRAC/CN=sub-4");
            assertThat(vo.users().get("carol").username()).isEqualTo(new UserName("carol"));
        }

        @Test
        void suspendsAUserInTheVosNamed() {
            assertThat(vo("other", LHCB).users().get("sub-1").suspended()).isTrue();
        }

        @Test
        void namesHosts() {
            assertThat(read(LHCB).hosts())
                    .containsExactly(new RegisteredHost(
                            "host.test", List.of("/DC=ch/CN=host.test"), Set.of(Property.TRUSTED_HOST)));
        }

        @Test
        void takesTheOnlyVoForGroupsThatNameNone() {
            assertThat(vo("solo", """
                    DIRAC/VirtualOrganization = solo
                    Registry/Groups/users/Properties = NormalUser
                    """).groups()).containsOnlyKeys(new GroupName("users"));
            assertThat(read("Registry/Groups/users/Properties = NormalUser").vos())
                    .isEmpty();
            assertThat(leftOut).containsOnlyKeys("Registry/Groups/users");
        }
    }

    @Test
    void theLayoutByVoGoesBeforeTheClassicOne() {
        RegisteredVo vo = vo("lhcb", """
                Registry/lhcb/Users/sub-1/PreferedUsername = alicia
                Registry/lhcb/Groups/lhcb_user/JobShare = 7
                Registry/Users/alice/ID = sub-1
                Registry/Users/bob/ID = sub-2
                Registry/Groups/lhcb_user/VO = lhcb
                Registry/Groups/lhcb_user/Users = alice
                Registry/Groups/lhcb_prod/VO = lhcb
                Registry/Groups/lhcb_prod/Users = alice, bob
                """);

        assertThat(vo.users().get("sub-1").username()).isEqualTo(new UserName("alicia"));
        assertThat(vo.users()).containsOnlyKeys("sub-1", "sub-2");
        assertThat(vo.groups().get(new GroupName("lhcb_user")).jobShare()).isEqualTo(7);
        assertThat(vo.groups()).containsOnlyKeys(new GroupName("lhcb_user"), new GroupName("lhcb_prod"));
    }
}
