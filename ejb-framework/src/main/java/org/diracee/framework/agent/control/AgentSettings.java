/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.agent.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;

/**
 * What the configuration says about every agent.
 *
 * @param configuration the snapshot it is read from
 */
public record AgentSettings(Configuration configuration) {

    private static final DeclaredOption<Boolean> ENABLE = DeclaredOption.of(
            "Systems/{system}/Agents/{agent}/Enable",
            OptionType.yesNo(),
            "yes",
            "Whether the agent runs on its own; an operator may run a cycle by hand also if not.",
            "WMS reference 14");

    /** Whether the agent runs on its own; its name is unique among all systems. */
    public boolean enabled(String agent) {
        return configuration.names("Systems").stream().allMatch(system -> ENABLE.read(configuration, system, agent));
    }

    /** What these settings read. */
    @ApplicationScoped
    public static class Declared implements DeclaredOptions {

        @Override
        public List<DeclaredOption<?>> options() {
            return List.of(ENABLE);
        }
    }
}
