/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Table;
import org.diracee.cli.output.Times;
import org.diracee.client.Bans;
import org.diracee.client.Resources;
import org.diracee.client.wire.BanRecord;
import org.diracee.client.wire.QueueRecord;
import org.diracee.client.wire.SiteRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the sites that serve one's VO. */
@Command(
        name = "list",
        description = "List all sites that serve your VO: their pilots, and whether they are banned or fail.")
public final class ListSites implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    public ListSites(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        List<SiteRecord> sites =
                withUnknown(new Resources(connection.client()).sites(), new Bans(connection.client()).inForce());
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), sites);
            return ExitCode.OK;
        }
        Standing standing = new Standing(new Times(surroundings.clock().getZone(), surroundings.terminal()));
        Table table = new Table("NAME", "CES", "QUEUES", "WAITING", "RUNNING", "STATE");
        for (SiteRecord site : sites) {
            List<QueueRecord> queues =
                    site.ces().stream().flatMap(ce -> ce.queues().stream()).toList();
            table.row(
                    site.name(),
                    Integer.toString(site.ces().size()),
                    Integer.toString(queues.size()),
                    Long.toString(queues.stream()
                            .mapToLong(queue -> Standing.waiting(queue.pilots()))
                            .sum()),
                    Long.toString(queues.stream()
                            .mapToLong(queue -> Standing.running(queue.pilots()))
                            .sum()),
                    standing.of(site));
        }
        if (table.isEmpty()) {
            surroundings.say("No site serves your VO.");
        } else {
            table.print(surroundings.out(), surroundings.terminal());
        }
        return ExitCode.OK;
    }

    /** A ban counts also for a site that only its pilots know. */
    private static List<SiteRecord> withUnknown(List<SiteRecord> known, List<BanRecord> bans) {
        Map<String, List<BanRecord>> others = new TreeMap<>();
        bans.stream()
                .filter(ban -> ban.kind().equals("site"))
                .filter(ban -> known.stream().noneMatch(site -> site.name().equals(ban.name())))
                .forEach(ban -> others.computeIfAbsent(ban.name(), name -> new ArrayList<>())
                        .add(ban));
        List<SiteRecord> all = new ArrayList<>(known);
        others.forEach((name, some) -> all.add(new SiteRecord(name, false, some, List.of())));
        return all;
    }
}
