/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.feed.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;

/**
 * What the configuration says about those who follow jobs live.
 *
 * @param configuration the snapshot it is read from
 */
public record FeedSettings(Configuration configuration) {

    private static final String SERVICE = "Systems/WorkloadManagement/Services/ChangeFeed/";

    private static final DeclaredOption<Integer> LISTENERS_PER_USER = DeclaredOption.of(
            SERVICE + "ListenersPerUser",
            OptionType.smallNumber(1),
            "20",
            "Streams and waiting requests that a user may have open on each node.",
            "DIRAC EE");
    private static final DeclaredOption<Integer> LISTENERS_PER_NODE = DeclaredOption.of(
            SERVICE + "ListenersPerNode",
            OptionType.smallNumber(1),
            "5000",
            "Streams and waiting requests of all users that a node keeps open.",
            "DIRAC EE");

    public int listenersPerUser() {
        return LISTENERS_PER_USER.read(configuration);
    }

    public int listenersPerNode() {
        return LISTENERS_PER_NODE.read(configuration);
    }

    /** What these settings read. */
    @ApplicationScoped
    public static class Declared implements DeclaredOptions {

        @Override
        public List<DeclaredOption<?>> options() {
            return List.of(LISTENERS_PER_USER, LISTENERS_PER_NODE);
        }
    }
}
