/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.certificate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.diracee.framework.fixture.CaDirectoryFiles;
import org.diracee.kernel.proxy.Pki;
import org.diracee.kernel.proxy.Pki.Holder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RevocationListFilesTest {

    private static final int LARGEST = 100_000;

    @TempDir
    Path directory;

    private final Instant now = Instant.now();
    private final Holder authority = Pki.authority("Test CA");
    private HttpServer server;
    private byte[] served = new byte[0];
    private Path list;
    private RevocationListFiles files;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/list", exchange -> {
            exchange.sendResponseHeaders(200, served.length);
            try (var body = exchange.getResponseBody()) {
                body.write(served);
            } catch (IOException enough) {
                // the client has heard more than it wants
            }
        });
        server.start();
        CaDirectoryFiles.install(directory, authority);
        list = directory.resolve(CaDirectoryFiles.hash(authority) + ".r0");
        Files.writeString(
                directory.resolve(CaDirectoryFiles.hash(authority) + ".crl_url"),
                "# where it is\nfile:///etc/passwd\nhttp://127.0.0.1:"
                        + server.getAddress().getPort() + "/list\n");
        files = new RevocationListFiles(Optional.of(directory), new ListDownload(), Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void serve(Object list) {
        served = Pki.pem(list).getBytes(StandardCharsets.US_ASCII);
    }

    private Object listOf(Holder issuer, Instant made, Instant next) {
        return Pki.revocationList(issuer, made, next);
    }

    @Test
    void putsANewerListInThePlaceOfTheOldOne() throws IOException {
        serve(listOf(authority, now.minusSeconds(600), now.plusSeconds(600)));
        assertThat(files.fetch(LARGEST)).isEqualTo(1);
        assertThat(list).hasBinaryContent(served);
        assertThat(files.fetch(LARGEST)).as("the same again").isZero();
        serve(listOf(authority, now.minusSeconds(60), now.plusSeconds(600)));
        assertThat(files.fetch(LARGEST)).isEqualTo(1);
        assertThat(list).hasBinaryContent(served);
        byte[] newest = served;
        serve(listOf(authority, now.minusSeconds(300), now.plusSeconds(600)));
        assertThat(files.fetch(LARGEST)).as("an older one").isZero();
        assertThat(list).hasBinaryContent(newest);
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).noneMatch(file -> file.toString().endsWith(".part"));
        }
    }

    @Test
    void takesNothingThatIsNotTheCasNotInTimeOrTooLarge() {
        serve(listOf(Pki.authority("Test CA"), now.minusSeconds(60), now.plusSeconds(600)));
        assertThat(files.fetch(LARGEST)).isZero();
        serve(listOf(authority, now.minusSeconds(60), now.minusSeconds(1)));
        assertThat(files.fetch(LARGEST)).isZero();
        serve(listOf(authority, now.plusSeconds(3600), now.plusSeconds(7200)));
        assertThat(files.fetch(LARGEST)).isZero();
        served = "no list".getBytes(StandardCharsets.US_ASCII);
        assertThat(files.fetch(LARGEST)).isZero();
        serve(listOf(authority, now.minusSeconds(60), now.plusSeconds(600)));
        assertThat(files.fetch(served.length - 1)).isZero();
        assertThat(list).doesNotExist();
        assertThat(files.fetch(served.length)).isEqualTo(1);
    }

    @Test
    void tellsOfListsThatAreOldOrOutOfDate() {
        assertThat(files.alarm(Duration.ofDays(7))).isZero();
        CaDirectoryFiles.install(
                directory, authority, Pki.revocationList(authority, now.minusSeconds(7200), now.plusSeconds(600)));
        assertThat(files.alarm(Duration.ofDays(7))).isZero();
        assertThat(files.alarm(Duration.ofHours(1))).isEqualTo(1);
        CaDirectoryFiles.install(
                directory, authority, Pki.revocationList(authority, now.minusSeconds(600), now.minusSeconds(1)));
        assertThat(files.alarm(Duration.ofDays(7))).isEqualTo(1);
    }
}
