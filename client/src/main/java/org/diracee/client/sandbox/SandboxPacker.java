/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.sandbox;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Packs files into one {@code tar.zst}, the same bytes for the same names and contents. */
public final class SandboxPacker {

    private static final int COMPRESSION_LEVEL = 6;
    private static final int EXECUTABLE_MODE = 0755;
    private static final int PLAIN_MODE = 0644;
    private static final int BUFFER = 64 * 1024;

    /** What to do with symbolic links. */
    public enum Links {
        /** Pack what they point to: for files that their owner names. */
        FOLLOW,
        /** Refuse them: for files that came about unseen, where a link may point to somebody else's file. */
        REFUSE
    }

    private final LinkOption[] linkOptions;
    private final FileVisitOption[] visitOptions;

    public SandboxPacker(Links links) {
        boolean follow = links == Links.FOLLOW;
        linkOptions = follow ? new LinkOption[0] : new LinkOption[] {NOFOLLOW_LINKS};
        visitOptions = follow ? new FileVisitOption[] {FileVisitOption.FOLLOW_LINKS} : new FileVisitOption[0];
    }

    /**
     * Packs files and directories, each under its own last name, directories with all that is in them.
     *
     * @param archive is created or replaced
     * @throws InvalidSandbox if two have the same name or one is neither file nor directory
     * @throws IOException if one cannot be read
     */
    public PackedSandbox pack(Collection<Path> files, Path archive) throws IOException {
        Map<String, Path> named = new TreeMap<>();
        for (Path file : files) {
            String name = file.toAbsolutePath().normalize().getFileName().toString();
            Path earlier = named.putIfAbsent(name, file);
            if (earlier != null && !Files.isSameFile(earlier, file)) {
                throw new InvalidSandbox(
                        "A sandbox has no place for two files named '" + name + "': " + earlier + " and " + file);
            }
        }
        return pack(named, archive);
    }

    /**
     * Packs files and directories under the given names; slashes in a name make directories.
     *
     * @param archive is created or replaced
     * @throws InvalidSandbox if one is neither file nor directory, or its name would not be unpacked
     * @throws IOException if one cannot be read
     */
    public PackedSandbox pack(Map<String, Path> files, Path archive) throws IOException {
        Map<String, Path> entries = new TreeMap<>();
        for (Map.Entry<String, Path> file : files.entrySet()) {
            entries.putAll(tree(file.getKey(), file.getValue()));
        }
        MessageDigest digest = Sha256.digest();
        try (OutputStream out = new DigestOutputStream(
                        new BufferedOutputStream(Files.newOutputStream(archive), BUFFER), digest);
                TarArchiveOutputStream tar =
                        new TarArchiveOutputStream(new ZstdOutputStream(out, COMPRESSION_LEVEL), "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            tar.setAddPaxHeadersForNonAsciiNames(true);
            for (Map.Entry<String, Path> entry : entries.entrySet()) {
                append(entry.getKey(), entry.getValue(), tar);
            }
        }
        return new PackedSandbox(archive, HexFormat.of().formatHex(digest.digest()), Files.size(archive));
    }

    private Map<String, Path> tree(String name, Path top) throws IOException {
        Map<String, Path> entries = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(top, visitOptions)) {
            for (Path path : (Iterable<Path>) walk::iterator) {
                Path below = top.relativize(path);
                entries.put(below.toString().isEmpty() ? name : name + "/" + below, path);
            }
        } catch (UncheckedIOException unreadable) {
            IOException cause = unreadable.getCause();
            if (cause instanceof FileSystemLoopException) {
                throw new InvalidSandbox("'" + name + "' has a link back to a directory that the link is in", cause);
            }
            throw cause;
        }
        return entries;
    }

    private void append(String name, Path file, TarArchiveOutputStream tar) throws IOException {
        EntryName.parts(name);
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class, linkOptions);
        if (attributes.isDirectory()) {
            TarArchiveEntry entry = plain(name + "/", EXECUTABLE_MODE);
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
        } else if (attributes.isRegularFile()) {
            TarArchiveEntry entry = plain(name, Files.isExecutable(file) ? EXECUTABLE_MODE : PLAIN_MODE);
            entry.setSize(attributes.size());
            tar.putArchiveEntry(entry);
            copy(file, attributes.size(), tar);
            tar.closeArchiveEntry();
        } else {
            throw new InvalidSandbox(
                    attributes.isSymbolicLink()
                            ? "'" + name + "' is a symbolic link and is not packed"
                            : "'" + name + "' is neither a file nor a directory and is not packed");
        }
    }

    private static TarArchiveEntry plain(String name, int mode) {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setMode(mode);
        entry.setModTime(0L);
        entry.setIds(0, 0);
        entry.setNames("", "");
        return entry;
    }

    /** Copies what the file was long when its header was written, so that a file that still grows does no harm. */
    private void copy(Path file, long size, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file, linkOptions)) {
            long left = size;
            while (left > 0) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    throw new IOException(file + " became shorter while it was packed");
                }
                out.write(buffer, 0, read);
                left -= read;
            }
        }
    }
}
