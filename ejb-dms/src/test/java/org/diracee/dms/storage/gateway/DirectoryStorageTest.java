/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.diracee.dms.catalog.boundary.Checksums;
import org.diracee.dms.storage.boundary.AccessPurpose;
import org.diracee.dms.storage.boundary.ClientAccess;
import org.diracee.dms.storage.boundary.StorageContent;
import org.diracee.dms.storage.boundary.StorageFailure;
import org.diracee.dms.storage.boundary.StorageFailure.Reason;
import org.diracee.dms.storage.boundary.StorageSpace;
import org.diracee.dms.storage.boundary.StorageUpload;
import org.diracee.dms.storage.boundary.StoredEntry;
import org.diracee.dms.storage.boundary.StoredPage;
import org.diracee.dms.storage.boundary.UploadProgress;
import org.diracee.dms.storage.control.OwnStorageAccess;
import org.diracee.dms.storage.control.StorageEndpoint;
import org.diracee.dms.storage.control.StoragePlace;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.SeName;
import org.diracee.kernel.value.Sha256;
import org.diracee.kernel.value.VoName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryStorageTest {

    private static final VoName VO = new VoName("demo");
    private static final Checksums NONE = new Checksums(Optional.empty(), Optional.empty());
    private static final byte[] WIKIPEDIA = "Wikipedia".getBytes(StandardCharsets.US_ASCII);
    private static final String ADLER32 = "11e60398";
    private static final Instant FUTURE = Instant.parse("2100-01-01T00:00:00Z");

    @TempDir
    private Path directory;

    private Path base;
    private DirectoryStorage storage;

    @BeforeEach
    void open() throws IOException {
        base = Files.createDirectory(directory.toRealPath().resolve("se"));
        Files.createDirectory(base.resolve(".incoming"));
        storage = new DirectoryStorage(new NoAccess());
    }

    /** Gives nobody a token. */
    private static final class NoAccess extends OwnStorageAccess {
        @Override
        public ClientAccess grant(StoragePlace file, AccessPurpose purpose) {
            throw new IllegalStateException("not asked here");
        }
    }

    @Nested
    class Writing {

        @Test
        void keepsBytesWithTheirChecksum() throws IOException {
            StoredEntry written = storage.write(place("a/b/file"), WIKIPEDIA.length, NONE, stream(WIKIPEDIA));
            assertThat(written.size()).isEqualTo(WIKIPEDIA.length);
            assertThat(written.checksums().adler32()).contains(ADLER32);
            assertThat(storage.stat(place("a/b/file"))).contains(written);
            assertThat(Files.readAllBytes(base.resolve("demo/a/b/file"))).isEqualTo(WIKIPEDIA);
            assertThat(parts()).isEmpty();
        }

        @Test
        void keepsTheSha256ThatWasAnnounced() {
            Checksums announced = new Checksums(
                    Optional.of(ADLER32),
                    Optional.of("0c9ee9d8c9a4b1bd6fd1f0c3c9d5d9d6b7b5d1c2a0a7d3b4a5e6f7a8b9c0d1e2"));
            fails(Reason.OTHER_CONTENT, () -> write("file", WIKIPEDIA, announced));
            Checksums right = new Checksums(Optional.empty(), Optional.of(sha256(WIKIPEDIA)));
            assertThat(write("file", WIKIPEDIA, right).checksums().sha256()).isEqualTo(right.sha256());
        }

        @Test
        void neverReplacesAFile() throws IOException {
            write("file", WIKIPEDIA, NONE);
            fails(Reason.PRESENT, () -> write("file", new byte[3], NONE));
            try (StorageUpload slow = storage.begin(place("other"), 3, NONE)) {
                write("other", WIKIPEDIA, NONE);
                slow.accept(new byte[3], 0, 3);
                fails(Reason.PRESENT, slow::complete);
            }
            assertThat(Files.size(base.resolve("demo/other"))).isEqualTo(WIKIPEDIA.length);
            assertThat(parts()).isEmpty();
        }

        @Test
        void hasOneWinnerOfManyAtOnce() throws Exception {
            ExecutorService threads = Executors.newFixedThreadPool(8);
            try {
                List<Callable<Boolean>> writers = IntStream.range(0, 16)
                        .<Callable<Boolean>>mapToObj(writer -> () -> {
                            try {
                                write("race", new byte[] {(byte) writer, 1}, NONE);
                                return true;
                            } catch (StorageFailure lost) {
                                assertThat(lost.reason()).isEqualTo(Reason.PRESENT);
                                return false;
                            }
                        })
                        .toList();
                int winners = 0;
                for (Future<Boolean> writer : threads.invokeAll(writers)) {
                    winners += writer.get() ? 1 : 0;
                }
                assertThat(winners).isEqualTo(1);
                assertThat(parts()).isEmpty();
            } finally {
                threads.shutdownNow();
            }
        }

        @Test
        void leavesNothingOfBytesThatAreNotThoseAnnounced() throws IOException {
            fails(Reason.OTHER_CONTENT, () -> write("file", WIKIPEDIA, adler32("00000001")));
            fails(Reason.OTHER_CONTENT, () -> storage.write(place("file"), 3, NONE, stream(WIKIPEDIA)));
            fails(Reason.OTHER_CONTENT, () -> storage.write(place("file"), 30, NONE, stream(WIKIPEDIA)));
            fails(Reason.AWAY, () -> storage.write(place("file"), 30, NONE, broken(WIKIPEDIA)));
            assertThat(storage.stat(place("file"))).isEmpty();
            assertThat(parts()).isEmpty();
        }

        @Test
        void takesAnEmptyFile() {
            assertThat(write("empty", new byte[0], NONE).checksums().adler32()).contains("00000001");
        }

        @Test
        void refusesAPathThroughAFile() {
            write("file", WIKIPEDIA, NONE);
            fails(Reason.PRESENT, () -> write("file/below", WIKIPEDIA, NONE));
            assertThat(storage.stat(place("file/below"))).isEmpty();
            assertThat(storage.remove(place("file/below"))).isFalse();
        }
    }

    @Nested
    class Pieces {

        @Test
        void comeOneAfterTheOther() {
            assertThat(storage.progress("1", place("file"))).isEmpty();
            assertThat(piece(0, "Wiki", adler32(ADLER32))).isFalse();
            assertThat(storage.progress("1", place("file"))).contains(new UploadProgress(4, 9));
            assertThat(storage.stat(place("file"))).isEmpty();
            assertThat(piece(4, "pedia", adler32(ADLER32))).isTrue();
            assertThat(storage.stat(place("file")).orElseThrow().checksums().adler32())
                    .contains(ADLER32);
            assertThat(storage.progress("1", place("file"))).isEmpty();
        }

        @Test
        void survivesThatNobodyEndedThem() {
            StorageUpload dead = storage.resume("1", place("file"), 0, 9, NONE);
            dead.accept(WIKIPEDIA, 0, 6);
            fails(Reason.AWAY, () -> storage.resume("1", place("file"), 6, 9, NONE));
            dead.close();
            assertThat(piece(6, "dia", adler32(ADLER32))).isTrue();
        }

        @Test
        void mustFit() {
            fails(Reason.OTHER_CONTENT, () -> piece(4, "pedia", NONE));
            piece(0, "Wiki", NONE);
            fails(Reason.OTHER_CONTENT, () -> piece(3, "ipedia", NONE));
            fails(Reason.OTHER_CONTENT, () -> storage.resume("1", place("file"), 4, 10, NONE));
            fails(Reason.OTHER_CONTENT, () -> piece(4, "PEDIA", adler32(ADLER32)));
            assertThat(storage.progress("1", place("file"))).isEmpty();
            assertThat(storage.stat(place("file"))).isEmpty();
        }

        @Test
        void mayBeginAnew() {
            piece(0, "Other", NONE);
            assertThat(piece(0, "Wikipedia", adler32(ADLER32))).isTrue();
        }

        @Test
        void ofOtherUploadsAreUnknown() {
            piece(0, "Wiki", NONE);
            assertThat(storage.progress("2", place("file"))).isEmpty();
            fails(Reason.OTHER_CONTENT, () -> storage.resume("2", place("file"), 4, 9, NONE));
            assertThat(storage.progress("1", place("file"))).isPresent();
        }

        @Test
        void doNotEmptyTheFileThatADeadNodeMadeOfThem() throws IOException {
            piece(0, "Wiki", NONE);
            Path published = Files.createLink(base.resolve("demo-file"), parts().get(0));
            piece(0, "Other", NONE);
            assertThat(published).hasContent("Wiki");
        }

        @Test
        void keepTheirLockAsYoungAsTheLastOne() throws IOException {
            piece(0, "Wiki", NONE);
            try (Stream<Path> all = Files.list(base.resolve(".incoming"))) {
                for (Path each : all.toList()) {
                    Files.setLastModifiedTime(each, FileTime.fromMillis(0));
                }
            }
            try (StorageUpload arriving = storage.resume("1", place("file"), 4, 9, NONE)) {
                arriving.accept(WIKIPEDIA, 4, 1);
                storage.removeLeftovers(endpoint(), Instant.ofEpochSecond(1), 10);
                try (Stream<Path> all = Files.list(base.resolve(".incoming"))) {
                    assertThat(all).hasSize(2);
                }
            }
        }

        @Test
        void areRemovedIfNobodyGoesOn() throws IOException {
            piece(0, "Wiki", NONE);
            assertThat(storage.removeLeftovers(endpoint(), Instant.EPOCH, 10)).isZero();
            assertThat(storage.removeLeftovers(endpoint(), FUTURE, 10)).isEqualTo(1);
            assertThat(parts()).isEmpty();
        }

        private boolean piece(long offset, String text, Checksums expected) {
            try (StorageUpload upload = storage.resume("1", place("file"), offset, 9, expected)) {
                byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
                upload.accept(bytes, 0, bytes.length);
                return upload.complete();
            }
        }
    }

    @Nested
    class Reading {

        @Test
        void givesParts() throws IOException {
            write("file", WIKIPEDIA, NONE);
            assertThat(read(0, OptionalLong.empty())).isEqualTo("Wikipedia");
            assertThat(read(4, OptionalLong.empty())).isEqualTo("pedia");
            assertThat(read(4, OptionalLong.of(2))).isEqualTo("pe");
            assertThat(read(20, OptionalLong.empty())).isEmpty();
            fails(Reason.ABSENT, () -> storage.read(place("none"), 0, OptionalLong.empty()));
        }

        @Test
        void listsByName() {
            Stream.of("d/c", "d/a", "d/b/x").forEach(name -> write(name, WIKIPEDIA, NONE));
            StoredPage first = storage.list(place("d"), Optional.empty(), 2);
            assertThat(first.entries()).extracting(StoredEntry::name).containsExactly("a", "b");
            assertThat(first.entries()).extracting(StoredEntry::directory).containsExactly(false, true);
            StoredPage second = storage.list(place("d"), first.next(), 2);
            assertThat(second.entries()).extracting(StoredEntry::name).containsExactly("c");
            assertThat(second.next()).isEmpty();
            fails(Reason.ABSENT, () -> storage.list(place("none"), Optional.empty(), 2));
        }

        @Test
        void saysNothingAboutADirectoryThatIsNotThere() throws IOException {
            Files.delete(base.resolve(".incoming")); // a mount point without its disk
            fails(Reason.AWAY, () -> storage.stat(place("file")));
            fails(Reason.AWAY, () -> storage.remove(place("file")));
            fails(Reason.AWAY, () -> write("file", WIKIPEDIA, NONE));
            assertThat(base).isEmptyDirectory();
            Files.delete(base);
            fails(Reason.AWAY, () -> storage.stat(place("file")));
        }

        private String read(long from, OptionalLong length) throws IOException {
            try (StorageContent content = storage.read(place("file"), from, length)) {
                assertThat(content.size()).isEqualTo(9);
                return new String(content.content().readAllBytes(), StandardCharsets.US_ASCII);
            }
        }
    }

    @Nested
    class Removing {

        @Test
        void tellsWhatWasThere() {
            write("d/file", WIKIPEDIA, NONE);
            fails(Reason.PRESENT, () -> storage.removeDirectory(place("d")));
            fails(Reason.BROKEN, () -> storage.remove(place("d")));
            assertThat(storage.remove(place("d/file"))).isTrue();
            assertThat(storage.remove(place("d/file"))).isFalse();
            assertThat(storage.removeDirectory(place("d"))).isTrue();
            assertThat(storage.removeDirectory(place("d"))).isFalse();
        }

        @Test
        void makesDirectories() {
            storage.makeDirectory(place("x/y"));
            storage.makeDirectory(place("x/y"));
            assertThat(storage.stat(place("x/y")).orElseThrow().directory()).isTrue();
        }
    }

    @Nested
    class Safety {

        @Test
        void followsNoSymbolicLink() throws IOException {
            Path outside = Files.createDirectory(directory.resolve("outside"));
            Files.write(outside.resolve("secret"), WIKIPEDIA);
            Files.createDirectories(base.resolve("demo"));
            Files.createSymbolicLink(base.resolve("demo/out"), outside);
            Files.createSymbolicLink(base.resolve("demo/link"), outside.resolve("secret"));
            fails(Reason.DENIED, () -> storage.stat(place("out/secret")));
            fails(Reason.DENIED, () -> storage.read(place("out/secret"), 0, OptionalLong.empty()));
            fails(Reason.DENIED, () -> write("out/new", WIKIPEDIA, NONE));
            fails(Reason.AWAY, () -> storage.read(place("link"), 0, OptionalLong.empty()));
            fails(Reason.PRESENT, () -> write("link", WIKIPEDIA, NONE));
        }

        @Test
        void keepsItsOwnFilesToItself() {
            StorageEndpoint inside = endpoint(Map.of("Path", "/.incoming"));
            fails(Reason.DENIED, () -> storage.stat(inside.place(VO, new Lfn("/demo/x"))));
        }

        @Test
        void needsABasePath() {
            StorageEndpoint without =
                    new StorageEndpoint(new SeName("DEMO-disk"), "DiracEE", "DiracEE", "https", false, Map.of());
            fails(Reason.BROKEN, () -> storage.stat(without.place(VO, new Lfn("/demo/x"))));
        }
    }

    @Nested
    class Space {

        private final Map<String, String> limited = Map.of("MaxStorageSize", "1", "MaxStorageSizePerVO", "1");

        @Test
        void isThatOfTheDiskUnlessLimited() {
            StorageSpace space = storage.space(endpoint(), VO).orElseThrow();
            assertThat(space.total()).isGreaterThan(1_000_000);
            assertThat(base.resolve(".use")).doesNotExist();
        }

        @Test
        void isUsedUpAndGivenBack() {
            DirectoryStorageTest.this.write("before", new byte[100_000], NONE);
            assertThat(free()).isEqualTo(900_000);
            write(limited("a"), new byte[600_000]);
            assertThat(free()).isEqualTo(300_000);
            fails(Reason.FULL, () -> write(limited("b"), new byte[300_001]));
            try (StorageUpload arriving = storage.begin(limited("b"), 300_000, NONE)) {
                assertThat(arriving.offset()).isZero();
                assertThat(free()).isZero();
            }
            assertThat(free()).isEqualTo(300_000);
            storage.remove(limited("a"));
            assertThat(free()).isEqualTo(900_000);
        }

        @Test
        void isCountedOnceWhereANumberIsBroken() throws IOException {
            write(limited("a"), new byte[100_000]);
            Files.write(base.resolve(".use/demo"), new byte[0]);
            storage.remove(limited("a"));
            assertThat(base.resolve(".use/demo")).isEmptyFile();
            assertThat(free()).isEqualTo(1_000_000);
            assertThat(base.resolve(".use/demo")).hasSize(Long.BYTES);
        }

        @Test
        void isCountedWithoutHoldingUpOthers() throws Exception {
            write(limited("a"), new byte[100_000]);
            Files.delete(base.resolve(".use/demo"));
            ExecutorService threads = Executors.newFixedThreadPool(4);
            try {
                List<Callable<Boolean>> askers = IntStream.range(0, 8)
                        .<Callable<Boolean>>mapToObj(asker -> () -> {
                            try {
                                return free() == 900_000;
                            } catch (StorageFailure counting) {
                                return counting.reason() == Reason.AWAY;
                            }
                        })
                        .toList();
                for (Future<Boolean> asker : threads.invokeAll(askers)) {
                    assertThat(asker.get()).isTrue();
                }
            } finally {
                threads.shutdownNow();
            }
            assertThat(free()).isEqualTo(900_000);
        }

        @Test
        void isCountedAgain() throws IOException {
            write(limited("a"), new byte[100_000]);
            storage.resume("1", limited("b"), 0, 50_000, NONE).close();
            Files.write(base.resolve("demo/stranger"), new byte[200_000]);
            assertThat(free()).isEqualTo(850_000);
            storage.recount(endpoint(limited));
            assertThat(free()).isEqualTo(650_000);
            storage.removeLeftovers(endpoint(limited), FUTURE, 10);
            storage.recount(endpoint(limited));
            assertThat(free()).isEqualTo(700_000);
        }

        private StoragePlace limited(String name) {
            return endpoint(limited).place(VO, new Lfn("/demo/" + name));
        }

        private void write(StoragePlace place, byte[] bytes) {
            storage.write(place, bytes.length, NONE, stream(bytes));
        }

        private long free() {
            return storage.space(endpoint(limited), VO).orElseThrow().free();
        }
    }

    private StoredEntry write(String name, byte[] bytes, Checksums expected) {
        return storage.write(place(name), bytes.length, expected, stream(bytes));
    }

    private StoragePlace place(String name) {
        return endpoint().place(VO, new Lfn("/demo/" + name));
    }

    private StorageEndpoint endpoint() {
        return endpoint(Map.of());
    }

    private StorageEndpoint endpoint(Map<String, String> options) {
        Map<String, String> all = new HashMap<>(options);
        all.put("BasePath", base.toString());
        return new StorageEndpoint(new SeName("DEMO-disk"), "DiracEE", "DiracEE", "https", false, all);
    }

    private List<Path> parts() throws IOException {
        try (Stream<Path> parts = Files.list(base.resolve(".incoming"))) {
            return parts.filter(part -> !Alone.isLock(part)).toList();
        }
    }

    private static void fails(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(StorageFailure.class, failure -> {
            assertThat(failure.reason()).as(failure.detail()).isEqualTo(reason);
            assertThat(failure.detail()).contains("DEMO-disk");
        });
    }

    private static Checksums adler32(String text) {
        return new Checksums(Optional.of(text), Optional.empty());
    }

    private static String sha256(byte[] bytes) {
        return Sha256.hex(bytes);
    }

    private static InputStream stream(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    private static InputStream broken(byte[] bytes) {
        return new SequenceInputStream(stream(bytes), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("reset by peer");
            }
        });
    }
}
