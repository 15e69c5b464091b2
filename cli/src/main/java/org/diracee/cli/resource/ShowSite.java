/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.resource;

import java.util.List;
import java.util.concurrent.Callable;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Times;
import org.diracee.client.Resources;
import org.diracee.client.wire.SiteRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows a site with its computing elements and queues. */
@Command(
        name = "show",
        description = "Show its computing elements and queues: how they are described, and how they do.")
public final class ShowSite implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Parameters(index = "0", paramLabel = "NAME", description = "Of the site.")
    private String name = "";

    public ShowSite(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        SiteRecord site = new Resources(connection.client()).site(name);
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), site);
            return ExitCode.OK;
        }
        Times times = new Times(surroundings.clock().getZone(), surroundings.terminal());
        ShownQueues shown = new ShownQueues(surroundings.out(), times);
        shown.line("Site", site.name());
        shown.line("State", new Standing(times).of(site));
        site.ces().forEach(ce -> shown.print(ce, List.of()));
        return ExitCode.OK;
    }
}
