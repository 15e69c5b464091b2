/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.access.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Credential;
import org.diracee.kernel.access.CredentialKind;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.junit.jupiter.api.Test;

class AccessRuleTest {

    private static final VoName DEMO = new VoName("demo");
    private static final Caller PILOT = new Caller.Pilot(new PilotStamp("a"), DEMO);

    interface Service {

        @Requires
        void anyUser();

        @Requires({Property.JOB_ADMINISTRATOR, Property.OPERATOR})
        void administrators();

        @Requires(callers = CallerKind.PILOT)
        void pilots();

        @Requires(
                value = Property.JOB_ADMINISTRATOR,
                callers = {CallerKind.USER, CallerKind.PILOT})
        void administratorsAndPilots();

        @Requires(unlimited = true)
        void start();
    }

    private static boolean passes(String method, Caller caller) {
        Requires rule = Arrays.stream(Service.class.getMethods())
                .filter(candidate -> candidate.getName().equals(method))
                .map(candidate -> candidate.getAnnotation(Requires.class))
                .findFirst()
                .orElseThrow();
        return AccessRule.declared(rule).refusal(caller).isEmpty();
    }

    private static Caller user(Property... properties) {
        return new Caller.User("s", new UserName("u"), new GroupName("g"), DEMO, Set.of(properties));
    }

    @Test
    void letsUsersThroughByTheirProperties() {
        assertThat(passes("anyUser", user())).isTrue();
        assertThat(passes("administrators", user(Property.NORMAL_USER))).isFalse();
        assertThat(passes("administrators", user(Property.OPERATOR))).isTrue();
    }

    @Test
    void letsOnlyTheNamedKindsThrough() {
        assertThat(passes("anyUser", PILOT)).isFalse();
        assertThat(passes("pilots", PILOT)).isTrue();
        assertThat(passes("pilots", user(Property.values()))).isFalse();
        assertThat(passes("pilots", new Caller.System("agent"))).isFalse();
        assertThat(passes("administratorsAndPilots", PILOT)).isTrue();
        assertThat(passes("administratorsAndPilots", user())).isFalse();
    }

    @Test
    void keepsLimitedProxiesFromWhatTheyMayNotAndNoConfigurationLetsThemIn() throws NoSuchMethodException {
        Caller limited = new Caller.User(
                "s",
                new UserName("u"),
                new GroupName("g"),
                DEMO,
                Set.of(),
                Credential.of(CredentialKind.LIMITED_PROXY, "/CN=u"));
        Requires rule = Service.class.getMethod("start").getAnnotation(Requires.class);

        assertThat(passes("start", user())).isTrue();
        assertThat(passes("start", limited)).isFalse();
        assertThat(passes("anyUser", limited)).isTrue();
        assertThat(AccessRule.declared(rule).overridden(List.of("any"), "/x").refusal(limited))
                .hasValue(AccessRule.LIMITED);
    }
}
