/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.diracee.cli.session.CredentialFile;
import org.diracee.cli.session.Credentials;
import org.diracee.client.FakeServer;

/** The program as a test runs it: against a fake server, with its own directory and a clock that stands still. */
final class Program {

    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private final Path directory;
    private final Map<String, String> environment = new HashMap<>();
    private final List<Duration> pauses = new ArrayList<>();
    private String input = "";
    private boolean terminal;
    private boolean liveProgress;
    private Instant now = NOW;

    Program(FakeServer server, Path directory) {
        this.directory = directory;
        environment.put("DIRACX_URL", server.address().toString());
        environment.put(
                "DIRACX_CREDENTIALS_PATH", directory.resolve("credentials.json").toString());
    }

    Program loggedIn() {
        String claims = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"preferred_username\":\"alice\"}".getBytes(UTF_8));
        credentials().write(new Credentials("e30." + claims + ".sig", "refresh-0", NOW.getEpochSecond() + 1000));
        return this;
    }

    Program onTerminal() {
        terminal = true;
        return this;
    }

    Program showingProgress() {
        liveProgress = true;
        return this;
    }

    Program at(Instant time) {
        now = time;
        return this;
    }

    Program with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Program reading(String text) {
        input = text;
        return this;
    }

    CredentialFile credentials() {
        return new CredentialFile(directory.resolve("credentials.json"));
    }

    List<Duration> pauses() {
        return pauses;
    }

    Result run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Surroundings surroundings = new Surroundings(
                environment,
                directory,
                new ByteArrayInputStream(input.getBytes(UTF_8)),
                new PrintWriter(out),
                new PrintWriter(err),
                terminal,
                liveProgress,
                Clock.fixed(now, ZoneOffset.UTC),
                pauses::add);
        int code = DiracEe.run(surroundings, arguments);
        return new Result(code, out.toString(), err.toString());
    }

    /** What came of it. */
    record Result(int code, String out, String err) {}
}
