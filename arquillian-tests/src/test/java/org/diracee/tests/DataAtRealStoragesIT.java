/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Files that the command line moves to, from and among real storage elements: two XRootDs that let in nothing but tokens of our server,
 * a plain WebDAV server, an S3 store and a directory of ours. What it says is compared with the files on their disks.
 */
@Tag("real")
class DataAtRealStoragesIT {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final String XROOTD = "testbed/xrootd.sh";
    private static final String WEBDAV = "testbed/webdav.sh";
    private static final String S3 = "testbed/s3.sh";
    private static final String PASSWORD = "swordfish-4471";
    private static final String FIRST = "Real-xrootd1";
    private static final String SECOND = "Real-xrootd2";
    private static final String DAV = "Real-webdav";
    private static final String BUCKET = "Real-s3";
    private static final String OWN = "TEST-disk";
    private static final List<String> ALL = List.of(FIRST, SECOND, DAV, BUCKET, OWN);
    private static final Path STORE = Path.of(System.getProperty("project.root", ".."), "arquillian-tests/target/s3")
            .toAbsolutePath()
            .normalize();

    /** Not below a directory that is closed to the account of the servers. */
    private static Path directory;

    private static RunningSystem system;
    private static CommandLine dirac;
    private static Path trusted;
    private static long before;
    private static final Map<String, String> PORTS = new HashMap<>();

    private final String home = "/demo/user/a/alice/" + Pilots.unique();

    @BeforeAll
    static void connect() throws IOException {
        RunningSystem.run(Map.of(), XROOTD, "install");
        RunningSystem.run(Map.of(), WEBDAV, "install");
        RunningSystem.run(Map.of(), S3, "install", STORE.toString());
        directory = Files.createTempDirectory(Path.of("/var/tmp"), "dirac-data");
        RunningSystem.run(Map.of(), "/bin/chmod", "755", directory.toString());
        GridAuthority.in(directory.resolve("ca"), "Test CA");
        system = RunningSystem.up();
        for (String se : List.of(FIRST, SECOND, DAV, BUCKET)) {
            PORTS.put(se, FreePorts.one());
        }
        Stream.of(FIRST, SECOND).parallel().forEach(se -> xrootd(se, "start"));
        webdav("start");
        s3("stop");
        s3("start");
        Files.createDirectories(STORE.resolve("data/testbucket"));
        trusted = directory.resolve("trusted.pem");
        Files.writeString(
                trusted, Files.readString(system.ca()) + "\n" + Files.readString(directory.resolve("ca/ca/ca.pem")));
        system.credential("real-webdav", PASSWORD);
        system.credential("real-s3", Files.readString(STORE.resolve("secret")));
        ConfigurationCalls configuration = new ConfigurationCalls(system.user("root"));
        before = configuration.inForce();
        Map<String, String> options = new HashMap<>();
        for (String se : List.of(FIRST, SECOND)) {
            described(options, se, "HTTP", "https").put(path(se) + "TokenSupport", "yes");
        }
        described(options, DAV, "HTTP", "davs")
                .putAll(Map.of(path(DAV) + "Username", "dirac", path(DAV) + "Password", "credential:real-webdav"));
        described(options, BUCKET, "S3", "s3")
                .putAll(Map.of(
                        path(BUCKET) + "Host", "127.0.0.1",
                        path(BUCKET) + "Path", "/testbucket",
                        path(BUCKET) + "SecureConnection", "no",
                        path(BUCKET) + "Aws_access_key_id", "testkey",
                        path(BUCKET) + "Aws_secret_access_key", "credential:real-s3"));
        options.put("Systems/DataManagement/Agents/DataOperationAgent/PollingTime", "1");
        Answer committed = configuration.commit(ConfigurationCalls.edits(options));
        assertThat(committed.status()).as(committed.toString()).isEqualTo(201);
        dirac = CommandLine.of(system, "alice");
    }

    @AfterAll
    static void leaveNothing() {
        try {
            new ConfigurationCalls(system.user("root")).rollBack(before);
        } finally {
            xrootd(FIRST, "stop");
            xrootd(SECOND, "stop");
            webdav("stop");
            s3("stop");
            RunningSystem.run(Map.of(), "/bin/rm", "-rf", directory.toString());
        }
    }

    /** A file for each pair of storage elements, named by both. */
    @Test
    void filesGoFromEachToEachAndComeBackWhole() throws IOException {
        Path sources = Files.createDirectory(directory.resolve("sources"));
        for (String from : ALL) {
            for (String to : others(from)) {
                file(sources.resolve(from + "." + to), 300_000);
            }
        }
        for (String from : ALL) {
            List<String> put = new ArrayList<>(List.of("data", "put", "--se", from));
            others(from).forEach(to -> put.add(sources.resolve(from + "." + to).toString()));
            put.add(home + "/");
            run(put);
            for (String to : others(from)) {
                assertThat(onDisk(from, home + "/" + from + "." + to))
                        .hasSameBinaryContentAs(sources.resolve(from + "." + to));
            }
        }

        for (String to : ALL) {
            run(command("replicate", to, lfns(others(to), from -> from + "." + to)));
            for (String from : others(to)) {
                assertThat(onDisk(to, home + "/" + from + "." + to))
                        .hasSameBinaryContentAs(sources.resolve(from + "." + to));
            }
        }
        for (String from : ALL) {
            List<String> lfns = lfns(others(from), to -> from + "." + to);
            run(command("rm-replica", from, lfns));
            assertThat(lfns).noneMatch(lfn -> Files.exists(onDisk(from, lfn)));
        }

        List<String> all = new ArrayList<>();
        ALL.forEach(from -> all.addAll(lfns(others(from), to -> from + "." + to)));
        List<String> check = new ArrayList<>(List.of("data", "check"));
        check.addAll(all);
        assertThat(run(check).lines().filter(line -> line.contains("\tGood"))).hasSize(all.size());
        run(List.of("data", "get", "-r", "-D", directory.toString(), home));
        Path back = directory.resolve(home.substring(home.lastIndexOf('/') + 1));
        for (String lfn : all) {
            String name = lfn.substring(lfn.lastIndexOf('/') + 1);
            assertThat(back.resolve(name)).hasSameBinaryContentAs(sources.resolve(name));
        }
        List<String> remove = new ArrayList<>(List.of("data", "rm"));
        remove.addAll(all);
        run(remove);
        assertThat(all).noneMatch(lfn -> Files.exists(onDisk(lfn.substring(lfn.lastIndexOf('.') + 1), lfn)));
        // the bytes between the two went past us
        assertThat(log(SECOND)).containsPattern("event=TRANSFER_SUCCESS.*" + FIRST + "." + SECOND);
    }

    @Test
    void aCopyWaitsForAStorageElementThatIsDown() throws IOException {
        String lfn = home + "/f";
        Path file = file(directory.resolve("waiting"), 100_000);
        run(List.of("data", "put", "--se", FIRST, file.toString(), lfn));

        xrootd(SECOND, "kill");
        try {
            run(List.of("data", "replicate", "--no-wait", "--se", SECOND, lfn));
            await().atMost(LONG)
                    .until(() -> run(List.of("data", "operations", "--state", "Waiting")), waiting -> waiting.lines()
                            .anyMatch(line -> line.contains(lfn + "\t" + SECOND) && line.contains("nobody answers")));
        } finally {
            xrootd(SECOND, "start");
        }

        await().atMost(LONG).until(() -> Files.exists(onDisk(SECOND, lfn)));
        await().atMost(LONG)
                .until(
                        () -> run(List.of("data", "operations", "--state", "Done", "--kind", "Replication")),
                        done -> done.contains("Done\t" + lfn + "\t" + SECOND));
        assertThat(onDisk(SECOND, lfn)).hasSameBinaryContentAs(file);
    }

    @Test
    void aCorruptByteIsReadAroundAndTold() throws IOException {
        String lfn = home + "/f";
        Path file = file(directory.resolve("corrupt"), 100_000);
        run(List.of("data", "put", "--se", FIRST, file.toString(), lfn));
        run(List.of("data", "replicate", "--se", BUCKET, lfn));
        run(List.of("data", "replicate", "--se", SECOND, lfn));
        run(List.of("data", "rm-replica", "--se", BUCKET, lfn));
        byte[] content = Files.readAllBytes(onDisk(FIRST, lfn));
        content[50_000] ^= 1;
        Files.write(onDisk(FIRST, lfn), content);

        Path back = directory.resolve("back");
        assertThat(run(List.of("data", "get", "-D", back.toString(), lfn))).isEqualTo(lfn + "\t" + SECOND + "\n");
        assertThat(back.resolve("f")).hasSameBinaryContentAs(file);
        assertThatThrownBy(() -> run(List.of("data", "check", lfn)))
                .hasMessageContaining(FIRST + "\tOtherChecksum")
                .hasMessageContaining(SECOND + "\tGood");
    }

    private static List<String> others(String se) {
        return ALL.stream().filter(other -> !other.equals(se)).toList();
    }

    private List<String> lfns(List<String> ses, UnaryOperator<String> name) {
        return ses.stream().map(se -> home + "/" + name.apply(se)).toList();
    }

    private static List<String> command(String name, String se, List<String> lfns) {
        List<String> words = new ArrayList<>(List.of("data", name, "--se", se));
        words.addAll(lfns);
        return words;
    }

    private static String run(List<String> words) {
        return dirac.run(Map.of("DIRACX_CA_PATH", trusted.toString()), words.toArray(String[]::new));
    }

    private static Path onDisk(String se, String lfn) {
        Path root =
                switch (se) {
                    case OWN ->
                        system.directory().resolve("server/data/storage").resolve(OWN);
                    case BUCKET -> STORE.resolve("data/testbucket");
                    default -> directory.resolve(se).resolve("data");
                };
        return root.resolve(lfn.substring(1));
    }

    private static String log(String se) throws IOException {
        return Files.readString(directory.resolve(se).resolve("log/xrootd.log"), StandardCharsets.ISO_8859_1);
    }

    private static Path file(Path path, int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random().nextBytes(bytes);
        return Files.write(path, bytes);
    }

    private static String path(String se) {
        return "Resources/StorageElements/" + se + "/way/";
    }

    private static Map<String, String> described(
            Map<String, String> options, String se, String plugin, String protocol) {
        options.putAll(Map.of(
                "Resources/StorageElements/" + se + "/VO",
                "demo",
                path(se) + "PluginName",
                plugin,
                path(se) + "Protocol",
                protocol,
                path(se) + "Host",
                "localhost",
                path(se) + "Port",
                PORTS.get(se),
                path(se) + "Path",
                "/",
                path(se) + "CAFile",
                trusted.toString()));
        return options;
    }

    private static void xrootd(String se, String action) {
        RunningSystem.run(
                Map.of(
                        "XROOTD_PORT", PORTS.get(se),
                        "XROOTD_ISSUER", system.base().toString(),
                        "XROOTD_ISSUER_CA", system.ca().toString()),
                XROOTD,
                action,
                directory.resolve(se).toString(),
                directory.resolve("ca").toString());
    }

    private static void webdav(String action) {
        RunningSystem.run(
                Map.of("WEBDAV_PORT", PORTS.get(DAV), "WEBDAV_PASSWORD", PASSWORD),
                WEBDAV,
                action,
                directory.resolve(DAV).toString(),
                directory.resolve("ca").toString());
    }

    private static void s3(String action) {
        RunningSystem.run(Map.of("S3_PORT", PORTS.get(BUCKET)), S3, action, STORE.toString());
    }
}
