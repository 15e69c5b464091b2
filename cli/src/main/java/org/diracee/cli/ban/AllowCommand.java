/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.ban;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.client.Bans;
import org.diracee.client.wire.BanRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Ends the ban of a site or computing element. */
@Command(name = "allow", description = "End its ban.")
public final class AllowCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "NAME", description = "Of the site, or the host of the computing element.")
    private String name = "";

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; everybody reads it.")
    private String reason = "";

    @Option(names = "--all-vos", description = "The ban for the jobs of all VOs.")
    private boolean allVos;

    @Option(names = "--vo", paramLabel = "VO", description = "The ban of this VO, if there are several.")
    private Optional<String> vo = Optional.empty();

    public AllowCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        Bans bans = new Bans(connection.client());
        String kind = BanCommand.kind(spec);
        List<BanRecord> found = bans.inForce().stream()
                .filter(one -> one.kind().equals(kind) && one.name().equals(name))
                .filter(one -> allVos
                        ? one.vo().isEmpty()
                        : one.vo().isPresent() && (vo.isEmpty() || one.vo().equals(vo)))
                .toList();
        if (found.isEmpty()) {
            throw CommandFailure.refused("There is no such ban of the " + kind + " " + name + ": dirac-ee " + kind
                    + " bans. One for all VOs is ended by --all-vos.");
        }
        if (found.size() > 1) {
            throw CommandFailure.usage("It is banned for several VOs: name one by --vo.");
        }
        BanRecord ban = found.get(0);
        bans.allow(ban.id(), reason);
        surroundings.say("Allowed: " + BanCommand.what(ban) + ".");
        return ExitCode.OK;
    }
}
