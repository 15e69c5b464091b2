/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.diracee.client.FakeServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataCommandsTest {

    private static final String FILE = "/demo/user/a/alice/f";
    private static final String ENTRY = "{\"lfn\":\"" + FILE + "\",\"kind\":\"file\",\"size\":7,\"owner\":\"alice\","
            + "\"group\":\"demo_user\",\"mode\":\"750\",\"default_acl\":[],\"acl\":[],"
            + "\"created\":\"2026-11-22T11:00:00Z\",\"modified\":\"2026-11-22T11:30:00Z\"}";

    private final FakeServer server;
    private final Program program;

    MetadataCommandsTest(@TempDir Path directory) throws IOException {
        server = new FakeServer();
        program = new Program(server, directory).loggedIn();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            run=1          | {"run":{"=":"1"}}
            run=1,2        | {"run":{"in":["1","2"]}}
            run!=1,"a,b"   | {"run":{"nin":["1","a,b"]}}
            run!=1         | {"run":{"!=":"1"}}
            run>=5 run<9   | {"run":{">=":"5","<":"9"}}
            run=Any        | {"run":"Any"}
            run="Any"      | {"run":{"in":["Any"]}}
            label=raw*     | {"label":{"=":"raw*"}}
            t>'2026'       | {"t":{">":"2026"}}
            a=x=y b=Missing| {"a":{"=":"x=y"},"b":"Missing"}
            """)
    void readsConditions(String typed, String query) {
        server.on("POST /api/files/metadata/files", 200, "{\"entries\":[" + ENTRY + "]}");
        String[] arguments = ("data find /demo " + typed).split(" ");

        assertThat(program.run(arguments).out()).isEqualToNormalizingNewlines(FILE + "\n");
        assertThat(server.last().body()).isEqualTo("{\"query\":" + query + ",\"path\":\"/demo\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "run=", "=1", "run=1,", "run>1,2", "run=\"x", "run=a\"b"})
    void refusesWhatIsNoCondition(String typed) {
        Program.Result result = program.run("data", "find", typed);

        assertThat(result.code()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains("'" + typed + "'");
    }

    @Test
    void refusesTwoOfTheSameOnOneField() {
        assertThat(program.run("data", "find", "run=1", "run=2").err()).contains("another condition");
        assertThat(program.run("data", "find", "run=Any", "run>2").err()).contains("another condition");
    }

    @Test
    void goesOnWhereAPageWasShort() {
        server.on("POST /api/files/metadata/directories", 200, "{\"entries\":[],\"next\":\"c1\"}")
                .on("POST /api/files/metadata/directories", 200, "{\"entries\":[" + ENTRY + "]}");

        assertThat(program.run("data", "find", "--directories", "run=1").out())
                .isEqualToNormalizingNewlines(FILE + "\n");
        assertThat(server.last().query()).contains("cursor=c1");
    }

    @Test
    void writesShowsAndRemoves() {
        server.on("PATCH /api/files/metadata", 200, "{\"success\":{\"" + FILE + "\":2},\"failed\":{}}")
                .on(
                        "POST /api/files/metadata",
                        200,
                        "{\"success\":{\"" + FILE
                                + "\":{\"run\":{\"value\":7,\"type\":\"int\",\"origin\":\"/demo\"}}},\"failed\":{}}")
                .on("POST /api/files/metadata/remove", 200, "{\"success\":{\"" + FILE + "\":1},\"failed\":{}}");

        assertThat(program.run("data", "meta", "set", FILE, "run=7", "note=a=b").code())
                .isEqualTo(ExitCode.OK);
        assertThat(server.last().body()).isEqualTo("{\"" + FILE + "\":{\"run\":\"7\",\"note\":\"a=b\"}}");
        assertThat(program.run("data", "meta", "get", FILE).out()).contains(FILE, "run", "7", "int", "/demo");
        assertThat(program.run("data", "meta", "remove", FILE, "run").code()).isEqualTo(ExitCode.OK);
        assertThat(server.last().body()).isEqualTo("{\"" + FILE + "\":[\"run\"]}");
        assertThat(program.run("data", "meta", "set", FILE, "run").code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void declaresAndListsFields() {
        String field = "{\"name\":\"quality\",\"target\":\"file\",\"type\":\"float\"}";
        server.on("POST /api/files/metadata/fields", 200, field)
                .on("GET /api/files/metadata/fields", 200, "[" + field + "]")
                .on("DELETE /api/files/metadata/fields/quality", 204, "");

        assertThat(program.run("data", "meta", "declare", "--files", "quality", "float")
                        .err())
                .contains("quality is declared for files, as float.");
        assertThat(server.last().body()).isEqualTo(field);
        assertThat(program.run("data", "meta", "fields").out()).contains("quality", "float", "files");
        assertThat(program.run("data", "meta", "undeclare", "quality").code()).isEqualTo(ExitCode.OK);
    }
}
