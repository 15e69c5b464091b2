/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.junit.jupiter.api.Test;

class OpenExportsTest {

    private final OpenExports exports = new OpenExports(new ConfigurationService() {
        @Override
        public Configuration current() {
            return new Configuration(1, Map.of());
        }
    });

    private static Caller user(String name) {
        return new Caller.User(name, new UserName(name), new GroupName("users"), new VoName("demo"), Set.of());
    }

    @Test
    void eachUserMayHaveAFewOpen() {
        Caller alice = user("alice");
        for (int number = 0; number < 4; number++) {
            exports.begin(alice);
        }

        assertThatThrownBy(() -> exports.begin(alice))
                .isInstanceOf(TooManyExports.class)
                .hasMessageContaining("4 exports");
        exports.begin(user("bob"));
        exports.end(alice);
        exports.begin(alice);
    }
}
