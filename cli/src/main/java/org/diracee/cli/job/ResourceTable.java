/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.job;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.diracee.cli.output.Table;
import org.diracee.cli.output.Times;
import org.diracee.client.wire.ResourceMatches;
import org.diracee.client.wire.ResourceMatches.UnmetRequirement;

/** What resources say to jobs, one line each. */
final class ResourceTable {

    private ResourceTable() {}

    static Table of(ResourceMatches resources, int most, Times times) {
        Table table = new Table("SITE", "CE", "LAST PILOT", "TAKES IT", "WHY NOT");
        resources.best().stream()
                .limit(most)
                .forEach(resource -> table.row(
                        resource.site(),
                        resource.gridCe().orElse(""),
                        resource.lastSeen().map(times::text).orElse("none yet"),
                        resource.takes() ? "yes" : "no",
                        Stream.concat(
                                        resource.unmet().stream().map(UnmetRequirement::sentence),
                                        resource.obstacles().stream())
                                .collect(Collectors.joining("; "))));
        return table;
    }
}
