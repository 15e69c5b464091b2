/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.diracee.client.sandbox.SandboxPacker.Links;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxTest {

    private final Path directory;

    SandboxTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private Path file(String name, String content) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.resolve("..").normalize());
        return Files.writeString(file, content);
    }

    private Path target() {
        return directory.resolve("target");
    }

    private SandboxUnpacker unpacker() {
        return new SandboxUnpacker(UnpackLimits.STANDARD);
    }

    @Nested
    class Packing {

        private PackedSandbox pack(Links links, List<Path> files) throws IOException {
            return new SandboxPacker(links).pack(files, directory.resolve("packed.tar.zst"));
        }

        @Test
        void givesBackWhatWasPacked() throws IOException {
            Path script = file("in/run.sh", "#!/bin/sh\n");
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
            file("in/tree/deep/größe.txt", "x");
            Path tree = directory.resolve("in/tree");
            Files.createDirectory(tree.resolve("empty"));

            PackedSandbox packed = pack(Links.FOLLOW, List.of(script, tree));
            List<String> names = unpacker().unpack(packed.archive(), target());

            assertThat(names).containsExactly("run.sh", "tree/deep/größe.txt");
            assertThat(target().resolve("run.sh")).hasContent("#!/bin/sh\n").isExecutable();
            assertThat(target().resolve("tree/deep/größe.txt")).hasContent("x");
            assertThat(Files.isExecutable(target().resolve("tree/deep/größe.txt")))
                    .isFalse();
            assertThat(target().resolve("tree/empty")).isEmptyDirectory();
        }

        @Test
        void makesTheSameBytesOfTheSameFiles() throws IOException {
            Path one = file("a", "1");
            Path two = file("b", "2");
            String first = pack(Links.FOLLOW, List.of(one, two)).sha256();
            Files.setLastModifiedTime(one, FileTime.from(Instant.parse("2001-01-01T00:00:00Z")));
            PackedSandbox second = pack(Links.FOLLOW, List.of(two, one));

            assertThat(second.sha256()).isEqualTo(first).isEqualTo(Sha256.of(second.archive()));
            assertThat(second.size()).isEqualTo(Files.size(second.archive()));
        }

        @Test
        void refusesTwoFilesOfOneName() throws IOException {
            List<Path> files = List.of(file("x/same", "1"), file("y/same", "2"));
            assertThatThrownBy(() -> pack(Links.FOLLOW, files))
                    .isInstanceOf(InvalidSandbox.class)
                    .hasMessageContaining("two files named 'same'");
        }

        @Test
        void followsALinkOnlyIfTold() throws IOException {
            Path link = Files.createSymbolicLink(directory.resolve("link"), file("secret", "s"));

            PackedSandbox packed = pack(Links.FOLLOW, List.of(link));
            unpacker().unpack(packed.archive(), target());
            assertThat(target().resolve("link")).hasContent("s");
            assertThat(Files.isSymbolicLink(target().resolve("link"))).isFalse();

            assertThatThrownBy(() -> pack(Links.REFUSE, List.of(link)))
                    .isInstanceOf(InvalidSandbox.class)
                    .hasMessageContaining("'link' is a symbolic link");
        }

        @Test
        void refusesALinkInsideADirectoryThatLeadsBack() throws IOException {
            file("tree/a", "1");
            Path tree = directory.resolve("tree");
            Files.createSymbolicLink(tree.resolve("again"), tree);
            assertThatThrownBy(() -> pack(Links.FOLLOW, List.of(tree)))
                    .isInstanceOf(InvalidSandbox.class)
                    .hasMessageContaining("link back");
            assertThatThrownBy(() -> pack(Links.REFUSE, List.of(tree))).isInstanceOf(InvalidSandbox.class);
        }

        @Test
        void packsUnderGivenNames() throws IOException {
            Path one = file("a", "1");
            PackedSandbox packed =
                    new SandboxPacker(Links.FOLLOW).pack(Map.of("logs/std.out", one), directory.resolve("p"));
            assertThat(unpacker().unpack(packed.archive(), target())).containsExactly("logs/std.out");
            assertThatThrownBy(() -> new SandboxPacker(Links.FOLLOW).pack(Map.of("../x", one), directory.resolve("p")))
                    .isInstanceOf(InvalidSandbox.class);
        }
    }

    @Nested
    class Unpacking {

        private Path archive(Consumer<Tar> content) throws IOException {
            Path archive = directory.resolve("bad.tar.zst");
            try (TarArchiveOutputStream tar =
                    new TarArchiveOutputStream(new ZstdOutputStream(Files.newOutputStream(archive)))) {
                tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
                content.accept(new Tar(tar));
            }
            return archive;
        }

        @ParameterizedTest
        @ValueSource(strings = {"../evil", "a/../../evil", "/etc/evil", "a/..", "x/../y"})
        void refusesNamesThatLeadElsewhere(String name) throws IOException {
            Path archive = archive(tar -> tar.file(name, "x"));
            assertThatThrownBy(() -> unpacker().unpack(archive, target()))
                    .isInstanceOf(InvalidSandbox.class)
                    .hasMessageContaining("'" + name + "'");
            assertThat(directory.resolve("evil")).doesNotExist();
        }

        @Test
        void refusesLinksAndDevices() throws IOException {
            for (byte kind :
                    new byte[] {TarConstants.LF_SYMLINK, TarConstants.LF_LINK, TarConstants.LF_CHR, TarConstants.LF_FIFO
                    }) {
                Path archive = archive(tar -> tar.special("thing", kind));
                assertThatThrownBy(() -> unpacker().unpack(archive, target()))
                        .isInstanceOf(InvalidSandbox.class)
                        .hasMessageContaining("only files and directories");
                assertThat(Files.exists(target().resolve("thing"), java.nio.file.LinkOption.NOFOLLOW_LINKS))
                        .isFalse();
            }
        }

        @Test
        void doesNotWriteThroughLinksThatAreThere() throws IOException {
            Path outside = Files.createDirectories(directory.resolve("outside"));
            Path precious = file("outside/precious", "kept");
            Files.createDirectories(target());
            Files.createSymbolicLink(target().resolve("way"), outside);
            Files.createSymbolicLink(target().resolve("file"), precious);

            Path through = archive(tar -> tar.file("way/precious", "lost"));
            assertThatThrownBy(() -> unpacker().unpack(through, target()))
                    .isInstanceOf(InvalidSandbox.class)
                    .hasMessageContaining("a file or a link");

            unpacker().unpack(archive(tar -> tar.file("file", "new")), target());
            assertThat(precious).hasContent("kept");
            assertThat(target().resolve("file")).hasContent("new");
        }

        @Test
        void stopsABombOfBytes() throws IOException {
            Path archive = archive(tar -> tar.file("big", new byte[5_000_000]));
            assertThat(Files.size(archive)).isLessThan(10_000);
            assertThatThrownBy(() -> new SandboxUnpacker(new UnpackLimits(10, 1_000_000)).unpack(archive, target()))
                    .isInstanceOf(InvalidSandbox.class)
                    .hasMessageContaining("more");
            assertThat(Files.size(target().resolve("big"))).isLessThanOrEqualTo(1_000_000);
        }

        @Test
        void stopsABombOfManySmallFiles() throws IOException {
            Path archive = archive(tar -> {
                for (int i = 0; i < 20; i++) {
                    tar.file("f" + i, "x");
                }
            });
            assertThatThrownBy(() -> new SandboxUnpacker(new UnpackLimits(10, 1_000_000)).unpack(archive, target()))
                    .isInstanceOf(InvalidSandbox.class)
                    .hasMessageContaining("10 entries");
        }

        @Test
        void stopsABombOfHeaders() throws IOException {
            Path archive = archive(tar -> {
                tar.longName(new byte[50_000_000]);
                tar.file("f", "x");
            });
            assertThatThrownBy(() -> unpacker().unpack(archive, target()))
                    .isInstanceOf(InvalidSandbox.class)
                    .hasMessageContaining("more than is allowed");
        }

        @Test
        void dropsForeignModes() throws IOException {
            unpacker().unpack(archive(tar -> tar.file("s", "x", 06777)), target());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target().resolve("s"))))
                    .isEqualTo("rwxr-xr-x");
        }

        @Test
        void saysThatABrokenArchiveIsBroken() throws IOException {
            Path archive = archive(tar -> tar.file("f", new byte[100_000]));
            byte[] bytes = Files.readAllBytes(archive);
            Files.write(archive, Arrays.copyOf(bytes, bytes.length / 2));
            assertThatThrownBy(() -> unpacker().unpack(archive, target())).isInstanceOf(InvalidSandbox.class);

            Files.writeString(archive, "no archive");
            assertThatThrownBy(() -> unpacker().unpack(archive, target()))
                    .isInstanceOf(InvalidSandbox.class)
                    .hasMessageContaining("neither a tar.zst nor a tar.bz2");
        }

        @Test
        void readsTheOldFormat() throws IOException {
            Path archive = directory.resolve("old.tar.bz2");
            try (OutputStream out = new BZip2CompressorOutputStream(Files.newOutputStream(archive));
                    TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
                new Tar(tar).file("./std.out", "hello");
            }
            assertThat(unpacker().unpack(archive, target())).containsExactly("std.out");
            assertThat(target().resolve("std.out")).hasContent("hello");
        }
    }

    private record Tar(TarArchiveOutputStream out) {

        void file(String name, String content) {
            file(name, content.getBytes(UTF_8), 0644);
        }

        void file(String name, byte[] content) {
            file(name, content, 0644);
        }

        void file(String name, String content, int mode) {
            file(name, content.getBytes(UTF_8), mode);
        }

        void longName(byte[] name) {
            add(new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME), name, 0644);
        }

        private void file(String name, byte[] content, int mode) {
            add(new TarArchiveEntry(name, true), content, mode);
        }

        private void add(TarArchiveEntry entry, byte[] content, int mode) {
            try {
                entry.setSize(content.length);
                entry.setMode(mode);
                out.putArchiveEntry(entry);
                out.write(content);
                out.closeArchiveEntry();
            } catch (IOException failed) {
                throw new AssertionError(failed);
            }
        }

        void special(String name, byte kind) {
            try {
                TarArchiveEntry entry = new TarArchiveEntry(name, kind);
                entry.setLinkName("/etc/passwd");
                out.putArchiveEntry(entry);
                out.closeArchiveEntry();
            } catch (IOException failed) {
                throw new AssertionError(failed);
            }
        }
    }
}
