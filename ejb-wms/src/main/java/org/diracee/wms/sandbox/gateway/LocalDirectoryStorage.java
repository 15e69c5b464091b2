/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.gateway;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.diracee.framework.files.boundary.DurableFiles;
import org.diracee.kernel.error.Unavailable;
import org.diracee.kernel.value.InvalidValue;
import org.diracee.wms.sandbox.boundary.SandboxPfn;
import org.diracee.wms.sandbox.boundary.StoredSandbox;
import org.diracee.wms.sandbox.control.ArrivedSandbox;
import org.diracee.wms.sandbox.control.SandboxSettings;
import org.diracee.wms.sandbox.control.StoredPage;
import org.diracee.wms.sandbox.control.StreamingStorage;
import org.diracee.wms.sandbox.control.TransferBroken;
import org.diracee.wms.sandbox.control.TransferTooLarge;

/**
 * Keeps sandboxes as files of a directory, two levels of 256 directories below each owner. Bytes arrive in
 * {@code incoming}, on the same file system, and move to their name in one step once they are on disk. With several nodes
 * the directory is a shared file system.
 */
@ApplicationScoped
public class LocalDirectoryStorage implements StreamingStorage {

    private static final String INCOMING = "incoming";
    private static final int BUFFER = 64 * 1024;
    private static final int LEVELS = 5; // VO, group, user, two of the fan-out

    private Supplier<Path> base;

    protected LocalDirectoryStorage() {} // for the container's proxy

    @Inject
    public LocalDirectoryStorage(SandboxSettings settings) {
        this.base = settings::basePath;
    }

    @Override
    public String kind() {
        return "directory";
    }

    @Override
    public ArrivedSandbox receive(SandboxPfn pfn, long size, InputStream content) {
        Path part;
        FileChannel file;
        try {
            Path incoming = DurableFiles.directories(base.get().resolve(INCOMING));
            part = incoming.resolve(UUID.randomUUID() + DurableFiles.PART);
            file = DurableFiles.create(part);
        } catch (IOException failure) {
            throw unavailable("takes nothing in", failure);
        }
        boolean whole = false;
        try (file) {
            String checksum = copy(content, size, file);
            if (!checksum.equals(pfn.sha256())) {
                throw TransferBroken.otherChecksum(pfn.sha256(), checksum);
            }
            file.force(true);
            whole = true;
        } catch (IOException failure) {
            throw unavailable("could not keep " + size + " bytes", failure);
        } finally {
            if (!whole) {
                discard(part);
            }
        }
        return new Arrived(part, path(pfn));
    }

    /** Copies exactly {@code size} bytes and answers their checksum. Failures to read are the client's, others ours. */
    private static String copy(InputStream content, long size, FileChannel file) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[BUFFER];
        long came = 0;
        while (true) {
            int read;
            try {
                read = content.read(buffer);
            } catch (IOException broken) {
                throw TransferBroken.unreadable(came, broken);
            }
            if (read < 0) {
                break;
            }
            came += read;
            if (came > size) {
                throw new TransferTooLarge(size);
            }
            digest.update(buffer, 0, read);
            ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        }
        if (came < size) {
            throw TransferBroken.endedEarly(size, came);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public Optional<StoredSandbox> open(SandboxPfn pfn) {
        Path path = path(pfn);
        try {
            return Optional.of(new Stored(pfn, path, Files.size(path)));
        } catch (NoSuchFileException | NotDirectoryException absent) {
            return Optional.empty();
        } catch (IOException failure) {
            throw unavailable("cannot be read", failure);
        }
    }

    @Override
    public boolean holds(SandboxPfn pfn, long size) {
        return open(pfn).filter(stored -> stored.size() == size).isPresent();
    }

    @Override
    public void remove(SandboxPfn pfn) {
        try {
            Files.deleteIfExists(path(pfn));
        } catch (IOException failure) {
            throw unavailable("could not remove a sandbox", failure);
        }
    }

    @Override
    public StoredPage stored(Instant before, Optional<String> after, int limit) {
        Walk walk = new Walk(after.map(SandboxPfn::parse).map(LocalDirectoryStorage::relative), limit);
        try {
            walk.visit(root(), Path.of(""), after.isPresent());
        } catch (IOException failure) {
            throw unavailable("cannot be listed", failure);
        }
        return new StoredPage(
                walk.found.stream()
                        .filter(name -> DurableFiles.isOlder(path(name), before))
                        .toList(),
                walk.found.size() < limit
                        ? Optional.empty()
                        : Optional.of(walk.found.get(limit - 1).toString()));
    }

    @Override
    public int removeLeftovers(Instant untouchedSince, int limit) {
        try {
            return DurableFiles.removeLeftovers(base.get().resolve(INCOMING), untouchedSince, limit)
                    .size();
        } catch (IOException failure) {
            throw unavailable("cannot be tidied", failure);
        }
    }

    private Path root() {
        return base.get().resolve(SandboxPfn.BUCKET);
    }

    private Path path(SandboxPfn pfn) {
        return root().resolve(relative(pfn));
    }

    /** The parts are checked values without slashes that begin with a letter or digit, so the path stays below the base. */
    private static Path relative(SandboxPfn pfn) {
        String sha256 = pfn.sha256();
        return Path.of(
                pfn.vo().text(),
                pfn.group().text(),
                pfn.user().text(),
                sha256.substring(0, 2),
                sha256.substring(2, 4),
                sha256 + "." + pfn.format().wireName());
    }

    private static Optional<SandboxPfn> name(Path relative) {
        if (relative.getNameCount() != LEVELS + 1) {
            return Optional.empty();
        }
        try {
            return Optional.of(SandboxPfn.parse(
                    "/S3/" + SandboxPfn.BUCKET + "/" + relative.subpath(0, 3) + "/sha256:" + relative.getFileName()));
        } catch (InvalidValue somethingElse) {
            return Optional.empty(); // not ours: an operator's file, lost+found
        }
    }

    private static void discard(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException failure) {
            throw unavailable("could not discard a broken transfer", failure);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("This Java has no SHA-256", impossible);
        }
    }

    private static Unavailable unavailable(String what, IOException cause) {
        return new Unavailable("The sandbox store " + what + " for now", cause);
    }

    /** Bytes on disk that are not visible yet. */
    private static final class Arrived implements ArrivedSandbox {
        private final Path part;
        private final Path place;
        private boolean published;

        Arrived(Path part, Path place) {
            this.part = part;
            this.place = place;
        }

        @Override
        public void publish() {
            try {
                Path directory = DurableFiles.directories(Objects.requireNonNull(place.getParent()));
                Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
                DurableFiles.sync(directory);
                published = true;
            } catch (AtomicMoveNotSupportedException otherFileSystem) {
                throw unavailable("lies on several file systems", otherFileSystem);
            } catch (IOException failure) {
                throw unavailable("could not keep a sandbox", failure);
            }
        }

        @Override
        public void close() {
            if (!published) {
                discard(part);
            }
        }
    }

    private record Stored(SandboxPfn pfn, Path path, long size) implements StoredSandbox {
        @Override
        public InputStream read(long from) throws IOException {
            FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
            try {
                return Channels.newInputStream(file.position(from));
            } catch (IOException failure) {
                file.close();
                throw failure;
            }
        }
    }

    /** A walk in the order of names that goes on after a given one, so that a large store is seen in portions. */
    private static final class Walk {
        private final Optional<Path> after;
        private final int limit;
        private final List<SandboxPfn> found = new ArrayList<>();

        Walk(Optional<Path> after, int limit) {
            this.after = after;
            this.limit = limit;
        }

        /** @param onTrack whether the directory is one of those that lead to {@code after} */
        void visit(Path directory, Path relative, boolean onTrack) throws IOException {
            int level = relative.toString().isEmpty() ? 0 : relative.getNameCount();
            String reached =
                    onTrack ? after.map(path -> path.getName(level).toString()).orElse("") : "";
            for (String name : names(directory)) {
                int order = name.compareTo(reached);
                boolean leaf = level == LEVELS;
                if (found.size() == limit) {
                    return;
                }
                if (order < 0 || leaf && order == 0) {
                    continue;
                }
                Path path = relative.resolve(name);
                if (leaf) {
                    name(path).ifPresent(found::add);
                } else {
                    visit(directory.resolve(name), path, onTrack && order == 0);
                }
            }
        }

        private static List<String> names(Path directory) throws IOException {
            List<String> names = new ArrayList<>();
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
                entries.forEach(entry -> names.add(entry.getFileName().toString()));
            } catch (NoSuchFileException | NotDirectoryException nothing) {
                return List.of();
            }
            names.sort(null);
            return names;
        }
    }
}
