/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.login;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.client.Logins;
import org.diracee.client.wire.UserInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows who the session stands for. */
@Command(name = "whoami", description = "Show who you are to the server.")
public final class WhoAmI implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    public WhoAmI(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        UserInfo user = new Logins(connection.client()).userInfo();
        PrintWriter out = surroundings.out();
        if (connection.json()) {
            JsonOutput.print(out, user);
        } else {
            out.println("user        " + user.preferredUsername());
            out.println("subject     " + user.sub());
            out.println("VO          " + user.vo());
            out.println("group       " + user.group());
            out.println("properties  " + user.properties().stream().sorted().collect(Collectors.joining(", ")));
        }
        return ExitCode.OK;
    }
}
