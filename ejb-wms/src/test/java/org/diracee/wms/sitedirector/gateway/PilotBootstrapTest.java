/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.diracee.framework.configuration.boundary.Deployment;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.sitedirector.CeQueues;
import org.diracee.wms.sitedirector.control.CeQueue;
import org.diracee.wms.sitedirector.control.PilotLaunch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the script does that starts a pilot on a worker node, run as there: by /bin/sh, with an image from a web server. */
class PilotBootstrapTest {

    private static final PilotLaunch PILOT =
            new PilotLaunch(new PilotStamp("0123456789abcdef"), new VoName("demo"), "only $once 'here'");

    @TempDir
    private Path temporary;

    private final AtomicInteger fetched = new AtomicInteger();
    private final Map<String, String> options = new HashMap<>();
    private final Deployment deployment = new Deployment() {
        @Override
        public Optional<Path> caFile() {
            return Optional.empty();
        }
    };
    private final PilotSettings settings = new PilotSettings(deployment);
    private HttpServer server;
    private final MemoryShelf shelf = new MemoryShelf();
    private PackedImages images;

    @BeforeEach
    void serve() throws IOException {
        images = images("packed");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/pilots/image/", exchange -> {
            fetched.incrementAndGet();
            String name = exchange.getRequestURI().getPath().replaceFirst(".*/", "");
            byte[] archive = Files.readAllBytes(images.archive(name).orElseThrow());
            exchange.sendResponseHeaders(200, archive.length);
            exchange.getResponseBody().write(archive);
            exchange.close();
        });
        server.start();
        Files.createDirectories(temporary.resolve("image/bin"));
        Files.createDirectories(temporary.resolve("image/app"));
        Files.writeString(temporary.resolve("image/app/pilot.jar"), "a jar");
        Files.createSymbolicLink(temporary.resolve("image/app/link"), Path.of("pilot.jar"));
        image("printf '%s\\n' \"$@\"; exit 7");
        options.put("PilotImage", temporary.resolve("image").toString());
        options.put("ServerURL", "http://127.0.0.1:" + server.getAddress().getPort());
        options.put("PilotCache", temporary.resolve("cache").toString());
    }

    private PackedImages images(String directory) {
        return new PackedImages(settings, shelf, Clock.systemUTC(), temporary.resolve(directory));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void becomesThePilotWithItsWordsAndItsExitCode() throws IOException {
        options.put("ExtraPilotOptions", "--it's $HOME \"quoted\"");
        image("printf '%s\\n' \"$@\"; cat \"$(dirname \"$0\")/../app/link\"; exit 7");

        Ran ran = run("one");

        assertThat(ran.errors()).isEmpty();
        assertThat(ran.exitCode()).isEqualTo(7);
        assertThat(ran.output().lines())
                .containsSubsequence("--stamp", "0123456789abcdef", "--it's", "$HOME", "\"quoted\"")
                .containsSubsequence(
                        "--secret-file",
                        temporary.resolve("one/dirac-pilot-secret").toString(),
                        "--work-dir")
                .doesNotContain("--ca-file")
                .endsWith("a jar");
    }

    @Test
    void anotherNodeGivesTheImageAlsoWhenItWasReplaced() throws IOException {
        String sha256 = images.of(queue()).sha256();
        Path here = images.archive(sha256).orElseThrow();
        image("the next version");
        PackedImages elsewhere = images("elsewhere");

        assertThat(elsewhere.archive(sha256))
                .hasValueSatisfying(
                        there -> assertThat(there).isNotEqualTo(here).hasSameBinaryContentAs(here));
        assertThat(elsewhere.of(queue()).sha256()).isNotEqualTo(sha256);
        assertThat(images("yet-another").archive("0".repeat(64))).isEmpty();
        shelf.kept.put(sha256, new byte[] {1});
        assertThat(images("yet-another").archive(sha256)).isEmpty();
    }

    @Test
    void holdsNoSecretAndLetsNobodyElseReadIt() throws IOException {
        image("stat -c %a \"$(printf '%s\\n' \"$@\" | grep secret$)\"");
        assertThat(bootstrap().script(queue(), PILOT)).doesNotContain("only");
        assertThat(run("one").output().strip()).isEqualTo("600");
    }

    @Test
    void fetchesAnImageOnceForManyPilotsThatStartTogether() throws IOException {
        List<Process> pilots = new ArrayList<>();
        for (int index = 0; index < 6; index++) {
            pilots.add(start("pilot" + index, Map.of()));
        }
        int part = 0;
        for (Process pilot : pilots) {
            Ran ran = Ran.of(pilot, temporary.resolve("pilot" + part++));
            assertThat(ran.exitCode()).as(ran.errors()).isEqualTo(7);
        }
        assertThat(fetched).hasValue(1);
        try (Stream<Path> kept = Files.list(cache())) {
            assertThat(kept.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("lock", images.of(queue()).sha256());
        }
    }

    @Test
    void replacesAnImageThatWasChangedOrAddedTo() throws IOException {
        assertThat(run("one").exitCode()).isEqualTo(7);
        Path kept = cache().resolve(images.of(queue()).sha256());
        Files.writeString(kept.resolve("app/other.jar"), "not ours");
        assertThat(run("two").exitCode()).isEqualTo(7);
        assertThat(kept.resolve("app/other.jar")).doesNotExist();
        Files.delete(kept.resolve("app/pilot.jar"));
        assertThat(run("three").exitCode()).isEqualTo(7);
        assertThat(kept.resolve("app/pilot.jar")).exists();
        assertThat(fetched).hasValue(3);
    }

    @Test
    void usesNoCacheOfSomebodyElse() throws IOException {
        Path others = Files.createDirectory(temporary.resolve("others"));
        Files.createDirectory(temporary.resolve("cache"));
        Files.createSymbolicLink(cache(), others);
        assertThat(run("one").exitCode()).isEqualTo(7);
        assertThat(others).isEmptyDirectory();
    }

    @Test
    void takesWgetWhereThereIsNoCurl() throws IOException {
        Ran ran = Ran.of(start("one", Map.of("PATH", tools("wget").toString())), temporary.resolve("one"));
        assertThat(ran.exitCode()).as(ran.errors()).isEqualTo(7);
    }

    @Test
    void saysWhyItStartedNoPilot() throws IOException {
        assertFails(
                Ran.of(start("tools", Map.of("PATH", tools().toString())), temporary.resolve("tools")),
                "neither curl nor wget is here");
        Path archive = images.archive(images.of(queue()).sha256()).orElseThrow();
        byte[] whole = Files.readAllBytes(archive);
        Files.writeString(archive, "something else");
        assertFails(run("other"), "expected is " + images.of(queue()).sha256());
        Files.write(archive, whole);
        server.stop(0);
        assertFails(run("away"), "was not fetched from http://127.0.0.1:");
        try (Stream<Path> kept = Files.list(cache())) {
            assertThat(kept.map(path -> path.getFileName().toString())).containsExactly("lock");
        }
    }

    private void assertFails(Ran ran, String why) {
        assertThat(ran.exitCode()).isEqualTo(PilotBootstrap.NOT_STARTED);
        assertThat(ran.errors().lines().reduce("", (before, line) -> line))
                .startsWith("dirac-pilot on ")
                .contains(why);
        assertThat(ran.directory()).isEmptyDirectory();
    }

    private void image(String script) throws IOException {
        Path program = Files.writeString(temporary.resolve("image/bin/dirac-pilot"), "#!/bin/sh\n" + script + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
    }

    /** A directory of programs that the script may find, and no others. */
    private Path tools(String... more) throws IOException {
        Path tools = Files.createDirectory(temporary.resolve("tools" + more.length));
        List<String> names = new ArrayList<>(List.of(
                "cat",
                "chmod",
                "cut",
                "dirname",
                "find",
                "gzip",
                "id",
                "mkdir",
                "mktemp",
                "mv",
                "rm",
                "sed",
                "sha256sum",
                "sort",
                "tar",
                "touch",
                "tr",
                "uname",
                "xargs"));
        names.addAll(List.of(more));
        for (String name : names) {
            Path program = Stream.of("/usr/bin/", "/bin/")
                    .map(directory -> Path.of(directory + name))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("this test needs " + name));
            Files.createSymbolicLink(tools.resolve(name), program);
        }
        return tools;
    }

    private Path cache() throws IOException {
        Path cache = temporary.resolve("cache");
        Object user = Files.getAttribute(temporary, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        return cache.resolve("dirac-" + user);
    }

    private CeQueue queue() {
        return CeQueues.local(options);
    }

    private PilotBootstrap bootstrap() {
        return new PilotBootstrap(settings, images);
    }

    private Ran run(String name) throws IOException {
        return Ran.of(start(name, Map.of()), temporary.resolve(name));
    }

    /** In a directory of its own, with the secret there and the script elsewhere. */
    private Process start(String name, Map<String, String> environment) throws IOException {
        Path directory = Files.createDirectories(temporary.resolve(name));
        Path script = temporary.resolve(name + ".sh");
        Files.writeString(script, bootstrap().script(queue(), PILOT));
        Files.writeString(directory.resolve(PilotBootstrap.SECRET), PILOT.secret());
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", script.toString())
                .directory(directory.toFile())
                .redirectOutput(temporary.resolve(name + ".out").toFile())
                .redirectError(temporary.resolve(name + ".err").toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private record Ran(Path directory, int exitCode, String output, String errors) {

        static Ran of(Process process, Path directory) throws IOException {
            int exitCode = process.onExit().join().exitValue();
            return new Ran(
                    directory,
                    exitCode,
                    Files.readString(Path.of(directory + ".out")),
                    Files.readString(Path.of(directory + ".err")));
        }
    }
}
