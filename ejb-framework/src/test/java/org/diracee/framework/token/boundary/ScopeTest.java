/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.diracee.framework.configuration.boundary.ConfigurationRevisions;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.configuration.boundary.Revision;
import org.diracee.framework.configuration.control.HeldConfiguration;
import org.diracee.framework.fixture.Installation;
import org.diracee.framework.fixture.NodesWithoutNews;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.VoName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScopeTest {

    private static final Registry REGISTRY = new Registry(new ConfigurationService(
            new ConfigurationRevisions() {

                @Override
                public void seed() {}

                @Override
                public Optional<HeldConfiguration> newerThan(long revision) {
                    return Optional.of(HeldConfiguration.read(
                            new Revision(1, "", "test", "test", "", "test", Instant.EPOCH),
                            Installation.CONFIGURATION));
                }
            },
            new NodesWithoutNews()));

    @Test
    void readsItsWordsInAnyOrder() {
        Scope scope = Scope.parse(" property:JobAdministrator  group:demo_admin vo:demo ", REGISTRY);

        assertThat(scope)
                .isEqualTo(
                        new Scope(new VoName("demo"), new GroupName("demo_admin"), Set.of(Property.JOB_ADMINISTRATOR)));
        assertThat(scope.text()).isEqualTo("vo:demo group:demo_admin property:JobAdministrator");
        assertThat(Scope.parse(scope.text(), REGISTRY)).isEqualTo(scope);
    }

    @Test
    void takesTheDefaultGroupAndItsPropertiesUnlessAGroupIsNamed() {
        Scope scope = Scope.parse("vo:demo property:JobSharing", REGISTRY);

        assertThat(scope.group()).isEqualTo(new GroupName("demo_user"));
        assertThat(scope.properties(REGISTRY)).containsExactlyInAnyOrder(Property.NORMAL_USER, Property.JOB_SHARING);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                        | no vo: is named: possible are demo, other",
                "group:demo_user           | no vo: is named: possible are demo, other",
                "vo:demo vo:other          | only one vo: is allowed, 2 are named",
                "vo:none                   | there is no VO 'none': possible are demo, other",
                "vo:demo group:a group:b   | only one group: is allowed, 2 are named",
                "vo:demo group:other_user  | there is no group 'other_user' in the VO demo: possible are demo_user, demo_admin",
                "vo:demo group:no!name     | there is no group 'no!name' in the VO demo: possible are demo_user, demo_admin",
                "vo:demo property:King     | 'King' is no known property",
                "vo:demo openid            | 'openid' is not understood: allowed are vo:, group: and property:",
            })
    void saysWhatIsWrong(String text, String reason) {
        assertThatThrownBy(() -> Scope.parse(text, REGISTRY)).isInstanceOfSatisfying(InvalidRequest.class, invalid -> {
            assertThat(invalid.code()).isEqualTo(ErrorCode.INVALID_SCOPE);
            assertThat(invalid.detail()).isEqualTo("Invalid scope: " + reason);
        });
    }
}
