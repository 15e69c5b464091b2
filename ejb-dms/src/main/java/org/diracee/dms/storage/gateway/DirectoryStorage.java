/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.gateway;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
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
import org.diracee.dms.storage.control.OwnStorage;
import org.diracee.dms.storage.control.OwnStorageAccess;
import org.diracee.dms.storage.control.StorageEndpoint;
import org.diracee.dms.storage.control.StoragePlace;
import org.diracee.framework.files.boundary.DurableFiles;
import org.diracee.kernel.value.Sha256;
import org.diracee.kernel.value.VoName;

/**
 * Our own storage element: files in a directory, under their LFNs. Bytes arrive in {@code .incoming} beside them and get their name in
 * one step, which never replaces a file, once they are on disk. With several nodes the directory is a shared file system.
 *
 * @see "DMS reference 4.3"
 */
@ApplicationScoped
public class DirectoryStorage implements OwnStorage {

    private static final int BUFFER = 128 * 1024;
    private static final Set<String> OURS = Set.of(IncomingFile.DIRECTORY, DirectoryUse.DIRECTORY);
    private static final String RESUMABLE = "resumable-";

    private OwnStorageAccess access;

    protected DirectoryStorage() {} // for the container's proxy

    @Inject
    public DirectoryStorage(OwnStorageAccess access) {
        this.access = access;
    }

    @Override
    public Set<String> plugins() {
        return Set.of("DiracEE", "DIP", "DIPS", "DiracStorage");
    }

    @Override
    public Optional<StoredEntry> stat(StoragePlace place) {
        Path path = path(place);
        try {
            return Optional.of(
                    entry(path, Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException failure) {
            if (isBelowAFile(failure)) {
                return Optional.empty();
            }
            throw failure(place, "cannot be looked at", failure);
        }
    }

    @Override
    public StoredPage list(StoragePlace directory, Optional<String> after, int limit) {
        Path path = path(directory);
        NavigableSet<String> names = new TreeSet<>(); // never more than the page and one: a directory may have millions
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                if (after.isEmpty() || name.compareTo(after.get()) > 0) {
                    names.add(name);
                    if (names.size() > limit + 1) {
                        names.pollLast();
                    }
                }
            }
        } catch (NoSuchFileException absent) {
            throw new StorageFailure(Reason.ABSENT, directory + " is not there", absent);
        } catch (NotDirectoryException file) {
            throw new StorageFailure(Reason.BROKEN, directory + " is a file: only directories can be listed", file);
        } catch (IOException failure) {
            throw failure(directory, "cannot be listed", failure);
        }
        boolean more = names.size() > limit;
        if (more) {
            names.pollLast();
        }
        List<StoredEntry> page = new ArrayList<>();
        for (String name : names) {
            Path entry = path.resolve(name);
            try {
                page.add(entry(
                        entry, Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)));
            } catch (IOException gone) {
                continue; // removed since
            }
        }
        return new StoredPage(page, more ? Optional.of(names.last()) : Optional.empty());
    }

    @Override
    public void makeDirectory(StoragePlace directory) {
        try {
            DurableFiles.directories(path(directory));
        } catch (IOException failure) {
            throw failure(directory, "could not be made", failure);
        }
    }

    @Override
    public boolean remove(StoragePlace file) {
        Path path = path(file);
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (attributes.isDirectory()) {
                throw new StorageFailure(Reason.BROKEN, file + " is a directory, no file");
            }
            if (!Files.deleteIfExists(path)) {
                return false;
            }
            DurableFiles.sync(Objects.requireNonNull(path.getParent()));
            use(file.endpoint()).subtract(file.vo(), attributes.size());
            return true;
        } catch (NoSuchFileException absent) {
            return false;
        } catch (IOException failure) {
            if (isBelowAFile(failure)) {
                return false;
            }
            throw failure(file, "could not be removed", failure);
        }
    }

    @Override
    public boolean removeDirectory(StoragePlace directory) {
        Path path = path(directory);
        try {
            if (!Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .isDirectory()) {
                throw new StorageFailure(Reason.BROKEN, directory + " is a file, no directory");
            }
            boolean removed = Files.deleteIfExists(path);
            DurableFiles.sync(Objects.requireNonNull(path.getParent()));
            return removed;
        } catch (NoSuchFileException absent) {
            return false;
        } catch (DirectoryNotEmptyException full) {
            throw new StorageFailure(Reason.PRESENT, directory + " is not empty", full);
        } catch (IOException failure) {
            throw failure(directory, "could not be removed", failure);
        }
    }

    @Override
    public StorageContent read(StoragePlace file, long from, OptionalLong length) {
        Path path = path(file);
        try {
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                throw new StorageFailure(Reason.BROKEN, file + " is a directory, no file");
            }
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
            try {
                long size = channel.size();
                InputStream content = Channels.newInputStream(channel.position(Math.min(from, size)));
                return new StorageContent(
                        length.isPresent() ? new Portion(content, length.getAsLong()) : content, size);
            } catch (IOException failure) {
                channel.close();
                throw failure;
            }
        } catch (NoSuchFileException absent) {
            throw new StorageFailure(Reason.ABSENT, file + " is not there", absent);
        } catch (IOException failure) {
            throw failure(file, "cannot be read", failure);
        }
    }

    @Override
    public StoredEntry write(StoragePlace file, long size, Checksums expected, InputStream content) {
        byte[] buffer = new byte[BUFFER];
        try (StorageUpload upload = begin(file, size, expected)) {
            for (int read = next(file, upload, content, buffer);
                    read >= 0;
                    read = next(file, upload, content, buffer)) {
                upload.accept(buffer, 0, read);
            }
            upload.complete();
        }
        return stat(file)
                .orElseThrow(() -> new StorageFailure(Reason.BROKEN, file + " was removed as soon as it was written"));
    }

    private static int next(StoragePlace file, StorageUpload upload, InputStream content, byte[] buffer) {
        try {
            return content.read(buffer);
        } catch (IOException broken) {
            throw new StorageFailure(
                    Reason.AWAY, "The bytes for " + file + " broke off after " + upload.offset(), broken);
        }
    }

    @Override
    public StorageUpload begin(StoragePlace file, long size, Checksums expected) {
        return receive(file, UUID.randomUUID().toString(), 0, size, expected);
    }

    @Override
    public StorageUpload resume(String upload, StoragePlace file, long offset, long size, Checksums expected) {
        return receive(file, resumable(upload, file), offset, size, expected);
    }

    @Override
    public Optional<UploadProgress> progress(String upload, StoragePlace file) {
        Path part = base(file.endpoint())
                .resolve(IncomingFile.DIRECTORY)
                .resolve(resumable(upload, file) + DurableFiles.PART);
        try {
            long offset = Files.size(part);
            return FileFacts.announced(part).map(announced -> new UploadProgress(offset, announced.size()));
        } catch (NoSuchFileException nothing) {
            return Optional.empty();
        } catch (IOException failure) {
            throw failure(file, "cannot be looked at", failure);
        }
    }

    @Override
    public int removeLeftovers(StorageEndpoint endpoint, Instant untouchedSince, int limit) {
        Path base = base(endpoint);
        try {
            List<Path> removed =
                    DurableFiles.removeLeftovers(base.resolve(IncomingFile.DIRECTORY), untouchedSince, limit);
            return (int) removed.stream().filter(path -> !Alone.isLock(path)).count();
        } catch (IOException failure) {
            throw failure(endpoint, "cannot be tidied", failure);
        }
    }

    @Override
    public void recount(StorageEndpoint endpoint) {
        try {
            use(endpoint).recount();
        } catch (IOException failure) {
            throw failure(endpoint, "cannot be counted", failure);
        }
    }

    @Override
    public Optional<ClientAccess> access(StoragePlace file, AccessPurpose purpose, OptionalLong size) {
        return Optional.of(access.grant(file, purpose));
    }

    @Override
    public ClientAccess accessFor(String upload, StoragePlace file, long size) {
        return access.grantFor(upload, file, size);
    }

    @Override
    public Optional<StorageSpace> space(StorageEndpoint endpoint, VoName vo) {
        try {
            FileStore store = Files.getFileStore(base(endpoint));
            DirectoryUse.Room room = use(endpoint).room(vo);
            return Optional.of(new StorageSpace(
                    Math.min(store.getTotalSpace(), room.total()), Math.min(store.getUsableSpace(), room.free())));
        } catch (IOException failure) {
            throw failure(endpoint, "cannot be measured", failure);
        }
    }

    private StorageUpload receive(StoragePlace file, String name, long offset, long size, Checksums expected) {
        Path base = base(file.endpoint());
        Path target = path(file);
        requireAbsent(file, target);
        DirectoryUse use = use(file.endpoint());
        boolean resumable = name.startsWith(RESUMABLE);
        try {
            Path part = base.resolve(IncomingFile.DIRECTORY).resolve(name + DurableFiles.PART);
            Alone alone = resumable ? Alone.at(file, part) : Alone.BY_NAME;
            FileChannel channel;
            try {
                if (resumable) {
                    requireAbsent(file, target); // who had the lock before may have made it
                    releasePublished(part);
                }
                channel = resumable ? DurableFiles.open(part) : DurableFiles.create(part);
            } catch (IOException | RuntimeException failure) {
                alone.close();
                throw failure;
            }
            try {
                if (offset == 0) {
                    announce(file, part, channel, use, size);
                } else {
                    requireAnnounced(file, part, channel, offset, size);
                }
                return new IncomingFile(
                        file, part, target, channel.position(offset), alone, use, size, expected, resumable);
            } catch (IOException | RuntimeException refused) {
                alone.close();
                channel.close();
                if (!resumable) {
                    Files.deleteIfExists(part);
                }
                throw refused;
            }
        } catch (IOException failure) {
            throw failure(file, "could not be kept", failure);
        }
    }

    private static void requireAbsent(StoragePlace file, Path target) {
        if (!Files.notExists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new StorageFailure(Reason.PRESENT, file + " is there already");
        }
    }

    /** A node that died at its last step has left a part that is a file, too; emptying it would empty that. */
    private static void releasePublished(Path part) throws IOException {
        if (Files.exists(part, LinkOption.NOFOLLOW_LINKS)
                && (int) Files.getAttribute(part, "unix:nlink", LinkOption.NOFOLLOW_LINKS) > 1) {
            Files.delete(part);
        }
    }

    /** Begins anew, whatever was there. */
    private static void announce(StoragePlace file, Path part, FileChannel channel, DirectoryUse use, long size)
            throws IOException {
        Optional<FileFacts.Announced> before = FileFacts.announced(part);
        channel.truncate(0);
        if (before.isPresent()) {
            FileFacts.forgetAnnounced(part);
            use.subtract(before.get().vo(), before.get().size());
        }
        long usable = Files.getFileStore(part).getUsableSpace();
        if (size > usable) {
            throw new StorageFailure(
                    Reason.FULL,
                    "The storage element " + file.endpoint().se() + " has no space for " + size + " bytes: " + usable
                            + " are left on its disk");
        }
        use.add(file.vo(), size);
        try {
            FileFacts.setAnnounced(part, new FileFacts.Announced(size, file.vo()));
        } catch (IOException failure) {
            use.subtract(file.vo(), size);
            throw failure;
        }
    }

    private static void requireAnnounced(StoragePlace file, Path part, FileChannel channel, long offset, long size)
            throws IOException {
        long arrived = channel.size();
        Optional<FileFacts.Announced> announced = FileFacts.announced(part);
        if (announced.isEmpty() || arrived != offset || announced.get().size() != size) {
            throw new StorageFailure(
                    Reason.OTHER_CONTENT,
                    "The piece for " + file + " begins at " + offset + " of " + size + " bytes, but "
                            + announced
                                    .map(known -> arrived + " of " + known.size() + " have arrived")
                                    .orElse("nothing has arrived: begin at 0"));
        }
    }

    private static String resumable(String upload, StoragePlace file) {
        return RESUMABLE + Sha256.hex(upload + " " + file.path());
    }

    private static DirectoryUse use(StorageEndpoint endpoint) {
        return new DirectoryUse(endpoint, base(endpoint));
    }

    private static StoredEntry entry(Path path, BasicFileAttributes attributes) throws IOException {
        boolean file = attributes.isRegularFile();
        return new StoredEntry(
                String.valueOf(path.getFileName()),
                attributes.isDirectory(),
                file ? attributes.size() : 0,
                Optional.of(attributes.lastModifiedTime().toInstant()),
                file ? FileFacts.checksums(path) : new Checksums(Optional.empty(), Optional.empty()));
    }

    /**
     * The directory of all, without symbolic links. One that is relative is made; another may be a mount point without its disk, so the
     * administrator makes what tells these two apart.
     */
    private static Path base(StorageEndpoint endpoint) {
        Path base = DirectoryOptions.basePath(endpoint);
        try {
            if (DirectoryOptions.isInDataDirectory(endpoint)) {
                DurableFiles.directories(base.resolve(IncomingFile.DIRECTORY));
            }
            Path real = base.toRealPath();
            if (!Files.isDirectory(real.resolve(IncomingFile.DIRECTORY))) {
                throw new StorageFailure(
                        Reason.AWAY,
                        "The directory " + base + " of the storage element " + endpoint.se() + " has no "
                                + IncomingFile.DIRECTORY + ": mount its disk, or, if it is new, make that directory");
            }
            return real;
        } catch (NoSuchFileException missing) {
            throw new StorageFailure(
                    Reason.AWAY,
                    "The directory " + base + " of the storage element " + endpoint.se()
                            + " is not there: make it, or mount its disk",
                    missing);
        } catch (IOException failure) {
            throw failure(endpoint, "cannot be reached", failure);
        }
    }

    private static Path path(StoragePlace place) {
        Path base = base(place.endpoint());
        Path path;
        try {
            path = base.resolve(place.path().substring(1));
        } catch (InvalidPathException unwritable) {
            throw new StorageFailure(
                    Reason.BROKEN,
                    place + " has characters that the server's locale cannot write: start it with LC_ALL=C.UTF-8",
                    unwritable);
        }
        if (path.equals(base) || OURS.contains(base.relativize(path).getName(0).toString())) {
            throw new StorageFailure(Reason.DENIED, place + " is nothing for files");
        }
        Path above = path.getParent();
        while (above != null && !Files.exists(above, LinkOption.NOFOLLOW_LINKS)) {
            above = above.getParent();
        }
        try {
            if (above == null || !above.toRealPath().equals(above)) {
                throw new StorageFailure(
                        Reason.DENIED, place + " is reached by a symbolic link: these are not followed");
            }
        } catch (IOException failure) {
            throw failure(place, "cannot be reached", failure);
        }
        return path;
    }

    private static boolean isBelowAFile(IOException failure) {
        return failure instanceof FileSystemException system
                && String.valueOf(system.getReason()).contains("Not a directory");
    }

    /** The failure as clients may see it, without paths of this machine. */
    static StorageFailure failure(Object what, String happened, IOException failure) {
        String reason = failure instanceof FileSystemException system && system.getReason() != null
                ? ": " + system.getReason()
                : "";
        boolean full = String.valueOf(failure.getMessage()).contains("No space left")
                || String.valueOf(failure.getMessage()).contains("quota exceeded");
        boolean misplaced = failure instanceof NotDirectoryException || isBelowAFile(failure);
        return new StorageFailure(
                full ? Reason.FULL : misplaced ? Reason.PRESENT : Reason.AWAY,
                what + " " + happened + (misplaced ? ": a part of its path is a file" : reason),
                failure);
    }

    /** Not more than so many bytes of a stream. */
    private static final class Portion extends FilterInputStream {

        private long left;

        Portion(InputStream content, long length) {
            super(content);
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            int read = left > 0 ? super.read() : -1;
            left -= read >= 0 ? 1 : 0;
            return read;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (left <= 0) {
                return length == 0 ? 0 : -1;
            }
            int read = super.read(target, offset, (int) Math.min(length, left));
            left -= Math.max(0, read);
            return read;
        }
    }
}
