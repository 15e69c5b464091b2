/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.resource;

import java.util.List;
import java.util.concurrent.Callable;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Times;
import org.diracee.client.Resources;
import org.diracee.client.wire.CeRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a computing element with its queues, and what was submitted to them. */
@Command(
        name = "show",
        description = "Show its queues: how they are described, how they do, and what became of the pilots sent there.")
public final class ShowCe implements Callable<Integer> {

    private static final int PARTS = 2;

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Parameters(index = "0", paramLabel = "SITE/CE", description = "As ${ROOT-COMMAND-NAME} ce list names them.")
    private String place = "";

    @Option(
            names = "--hours",
            paramLabel = "N",
            defaultValue = "24",
            description = "Submissions of so many hours, at most 720; ${DEFAULT-VALUE} unless given.")
    private int hours;

    public ShowCe(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        List<String> parts = List.of(place.split("/", -1));
        if (parts.size() != PARTS) {
            throw CommandFailure.usage("'" + place + "' is no computing element: SITE/CE is expected.");
        }
        CeRecord ce = new Resources(connection.client()).computingElement(parts.get(0), parts.get(1), hours);
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), ce);
            return ExitCode.OK;
        }
        Times times = new Times(surroundings.clock().getZone(), surroundings.terminal());
        ShownQueues shown = new ShownQueues(surroundings.out(), times);
        shown.line("Site", ce.site());
        shown.print(ce, ce.queues());
        return ExitCode.OK;
    }
}
