/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The program {@code curl} as a client: its TLS is not Java's, and it shows proxies as grid users do. */
record Curl(URI base, Path authority, List<String> options) {

    private static final String STATUS = "\n%{http_code}";

    static Curl of(RunningSystem system) {
        return new Curl(system.base(), system.ca(), List.of());
    }

    Curl with(String... more) {
        return new Curl(
                base,
                authority,
                Stream.concat(options.stream(), Stream.of(more)).toList());
    }

    Curl showing(Path proxy) {
        return with("--cert", proxy.toString());
    }

    Curl showing(Path certificate, Path key) {
        return with("--cert", certificate.toString(), "--key", key.toString());
    }

    Reply get(String path) {
        return call(path);
    }

    Reply post(String path, String json) {
        return call(path, "-H", "Content-Type: application/json", "-d", json);
    }

    Reply form(String path, String field) {
        return call(path, "--data-urlencode", field);
    }

    private Reply call(String path, String... more) {
        List<String> command = new ArrayList<>(
                List.of("-sS", "--cacert", authority.toString(), "-m", "60", "--path-as-is", "-w", STATUS));
        command.addAll(options);
        command.addAll(List.of(more));
        command.add(base.resolve(path).toString());
        String output = RunningSystem.run(Map.of(), "/usr/bin/curl", command.toArray(String[]::new));
        int end = output.lastIndexOf('\n');
        return new Reply(Integer.parseInt(output.substring(end + 1)), output.substring(0, end));
    }

    /** What the server answered. */
    record Reply(int status, String body) {

        JsonNode json() {
            try {
                return new ObjectMapper().readTree(body);
            } catch (IOException noJson) {
                throw new UncheckedIOException(noJson);
            }
        }

        String detail() {
            return json().path("detail").asText();
        }
    }
}
