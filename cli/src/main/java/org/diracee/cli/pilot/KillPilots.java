/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.pilot;

import java.util.List;
import java.util.concurrent.Callable;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.client.Pilots;
import org.diracee.client.wire.KilledPilots;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Asks for the end of pilots. */
@Command(name = "kill", description = "End pilots; the site director does so in its next cycle. Needs Operator.")
public final class KillPilots implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Parameters(arity = "1..*", paramLabel = "PILOT", description = "The pilots' stamps.")
    private List<String> stamps = List.of();

    public KillPilots(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        KilledPilots answer = new Pilots(connection.client()).kill(stamps);
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), answer);
        } else {
            answer.success().keySet().stream().sorted().forEach(surroundings.out()::println);
        }
        answer.failed().forEach((stamp, why) -> surroundings.say("Pilot " + stamp + " not ended: " + why.detail()));
        return answer.failed().isEmpty() ? ExitCode.OK : ExitCode.JOBS_FAILED;
    }
}
