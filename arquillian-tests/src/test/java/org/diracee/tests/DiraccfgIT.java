/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.diracee.tests.ConfigurationCalls.document;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.diracee.framework.configuration.control.CfgWriter;
import org.diracee.framework.configuration.control.ConfigurationDocument;
import org.diracee.framework.configuration.control.ConfigurationOption;
import org.diracee.framework.configuration.control.ConfigurationSection;
import org.diracee.framework.configuration.control.RealisticConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DIRAC's own reader of configuration files, unmodified, reads what we export, and we read what it writes. */
@Tag("real")
class DiraccfgIT {

    private static final Path ROOT = Path.of(System.getProperty("project.root", ".."));
    private static final ObjectMapper JSON = new ObjectMapper();

    static RunningSystem system;
    static Path programs;

    @TempDir
    Path files;

    @BeforeAll
    static void install() {
        programs = ROOT.resolve("arquillian-tests/target/diraccfg").toAbsolutePath();
        RunningSystem.run(Map.of(), "testbed/python-peer.sh", "install", "diraccfg", programs.toString());
        system = RunningSystem.ofItsOwn("system-diraccfg", 1);
        system.startServer();
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void readsOurExportAndWritesWhatWeRead() throws IOException {
        ConfigurationDocument original = RealisticConfiguration.withUsers(300);
        ConfigurationCalls root = new ConfigurationCalls(system.user("root"));
        Answer imported = root.commit(document(root.inForce(), CfgWriter.write(original)));
        assertThat(imported.status()).isEqualTo(201);
        ConfigurationCalls administrator = new ConfigurationCalls(system.user("user00003"));
        long revision = administrator.inForce();
        Path export = Files.writeString(files.resolve("export.cfg"), administrator.text(""));
        Path rewritten = files.resolve("rewritten.cfg");
        Path values = files.resolve("values.json");

        RunningSystem.run(
                Map.of(),
                programs.resolve("bin/python").toString(),
                ROOT.resolve("arquillian-tests/src/test/python/diraccfg_read.py")
                        .toAbsolutePath()
                        .toString(),
                export.toString(),
                rewritten.toString(),
                values.toString());

        Map<String, String> read = JSON.readValue(values.toFile(), new TypeReference<TreeMap<String, String>>() {});
        Map<String, String> wanted = new TreeMap<>();
        collect(original.root(), "", wanted);
        System.out.println("compared: " + wanted.size() + " options");
        assertThat(read).hasSizeGreaterThan(3_000).isEqualTo(wanted);

        Answer back = administrator.preview(document(revision, Files.readString(rewritten)));
        assertThat(back.status()).as(back.toString()).isEqualTo(200);
        // of comments it keeps what it likes
        assertThat(back.json().path("changes"))
                .allSatisfy((JsonNode change) -> assertThat(change.path("kind").asText())
                        .as(change.toString())
                        .isEqualTo("comment"));
        Answer again = administrator.commit(document(revision, Files.readString(rewritten)));
        assertThat(again.status()).as(again.toString()).isIn(200, 201);
    }

    private static void collect(ConfigurationSection section, String path, Map<String, String> found) {
        section.entries().forEach((name, entry) -> {
            if (entry instanceof ConfigurationOption option) {
                found.put(path + "/" + name, option.value());
            } else if (entry instanceof ConfigurationSection sub && sub.isEmpty()) {
                found.put(path + "/" + name + "/", "");
            } else if (entry instanceof ConfigurationSection sub) {
                collect(sub, path + "/" + name, found);
            }
        });
    }
}
