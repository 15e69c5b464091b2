/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.sandbox;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/**
 * Unpacks archives of others ({@code tar.zst} or {@code tar.bz2}) without trusting them: nothing is written outside the
 * directory, no link or device is made, no more than the limits is written, no foreign mode or owner is set.
 *
 * <p>Sizes are counted while the bytes come, whatever the headers say, and headers may take only so much of them, so that
 * neither disk nor memory can be filled by a small archive.
 */
public final class SandboxUnpacker {

    private static final int HEADER_BYTES = 1 << 20;
    private static final int BUFFER = 64 * 1024;
    private static final int OWNER_EXECUTES = 0100;
    private static final Set<PosixFilePermission> EXECUTABLE = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final Set<PosixFilePermission> PLAIN = PosixFilePermissions.fromString("rw-r--r--");

    private final UnpackLimits limits;

    public SandboxUnpacker(UnpackLimits limits) {
        this.limits = limits;
    }

    /**
     * Unpacks into a directory, which is made if it is not there; files of the same name are replaced.
     *
     * @return the names of the files written, in the archive's order
     * @throws InvalidSandbox if the archive is broken or holds what is refused; what was written before stays
     * @throws IOException if a file cannot be read or written
     */
    public List<String> unpack(Path archive, Path directory) throws IOException {
        Files.createDirectories(directory);
        Path top = directory.toRealPath();
        List<String> written = new ArrayList<>();
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive), BUFFER);
                Allowance content = new Allowance(decompressed(file));
                TarArchiveInputStream tar = new TarArchiveInputStream(content, "UTF-8")) {
            int entries = 0;
            long bytes = 0;
            for (TarArchiveEntry entry = next(tar, content); entry != null; entry = next(tar, content)) {
                if (++entries > limits.entries()) {
                    throw new InvalidSandbox("The sandbox has more than the " + limits.entries() + " entries allowed");
                }
                List<String> parts = EntryName.parts(entry.getName());
                refuseUnlessPlain(entry);
                if (entry.isDirectory()) {
                    directories(top, parts, parts.size());
                } else if (parts.isEmpty()) {
                    throw new InvalidSandbox("The sandbox has a file without a name");
                } else {
                    content.allow(limits.bytes() - bytes + HEADER_BYTES);
                    bytes +=
                            write(tar, entry, directories(top, parts, parts.size() - 1), parts, limits.bytes() - bytes);
                    written.add(String.join("/", parts));
                }
            }
        } catch (FileSystemException onOurSide) {
            throw onOurSide;
        } catch (InvalidSandbox refused) {
            throw refused;
        } catch (IOException | IllegalArgumentException broken) {
            throw new InvalidSandbox("The sandbox archive is broken: " + broken.getMessage(), broken);
        }
        return written;
    }

    private static InputStream decompressed(InputStream in) throws IOException {
        in.mark(4);
        byte[] magic = in.readNBytes(4);
        in.reset();
        if (magic.length == 4
                && (magic[0] & 0xff) == 0x28
                && (magic[1] & 0xff) == 0xb5
                && (magic[2] & 0xff) == 0x2f
                && (magic[3] & 0xff) == 0xfd) {
            return new ZstdInputStream(in);
        }
        if (magic.length >= 3 && magic[0] == 'B' && magic[1] == 'Z' && magic[2] == 'h') {
            return new BZip2CompressorInputStream(in, true);
        }
        throw new InvalidSandbox("The sandbox is neither a tar.zst nor a tar.bz2 archive");
    }

    private static TarArchiveEntry next(TarArchiveInputStream tar, Allowance content) throws IOException {
        content.allow(HEADER_BYTES);
        return tar.getNextEntry();
    }

    private static void refuseUnlessPlain(TarArchiveEntry entry) throws InvalidSandbox {
        String kind;
        if (entry.isSymbolicLink()) {
            kind = "a symbolic link";
        } else if (entry.isLink()) {
            kind = "a hard link";
        } else if (entry.isCharacterDevice() || entry.isBlockDevice()) {
            kind = "a device";
        } else if (entry.isFIFO()) {
            kind = "a named pipe";
        } else if (entry.isDirectory() || entry.isFile()) {
            return;
        } else {
            kind = "of an unknown kind";
        }
        throw new InvalidSandbox("The sandbox entry '" + EntryName.shown(entry.getName()) + "' is " + kind
                + ": only files and directories are unpacked");
    }

    /** Makes the first {@code depth} parts as directories and refuses to go through anything else. */
    private static Path directories(Path top, List<String> parts, int depth) throws IOException {
        Path at = top;
        for (String part : parts.subList(0, depth)) {
            at = at.resolve(part);
            if (!Files.exists(at, NOFOLLOW_LINKS)) {
                Files.createDirectory(at);
            } else if (!Files.isDirectory(at, NOFOLLOW_LINKS)) {
                throw new InvalidSandbox("The sandbox needs a directory '" + EntryName.shown(part)
                        + "' where there is a file or a link");
            }
        }
        return at;
    }

    private static long write(
            TarArchiveInputStream tar, TarArchiveEntry entry, Path directory, List<String> parts, long allowed)
            throws IOException {
        Path target = directory.resolve(parts.get(parts.size() - 1));
        if (Files.exists(target, NOFOLLOW_LINKS)) {
            if (Files.readAttributes(target, BasicFileAttributes.class, NOFOLLOW_LINKS)
                    .isDirectory()) {
                throw new InvalidSandbox(
                        "The sandbox has a file '" + EntryName.shown(entry.getName()) + "' where there is a directory");
            }
            Files.delete(target);
        }
        long written = 0;
        // CREATE_NEW follows no link, even if one came in between
        try (OutputStream out =
                Files.newOutputStream(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            byte[] buffer = new byte[BUFFER];
            for (int read = tar.read(buffer); read >= 0; read = tar.read(buffer)) {
                written += read;
                if (written > allowed) {
                    throw new InvalidSandbox("The sandbox unpacks to more bytes than are allowed");
                }
                write(out, buffer, read, target);
            }
        }
        Files.setPosixFilePermissions(target, (entry.getMode() & OWNER_EXECUTES) != 0 ? EXECUTABLE : PLAIN);
        return written;
    }

    /** A full disk is no fault of the archive. */
    private static void write(OutputStream out, byte[] buffer, int length, Path target) throws FileSystemException {
        try {
            out.write(buffer, 0, length);
        } catch (IOException unwritable) {
            FileSystemException failure = new FileSystemException(target.toString(), null, unwritable.getMessage());
            failure.initCause(unwritable);
            throw failure;
        }
    }

    /** Lets through only as many bytes as were allowed last. */
    private static final class Allowance extends FilterInputStream {

        private long left;

        Allowance(InputStream in) {
            super(in);
        }

        void allow(long bytes) {
            left = bytes;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (left <= 0) {
                throw new InvalidSandbox("The sandbox unpacks to more than is allowed");
            }
            int read = super.read(buffer, offset, (int) Math.min(length, left));
            if (read > 0) {
                left -= read;
            }
            return read;
        }

        @Override
        public long skip(long count) throws IOException {
            byte[] buffer = new byte[(int) Math.min(count, 8192)];
            int read = read(buffer, 0, buffer.length);
            return Math.max(read, 0);
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
