/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.registry.boundary;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.diracee.framework.configuration.boundary.ConfigurationEditing;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.fixture.Documents;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryAdministrationTest {

    private static final Configuration CONFIGURATION = Documents.of("""
            Registry/demo/VOAdmin = vera
            Registry/demo/Users/v-1/PreferedUsername = vera
            Registry/demo/Groups/demo_user/Users = v-1
            Registry/other/Users/e-1/PreferedUsername = eve
            Registry/other/Groups/other_user/Users = e-1
            """);

    private final ConfigurationService configuration = new ConfigurationService() {
        @Override
        public Configuration current() {
            return CONFIGURATION;
        }
    };
    private final RegistryAdministration registry =
            new RegistryAdministration(new Registry(configuration), configuration, new NothingEdited());

    /** Whoever gets there was let through. */
    private static final class NothingEdited extends ConfigurationEditing {}

    private static Caller.User user(String name, Property... properties) {
        return new Caller.User(
                "v-1", new UserName(name), new GroupName("demo_user"), new VoName("demo"), Set.of(properties));
    }

    private void add(Caller caller, String vo, String name) {
        registry.add(caller, new VoName(vo), new UserName(name), "s-" + name, Optional.empty(), List.of(), "why");
    }

    @ParameterizedTest
    @CsvSource({"alice,demo,vera", "alice,nowhere,vera", "vera,other,eve", "vera,other,nobody", "vera,nowhere,eve"})
    void tellsNothingToWhomItIsNotTheirVoToChange(String caller, String vo, String name) {
        assertThatThrownBy(() -> add(user(caller), vo, name)).isInstanceOf(Forbidden.class);
        assertThatThrownBy(() -> registry.setMember(
                        user(caller), new VoName(vo), new GroupName("other_user"), new UserName(name), true, "why"))
                .isInstanceOf(Forbidden.class);
        assertThatThrownBy(() -> registry.remove(user(caller), new VoName(vo), new UserName(name), "why"))
                .isInstanceOf(Forbidden.class);
    }

    @ParameterizedTest
    @CsvSource({"vera,demo", "carol,other"})
    void tellsThoseWhoChangeItWhatIsWrong(String caller, String vo) {
        Caller.User asking = caller.equals("carol") ? user(caller, Property.CS_ADMINISTRATOR) : user(caller);
        assertThatThrownBy(() -> add(asking, vo, vo.equals("demo") ? "vera" : "eve"))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("already");
    }
}
