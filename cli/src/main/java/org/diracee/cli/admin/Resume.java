/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.admin;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.client.Administration;
import org.diracee.client.wire.SuspensionRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets somebody or something in again. */
@Command(name = "resume", description = "Lift a suspension.")
public final class Resume implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Parameters(index = "0", paramLabel = "KIND", description = "user, subject, dn, vo, site or pilot.")
    private String kind = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "Who or what.")
    private String name = "";

    @Option(names = "--vo", paramLabel = "VO", description = "Of a user, subject or pilot, if it is in several VOs.")
    private Optional<String> vo = Optional.empty();

    public Resume(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        Administration administration = new Administration(connection.client());
        List<SuspensionRecord> found = administration.suspensions().stream()
                .filter(one -> one.kind().equals(kind) && one.name().equals(name))
                .filter(one -> vo.isEmpty() || vo.get().equals(one.vo()))
                .toList();
        if (found.isEmpty()) {
            throw CommandFailure.refused(
                    "There is no suspension of the " + kind + " " + name + ": dirac-ee admin suspend list");
        }
        if (found.size() > 1) {
            throw CommandFailure.usage(
                    "There is a " + kind + " " + name + " suspended in each of several VOs: name one" + " by --vo.");
        }
        administration.resume(found.get(0).id());
        surroundings.say("Resumed: " + ListSuspensions.what(found.get(0)) + ".");
        return ExitCode.OK;
    }
}
