/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.policy.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.diracee.framework.access.boundary.AccessRules;
import org.diracee.framework.access.boundary.Operations;
import org.diracee.framework.fixture.Installation;
import org.diracee.framework.fixture.People;
import org.diracee.framework.suspension.boundary.SuspendedKind;
import org.diracee.framework.suspension.boundary.SuspensionTarget;
import org.diracee.framework.token.boundary.Sessions;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.junit.jupiter.api.Test;

class AccessPolicyIT {

    private static final Caller ALICE = People.of("demo", "a-1", "alice", "demo_user", Property.NORMAL_USER);
    private static final Caller ROOT = People.of("demo", "b-2", "bob", "demo_admin", Property.SERVICE_ADMINISTRATOR);

    private final Installation installation = Installation.configured();
    private final AccessRules rules = new AccessRules(installation.configuration);
    private final AccessPolicy policy = installation.database.service(
            AccessPolicy.class,
            new Operations(List.of(Sessions.class, AccessPolicy.class)),
            rules,
            installation.registry,
            installation.suspensionList,
            installation.configuration);

    @Test
    void tellsWhatTheCodeDeclares() {
        PolicyAnswer answer = own("Sessions.list");

        assertThat(answer.allowed()).isTrue();
        assertThat(answer.rule().text()).isEqualTo("every user");
        assertThat(answer.rule().configuredAt()).isEmpty();
        assertThat(policy.operations(ALICE)).hasSize(4);
    }

    @Test
    void aRuleOfTheConfigurationCountsFromItsRevisionOn() throws Exception {
        assertThat(rules.of(Sessions.class.getMethod("list", Caller.class)).refusal(ALICE))
                .isEmpty();
        override("list = ProxyManagement, group:demo_admin");

        assertThat(rules.of(Sessions.class.getMethod("list", Caller.class)).refusal(ALICE))
                .contains("is for the group demo_admin");
        PolicyAnswer answer = own("Sessions.list");
        assertThat(answer.allowed()).isFalse();
        assertThat(answer.rule().configuredAt()).contains("/Systems/Framework/Services/Sessions/Authorization/list");
        assertThat(answer.rule().text()).isEqualTo("users with ProxyManagement, in the group demo_admin");
        assertThat(answer.reasons()).containsExactly("demo_user: is for the group demo_admin");
        assertThat(answer.allowing()).containsExactly("demo_admin");
    }

    @Test
    void aRuleOfTheConfigurationForAnotherVoShutsOut() {
        override("list = vo:other");

        assertThat(own("Sessions.list").reasons()).containsExactly("demo_user: is for the VO other");
    }

    @Test
    void explainsOthersGroupByGroup() {
        override("list = ProxyManagement");

        PolicyAnswer bob = other("bob", Optional.empty());
        assertThat(bob.allowed()).isTrue();
        assertThat(bob.groups()).containsExactly("demo_user", "demo_admin");
        assertThat(bob.reasons()).containsExactly("demo_user: needs ProxyManagement");
        assertThat(other("bob", Optional.of(new GroupName("demo_user"))).allowed())
                .isFalse();
        assertThat(other("sam", Optional.empty()).reasons()).startsWith("the registry of the VO suspends the user");
    }

    @Test
    void tellsThatSomebodyIsSuspended() {
        installation.suspensions.suspend(ROOT, new SuspensionTarget(SuspendedKind.USER, "demo", "alice"), "incident");
        installation.suspensionList.refresh();

        PolicyAnswer answer = other("alice", Optional.empty());
        assertThat(answer.allowed()).isFalse();
        assertThat(answer.reasons()).first().asString().startsWith("The user alice of the VO demo is suspended.");
    }

    @Test
    void tellsAboutOthersOnlyThoseWhoWatchOverThem() {
        assertThatThrownBy(() -> policy.explain(
                        ALICE, "Sessions.list", Optional.of(new UserName("bob")), Optional.empty(), Optional.empty()))
                .isInstanceOf(Forbidden.class);
        Caller operator = People.of("demo", "b-2", "bob", "demo_ops", Property.OPERATOR);
        assertThatThrownBy(() -> policy.explain(
                        operator,
                        "Sessions.list",
                        Optional.of(new UserName("alice")),
                        Optional.of(new VoName("other")),
                        Optional.empty()))
                .isInstanceOf(Forbidden.class);
    }

    @Test
    void namesTheNearestOfAnUnknownOperation() {
        assertThatThrownBy(() -> own("Sessions.lst"))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("Is Sessions.list meant?");
    }

    private void override(String rule) {
        installation.configure(2, Installation.with("""
                Systems
                {
                  Framework
                  {
                    Services
                    {
                      Sessions
                      {
                        Authorization
                        {
                          %s
                        }
                      }
                    }
                  }
                }
                """.formatted(rule)));
        installation.configuration.refresh();
    }

    private PolicyAnswer own(String operation) {
        return policy.explain(ALICE, operation, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private PolicyAnswer other(String user, Optional<GroupName> group) {
        return policy.explain(ROOT, "Sessions.list", Optional.of(new UserName(user)), Optional.empty(), group);
    }
}
