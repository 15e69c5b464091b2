/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.proxy.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliveryRulesTest {

    private static Caller.User with(Set<Property> properties) {
        return new Caller.User(
                "a-1", new UserName("alice"), new GroupName("demo_user"), new VoName("demo"), properties);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # properties                               | own   | private | downloadable | asked   | gets
            FullDelegation                             | false | false   | true         | any     | full
            FullDelegation                             | true  | false   | true         | any     | full
            FullDelegation                             | false | false   | true         | limited | limited
            FullDelegation                             | false | false   | true         | full    | full
            FullDelegation                             | false | false   | false        | any     | limited
            FullDelegation                             | false | false   | false        | full    | refused
            FullDelegation                             | false | false   | false        | limited | limited
            LimitedDelegation                          | false | false   | true         | any     | limited
            LimitedDelegation                          | false | false   | true         | limited | limited
            LimitedDelegation                          | true  | false   | true         | full    | refused
            LimitedDelegation                          | false | false   | false        | any     | limited
            FullDelegation;LimitedDelegation           | false | false   | true         | any     | full
            PrivateLimitedDelegation                   | true  | true    | true         | any     | limited
            PrivateLimitedDelegation                   | true  | true    | false        | any     | limited
            PrivateLimitedDelegation                   | true  | true    | true         | full    | refused
            PrivateLimitedDelegation                   | true  | false   | true         | any     | refused
            PrivateLimitedDelegation                   | false | true    | true         | any     | refused
            PrivateLimitedDelegation;LimitedDelegation | false | false   | true         | any     | limited
            NormalUser;ProxyManagement                 | true  | true    | true         | any     | refused
            GenericPilot;JobAdministrator              | false | true    | true         | limited | refused
            """)
    void saysWhoGetsWhat(
            String properties, boolean own, boolean groupIsPrivate, boolean downloadable, String asked, String gets) {
        Caller.User caller = with(Arrays.stream(properties.split(";", -1))
                .map(name -> Property.ofWireName(name).orElseThrow())
                .collect(Collectors.toSet()));
        Optional<Boolean> limited = asked.equals("any") ? Optional.empty() : Optional.of(asked.equals("limited"));
        DeliveryRules.Wish wish = new DeliveryRules.Wish(own, groupIsPrivate, downloadable, limited);

        if (gets.equals("refused")) {
            assertThatThrownBy(() -> DeliveryRules.limited(caller, wish)).isInstanceOf(Forbidden.class);
        } else {
            assertThat(DeliveryRules.limited(caller, wish)).isEqualTo(gets.equals("limited"));
        }
    }
}
