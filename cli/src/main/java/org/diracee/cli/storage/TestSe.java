/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.storage;

import java.util.Locale;
import java.util.concurrent.Callable;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Printable;
import org.diracee.client.Storage;
import org.diracee.client.wire.StorageTestRecord;
import org.diracee.client.wire.StorageTestStepRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Has the server write, look at, read and remove a small file at a storage element, and tells of each step. */
@Command(
        name = "test",
        description =
                "Have the server write a small file at a storage element, look at it, read it and remove it, and tell of"
                        + " each step. For operators.")
public final class TestSe implements Callable<Integer> {

    private static final double MILLIS = 1000;

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Parameters(index = "0", paramLabel = "SE", description = "As ${ROOT-COMMAND-NAME} se list names them.")
    private String name = "";

    public TestSe(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        StorageTestRecord test = new Storage(connection.client()).test(name);
        boolean failed = test.steps().stream().anyMatch(step -> step.failure().isPresent());
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), test.steps()); // the rest is secret
        } else {
            test.steps().forEach(this::tell);
            surroundings
                    .out()
                    .println(
                            failed
                                    ? "FAILED."
                                    : test.upload().isPresent()
                                            ? "All went well; clients get leave to move bytes themselves, which was not tried."
                                            : "All went well; clients move bytes through this server.");
        }
        return failed ? ExitCode.JOBS_FAILED : ExitCode.OK;
    }

    private void tell(StorageTestStepRecord step) {
        surroundings
                .out()
                .println(Printable.text(String.format(
                        Locale.ROOT,
                        "  %-6s %7.1f s  %s%s",
                        step.failure().isPresent() ? "FAILED" : "ok",
                        step.millis() / MILLIS,
                        step.name(),
                        step.failure().map(why -> ": " + why).orElse(""))));
    }
}
