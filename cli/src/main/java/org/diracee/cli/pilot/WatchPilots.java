/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.pilot;

import java.util.List;
import java.util.concurrent.Callable;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Following;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Printable;
import org.diracee.cli.output.Times;
import org.diracee.client.FollowedPilots;
import org.diracee.client.Pilots;
import org.diracee.client.wire.PilotChange;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what happens to pilots while it happens. */
@Command(
        name = "watch",
        description =
                "Show every change of pilots as it happens, until it is stopped; survives a server that goes away.")
public final class WatchPilots implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Parameters(arity = "0..*", paramLabel = "PILOT", description = "The pilots' stamps; none: all of your VO.")
    private List<String> stamps = List.of();

    @Option(names = "--site", paramLabel = "SITE", split = ",", description = "Only pilots at one of these sites.")
    private List<String> sites = List.of();

    @Option(
            names = "--ce",
            paramLabel = "CE",
            split = ",",
            description = "Only pilots of one of these computing elements.")
    private List<String> computingElements = List.of();

    @Option(
            names = {"-s", "--status"},
            paramLabel = "STATUS",
            split = ",",
            description = "Only changes of pilots in one of these statuses, as in Failed,Aborted.")
    private List<String> statuses = List.of();

    @Mixin
    private final Following following = new Following();

    public WatchPilots(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() throws InterruptedException {
        FollowedPilots followed = new FollowedPilots(stamps, sites, computingElements, statuses);
        Pilots pilots = new Pilots(connection.client());
        following.follow(
                surroundings,
                longest -> pilots.follow(followed, following.cursor(), longest, (change, next) -> {
                    change.ifPresent(this::print);
                    following.moveTo(next);
                }));
        return ExitCode.OK;
    }

    private void print(PilotChange change) {
        if (connection.json()) {
            JsonOutput.printLine(surroundings.out(), change);
        } else {
            Times times = new Times(surroundings.clock().getZone(), surroundings.terminal());
            surroundings
                    .out()
                    .println(String.join(
                            "\t",
                            times.text(change.time()),
                            Printable.text(change.pilotStamp()),
                            Printable.text(change.status()),
                            Printable.text(change.destinationSite()),
                            Printable.text(change.gridSite()),
                            Printable.text(change.statusReason())));
        }
        surroundings.out().flush();
    }
}
