/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What a command finds around it when it starts; tests make their own.
 *
 * @param out for data
 * @param err for messages and progress
 * @param terminal whether a person reads {@code out}
 * @param liveProgress whether a person reads {@code err}, so that a line may be written over
 * @param clock in the user's zone
 */
public record Surroundings(
        Map<String, String> environment,
        Path directory,
        InputStream in,
        PrintWriter out,
        PrintWriter err,
        boolean terminal,
        boolean liveProgress,
        Clock clock,
        Pause pause) {

    public Surroundings {
        environment = Map.copyOf(environment);
    }

    /** Returns a variable of the environment; an empty one counts as none. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    /** Returns the path, taken from where the command was started. */
    public Path path(String text) {
        return directory.resolve(text);
    }

    /** Reads the standard input to its end. */
    public byte[] readInput() throws IOException {
        return in.readAllBytes();
    }

    /** Says something to the user that is no result. */
    public void say(String message) {
        err.println(message);
        err.flush();
    }

    /** Waits, unless a test does not. */
    public interface Pause {
        void of(Duration length) throws InterruptedException;
    }
}
