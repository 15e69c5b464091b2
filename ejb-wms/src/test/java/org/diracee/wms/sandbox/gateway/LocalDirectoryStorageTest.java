/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.diracee.wms.sandbox.TestSandboxes.bytes;
import static org.diracee.wms.sandbox.TestSandboxes.pfn;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.wms.fixture.WmsServices.FixedConfiguration;
import org.diracee.wms.sandbox.TestSandboxes;
import org.diracee.wms.sandbox.boundary.SandboxPfn;
import org.diracee.wms.sandbox.boundary.StoredSandbox;
import org.diracee.wms.sandbox.control.ArrivedSandbox;
import org.diracee.wms.sandbox.control.SandboxSettings;
import org.diracee.wms.sandbox.control.StoredPage;
import org.diracee.wms.sandbox.control.TransferBroken;
import org.diracee.wms.sandbox.control.TransferTooLarge;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDirectoryStorageTest {

    private static final byte[] CONTENT = bytes("an archive");
    private static final SandboxPfn NAME = pfn("demo", "alice", CONTENT);
    private static final Instant FUTURE = Instant.parse("2100-01-01T00:00:00Z");

    @TempDir
    private Path directory;

    private LocalDirectoryStorage storage;

    @BeforeEach
    void open() {
        FixedConfiguration configuration = new FixedConfiguration();
        configuration.set(TestSandboxes.store(
                Map.of("BasePath", directory.resolve("store").toString())));
        storage = new LocalDirectoryStorage(new SandboxSettings(configuration));
    }

    @Test
    void showsAnArchiveOnceItIsPublished() throws IOException {
        try (ArrivedSandbox arrived = storage.receive(NAME, CONTENT.length, stream(CONTENT))) {
            assertThat(storage.open(NAME)).isEmpty();
            arrived.publish();
        }
        StoredSandbox stored = storage.open(NAME).orElseThrow();
        assertThat(stored.size()).isEqualTo(CONTENT.length);
        assertThat(read(stored, 0)).isEqualTo(CONTENT);
        assertThat(read(stored, 3)).isEqualTo(bytes("archive"));
        assertThat(files()).singleElement().satisfies(file -> assertThat(
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("store"))))
                .isEqualTo("rwx------");
    }

    @Test
    void forgetsWhatIsNotPublished() throws IOException {
        storage.receive(NAME, CONTENT.length, stream(CONTENT)).close();
        assertThat(files()).isEmpty();
    }

    @Test
    void leavesNothingOfAnotherChecksum() throws IOException {
        assertThatThrownBy(() -> storage.receive(NAME, CONTENT.length, stream(bytes("AN ARCHIVE"))))
                .isInstanceOf(TransferBroken.class)
                .hasMessageContaining(NAME.sha256());
        assertThat(files()).isEmpty();
    }

    @Test
    void leavesNothingOfATooShortOne() throws IOException {
        assertThatThrownBy(() -> storage.receive(NAME, CONTENT.length + 1, stream(CONTENT)))
                .isInstanceOf(TransferBroken.class)
                .hasMessage("The transfer ended after 10 bytes: 11 were announced");
        assertThat(files()).isEmpty();
    }

    @Test
    void stopsReadingATooLongOne() throws IOException {
        Endless endless = new Endless();
        assertThatThrownBy(() -> storage.receive(NAME, 1_000_000, endless))
                .isInstanceOf(TransferTooLarge.class)
                .extracting(failure -> ((TransferTooLarge) failure).code())
                .isEqualTo(ErrorCode.TOO_LARGE);
        assertThat(endless.given).isLessThan(1_200_000);
        assertThat(files()).isEmpty();
    }

    @Test
    void leavesNothingOfABrokenStream() throws IOException {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }
        };
        assertThatThrownBy(() -> storage.receive(NAME, CONTENT.length, broken))
                .isInstanceOf(TransferBroken.class)
                .hasMessage("The transfer broke off after 0 bytes");
        assertThat(files()).isEmpty();
    }

    @Test
    void takesTheSameContentTwice() throws IOException {
        try (ArrivedSandbox first = storage.receive(NAME, CONTENT.length, stream(CONTENT));
                ArrivedSandbox second = storage.receive(NAME, CONTENT.length, stream(CONTENT))) {
            second.publish();
            first.publish();
        }
        assertThat(read(storage.open(NAME).orElseThrow(), 0)).isEqualTo(CONTENT);
        assertThat(files()).hasSize(1);
    }

    @Test
    void walksTheStoreInPortionsWithoutLosingOrRepeatingAnything() {
        List<SandboxPfn> stored = new ArrayList<>();
        // names of which one begins like the other, so that paths and their parts sort differently
        for (String user : List.of("a", "a-b", "ab", "a.b", "z")) {
            for (int index = 0; index < 9; index++) {
                stored.add(store(pfn("demo", user, bytes(user + index)), bytes(user + index)));
            }
        }
        List<SandboxPfn> seen = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            StoredPage page = storage.stored(FUTURE, after, 4);
            assertThat(page.names()).hasSizeLessThanOrEqualTo(4);
            seen.addAll(page.names());
            after = page.next();
        } while (after.isPresent());
        assertThat(seen).containsExactlyInAnyOrderElementsOf(stored);
    }

    @Test
    void walksOverForeignFilesAndYoungArchives() throws IOException {
        store(NAME, CONTENT);
        Files.writeString(directory.resolve("store/sandboxes/README"), "not ours");
        Files.createDirectories(directory.resolve("store/sandboxes/lost+found/x/y/z/w"));
        assertThat(storage.stored(FUTURE, Optional.empty(), 10).names()).containsExactly(NAME);
        assertThat(storage.stored(Instant.EPOCH, Optional.empty(), 10).names()).isEmpty();
    }

    @Test
    void removesLeftoversOfBrokenTransfers() throws IOException {
        ArrivedSandbox inProgress = storage.receive(NAME, CONTENT.length, stream(CONTENT));
        Path left = directory.resolve("store/incoming/crashed.part");
        Files.writeString(left, "half an");
        Files.setLastModifiedTime(left, FileTime.from(Instant.EPOCH));
        assertThat(storage.removeLeftovers(Instant.EPOCH.plusSeconds(1), 10)).isEqualTo(1);
        inProgress.publish();
        assertThat(files()).hasSize(1);
    }

    @Test
    void worksOnAnEmptyStore() {
        assertThat(storage.open(NAME)).isEmpty();
        storage.remove(NAME);
        assertThat(storage.stored(FUTURE, Optional.empty(), 10).names()).isEmpty();
        assertThat(storage.removeLeftovers(FUTURE, 10)).isZero();
    }

    private SandboxPfn store(SandboxPfn name, byte[] content) {
        try (ArrivedSandbox arrived = storage.receive(name, content.length, stream(content))) {
            arrived.publish();
        }
        return name;
    }

    private List<Path> files() throws IOException {
        if (!Files.exists(directory.resolve("store"))) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(directory.resolve("store"))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static byte[] read(StoredSandbox stored, long from) throws IOException {
        try (InputStream content = stored.read(from)) {
            return content.readAllBytes();
        }
    }

    private static InputStream stream(byte[] content) {
        return new ByteArrayInputStream(content);
    }

    /** As a client that never stops sending. */
    private static final class Endless extends InputStream {
        private final Random random = new Random(7);
        private long given;

        @Override
        public int read() {
            given++;
            return random.nextInt(256);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            given += length;
            return length;
        }
    }
}
