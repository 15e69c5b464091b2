/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.resource;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Table;
import org.diracee.cli.output.Times;
import org.diracee.client.Resources;
import org.diracee.client.wire.CeRecord;
import org.diracee.client.wire.QueueRecord;
import org.diracee.client.wire.SiteRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the queues of computing elements that serve one's VO. */
@Command(
        name = "list",
        description =
                "List the queues of all computing elements that serve your VO: their pilots, and whether they are used.")
public final class ListCes implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Option(names = "--site", paramLabel = "SITE", description = "Only those of this site.")
    private Optional<String> site = Optional.empty();

    public ListCes(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        List<SiteRecord> sites = new Resources(connection.client())
                .sites().stream()
                        .filter(one -> site.isEmpty() || site.get().equals(one.name()))
                        .toList();
        if (connection.json()) {
            JsonOutput.print(
                    surroundings.out(),
                    sites.stream().flatMap(one -> one.ces().stream()).toList());
            return ExitCode.OK;
        }
        Standing standing = new Standing(new Times(surroundings.clock().getZone(), surroundings.terminal()));
        Table table =
                new Table("SITE", "CE", "TYPE", "QUEUE", "WAITING", "RUNNING", "FREE", "LAST SUBMISSION", "STATE");
        for (SiteRecord one : sites) {
            for (CeRecord ce : one.ces()) {
                for (QueueRecord queue : ce.queues()) {
                    table.row(List.of(
                            one.name(),
                            ce.name(),
                            ce.type(),
                            queue.name(),
                            Long.toString(Standing.waiting(queue.pilots())),
                            Long.toString(Standing.running(queue.pilots())),
                            queue.freePlaces().map(String::valueOf).orElse(""),
                            standing.time(queue.lastSubmission()),
                            standing.of(one, ce, queue)));
                }
            }
        }
        if (table.isEmpty()) {
            surroundings.say("No computing element serves your VO.");
        } else {
            table.print(surroundings.out(), surroundings.terminal());
        }
        return ExitCode.OK;
    }
}
