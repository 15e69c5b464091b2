/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.control;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EditingRightsTest {

    private static final Caller.User VERA = user("demo", "v-1", "vera");

    /** Both layouts of a VO, resources of its own and of others. */
    private static final String TEXT = """
            /DIRAC/VirtualOrganization = other
            /Registry/demo/VOAdmin = vera, otto
            /Registry/demo/VOAdminGroup = demo_boss
            /Registry/demo/Users/v-1/PreferedUsername = vera
            /Registry/demo/Users/o-2/PreferedUsername = otto
            /Registry/demo/Users/a-3/PreferedUsername = alice
            /Registry/demo/Users/r-0/PreferedUsername = root
            /Registry/demo/Groups/demo_user/Properties = NormalUser
            /Registry/demo/Groups/demo_user/Users = v-1, o-2, a-3, r-0
            /Registry/demo/Groups/demo_boss/Properties = NormalUser
            /Registry/demo/Groups/demo_boss/Users = o-2
            /Registry/demo/Groups/demo_root/Properties = CSAdministrator
            /Registry/demo/Groups/demo_root/Users = r-0, unregistered-9
            /Registry/other/Users/e-1/DNs = /DC=org/CN=eve/Email=eve@example.org
            /Registry/Hosts/node/DN = /DC=org/CN=node
            /Registry/VO/demo/VOMSName = demo
            /Registry/Users/charles/DN = /O=DIRAC/CN=c-7
            /Registry/Users/claire/ID = c-8
            /Registry/Users/simple/Email = simple@example.org
            /Registry/Users/simple/DN = /O=nobody/CN=simple
            /Registry/Groups/classic_root/VO = demo
            /Registry/Groups/classic_root/Properties = ServiceAdministrator
            /Registry/Groups/classic_root/Users = charles, claire, simple
            /Registry/Groups/classic_user/VO = demo
            /Registry/Groups/classic_user/Users = simple
            /Registry/Groups/nobodys/Users = simple
            /Resources/Sites/LCG/LCG.Demo.ch/VO = demo
            /Resources/Sites/LCG/LCG.Demo.ch/CEs/ssh/CEType = SSH
            /Resources/Sites/LCG/LCG.Demo.ch/CEs/own/CEType = Local
            /Resources/Sites/LCG/LCG.Demo.ch/CEs/lent/VO = other
            /Resources/Sites/LCG/LCG.Shared.ch/VO = demo, other
            /Resources/Sites/BARE/CEs/ce/CEType = SSH
            /Resources/StorageElementGroups/Tier1 = A, B
            """;

    private static ConfigurationDocument document() {
        ConfigurationEditor editor = ConfigurationDocument.empty().edit();
        TEXT.lines().forEach(line -> set(editor, line));
        return editor.document();
    }

    private static void set(ConfigurationEditor editor, String line) {
        String[] pathAndValue = line.split(" = ", 2);
        editor.set(pathAndValue[0], pathAndValue[1]);
    }

    private static Caller.User user(String vo, String subject, String name, Property... properties) {
        return new Caller.User(
                subject, new UserName(name), new GroupName("demo_user"), new VoName(vo), Set.of(properties));
    }

    /** What the user makes of the document, edits separated by {@code ;}, of which {@code -path} takes out. */
    private static void change(Caller.User user, String edits) {
        ConfigurationDocument before = document();
        ConfigurationEditor editor = before.edit();
        for (String edit : edits.split(";", -1)) {
            if (edit.strip().startsWith("-")) {
                editor.remove(edit.strip().substring(1));
            } else {
                set(editor, edit.strip());
            }
        }
        ConfigurationDocument after = editor.document();
        EditingRights.require(user, before.snapshot(1), after.snapshot(1), Changes.between(before, after));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/Operations/demo/JobDescription/MaxPriority = 5",
                "/Registry/demo/Support/Message = Ask vera",
                "/Registry/demo/Users/a-3/Email = alice@example.org",
                "/Registry/demo/Users/o-2/Email = otto@example.org",
                "/Registry/demo/Users/n-4/PreferedUsername = nora",
                "/Registry/demo/Users/a-3/DNs = /DC=org/CN=alice",
                "-/Registry/demo/Users/a-3",
                "/Registry/demo/Groups/demo_user/Users = v-1",
                "/Registry/demo/Groups/demo_prod/Properties = NormalUser, JobAdministrator",
                "/Registry/VO/demo/DefaultGroup = classic_user",
                "/Registry/demo/DefaultGroup = demo_user",
                "/Registry/Groups/classic_user/Users = simple, charles",
                "/Registry/Groups/classic_new/VO = demo",
                "/Resources/Sites/LCG/LCG.Demo.ch/CEs/ssh/MaxTotalJobs = 7",
                "/Resources/Sites/LCG/LCG.Demo.ch/CEs/ssh/VO = demo",
                "/Resources/Sites/DIRAC/DIRAC.Demo.org/VO = demo; /Resources/Sites/DIRAC/DIRAC.Demo.org/Mail = vera",
                "/Resources/StorageElements/DEMO-disk/VO = demo"
            })
    void anAdministratorOfAVoChangesWhatIsTheVosAlone(String edits) {
        assertThatCode(() -> change(VERA, edits)).doesNotThrowAnyException();
    }

    /** Every line is a way to more than the VO gave. */
    @Nested
    class CannotTakeMore {

        private void refused(String edits) {
            assertThatThrownBy(() -> change(VERA, edits)).as(edits).isInstanceOf(Forbidden.class);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/Registry/demo/Users/r-0/PreferedUsername = vera",
                    "/Registry/demo/Users/r-0/DNs = /CN=vera",
                    "/Registry/demo/Users/r-0/Suspended = true",
                    "-/Registry/demo/Users/r-0",
                    "-/Registry/demo/Users",
                    "/Registry/demo/Users/unregistered-9/PreferedUsername = vera2",
                    "/Registry/demo/Users/c-7/PreferedUsername = vera2",
                    "/Registry/demo/Users/c-8/PreferedUsername = vera2",
                    "/Registry/demo/Users/simple/DNs = /CN=vera"
                })
        void byBecomingSomebodyWithRightsBeyondTheVo(String edits) {
            refused(edits);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/Registry/demo/Users/a-3/DNs = /DC=org/CN=alice, /DC=org/CN=eve/emailAddress=eve@example.org",
                    "/Registry/demo/Users/n-4/DNs = /DC=org/CN=node",
                    "/Registry/demo/Users/n-4/DNs = /O=nobody/CN=simple"
                })
        void byTheCertificatesOfOthers(String edits) {
            refused(edits);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/Registry/demo/VOAdmin = vera, alice",
                    "/Registry/VO/demo/VOAdmin = alice",
                    "/Registry/demo/Users/a-3/PreferedUsername = otto",
                    "/Registry/demo/Users/otto/Email = otto@example.org",
                    "-/Registry/demo/Users/o-2",
                    "/Registry/demo/Groups/demo_boss/Users = o-2, a-3",
                    "/Registry/Groups/demo_boss/VO = demo; /Registry/Groups/demo_boss/Users = simple"
                })
        void byChangingWhoAdministersTheVo(String edits) {
            refused(edits);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/Registry/demo/Groups/demo_user/Properties = NormalUser, CSAdministrator",
                    "/Registry/demo/Groups/demo_user/Properties = NormalUser, NotYetInvented",
                    "/Registry/demo/Groups/demo_user/Properties = NormalUser, LimitedDelegation",
                    "/Registry/demo/Groups/new/Properties = ServiceAdministrator",
                    "/Registry/demo/DefaultGroup = demo_root",
                    "/Registry/demo/DefaultGroup = demo_boss",
                    "/Registry/demo/DefaultGroup = classic_root",
                    "/Registry/VO/demo/DefaultGroup = classic_user, classic_root",
                    "/Registry/demo/Groups/demo_root/Users = v-1",
                    "-/Registry/demo/Groups/demo_root",
                    "/Registry/demo/Groups/classic_root/Users = v-1",
                    "/Registry/Groups/classic_user/Properties = Operator",
                    "/Registry/Groups/nobodys/VO = demo",
                    "/Registry/Groups/option = 1"
                })
        void byGroups(String edits) {
            refused(edits);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/Resources/Sites/X.Demo.ch/VO = demo; /Resources/Sites/X.Demo.ch/CEs/ce/CEType = Local",
                    "/Resources/Sites/LCG/LCG.Demo.ch/CEs/ssh/CEType = Local",
                    "/Resources/Sites/LCG/LCG.Demo.ch/CEs/own/PilotImage = /tmp/mine",
                    "/Resources/Sites/LCG/LCG.Demo.ch/CEs/own/Queues/q/ExtraPilotOptions = --server https://evil.example"
                })
        void byProgramsThatTheServerStarts(String edits) {
            refused(edits);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/Resources/Sites/LCG/LCG.Shared.ch/VO = demo",
                    "/Resources/Sites/LCG/LCG.Demo.ch/CEs/ssh/VO = other",
                    "/Resources/Sites/LCG/LCG.Demo.ch/CEs/ssh/Queues/q/VO = ,",
                    "/Resources/Sites/LCG/LCG.Demo.ch/CEs/lent/MaxTotalJobs = 1",
                    "/Resources/Sites/LCG/CEs/VO = demo",
                    "/Resources/Sites/LCG/MaxTotalJobs = 0",
                    "/Resources/Sites/BARE/MaxTotalJobs = 0",
                    "/Resources/StorageElementGroups/Tier1 = MINE",
                    "-/Resources/StorageElementGroups/Tier1",
                    "-/Resources/StorageElementGroups/Tier1; /Resources/StorageElementGroups/Tier1/VO = demo",
                    "/Resources/IdProviders/Mine/VO = demo",
                    "/Resources/StorageElements/option = 1"
                })
        void byResources(String edits) {
            refused(edits);
        }

        @ParameterizedTest
        @ValueSource(strings = {"/New/Option = 1", "/Operations/Defaults/Tries = 1", "/Operations/other/Tries = 1"})
        void byOtherSections(String edits) {
            refused(edits);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Defaults", "Users", "Groups", "Hosts", "VO"})
    void aVoNamedLikeASectionWithAnotherMeaningAdministersNothing(String vo) {
        ConfigurationDocument before = document().with("/Registry/" + vo + "/VOAdmin", "vera");
        ConfigurationDocument after = before.with("/Operations/" + vo + "/Tries", "1");

        assertThatThrownBy(() -> EditingRights.require(
                        user(vo, "v-1", "vera"), before.snapshot(1), after.snapshot(1), Changes.between(before, after)))
                .isInstanceOf(Forbidden.class);
    }

    @Test
    void csAdministratorsChangeEverything() {
        assertThatCode(() -> change(
                        user("other", "c-1", "carol", Property.CS_ADMINISTRATOR),
                        "/Registry/demo/Users/r-0/PreferedUsername = carol; /New/Option = 1"))
                .doesNotThrowAnyException();
    }
}
