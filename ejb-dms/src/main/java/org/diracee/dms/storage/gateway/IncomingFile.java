/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.gateway;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.Adler32;
import org.diracee.dms.catalog.boundary.Checksums;
import org.diracee.dms.storage.boundary.StorageFailure;
import org.diracee.dms.storage.boundary.StorageFailure.Reason;
import org.diracee.dms.storage.boundary.StorageUpload;
import org.diracee.dms.storage.control.StoragePlace;
import org.diracee.framework.files.boundary.DurableFiles;

/**
 * A file on its way into an own storage element. Its adler32 is computed as bytes come, its sha256 only if one was announced; what came
 * in several pieces is read once more at the end.
 */
final class IncomingFile implements StorageUpload {

    static final String DIRECTORY = ".incoming";

    private static final int BUFFER = 128 * 1024;

    private final StoragePlace place;
    private final Path part;
    private final Path target;
    private final FileChannel channel;
    private final Alone alone;
    private final DirectoryUse use;
    private final long size;
    private final Checksums expected;
    private final boolean resumable;
    private final boolean fresh;
    private final Digests digests;
    private long offset;
    private boolean open = true;

    /**
     * @param channel at its end
     * @param resumable whether what has arrived is kept when this ends early
     */
    IncomingFile(
            StoragePlace place,
            Path part,
            Path target,
            FileChannel channel,
            Alone alone,
            DirectoryUse use,
            long size,
            Checksums expected,
            boolean resumable)
            throws IOException {
        this.place = place;
        this.part = part;
        this.target = target;
        this.channel = channel;
        this.alone = alone;
        this.use = use;
        this.size = size;
        this.expected = expected;
        this.resumable = resumable;
        this.offset = channel.position();
        this.fresh = offset == 0;
        this.digests = new Digests(expected.sha256().isPresent());
    }

    @Override
    public long offset() {
        return offset;
    }

    @Override
    public void accept(byte[] bytes, int from, int length) {
        if (offset + length > size) {
            discard();
            throw new StorageFailure(
                    Reason.OTHER_CONTENT, "More bytes came for " + place + " than the " + size + " announced");
        }
        if (fresh) {
            digests.update(bytes, from, length);
        }
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, from, length);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            offset += length;
        } catch (IOException failure) {
            throw refused(failure);
        }
    }

    @Override
    public boolean complete() {
        if (offset < size) {
            close();
            if (!resumable) {
                throw new StorageFailure(
                        Reason.OTHER_CONTENT,
                        "The bytes for " + place + " ended after " + offset + ": " + size + " were announced");
            }
            return false;
        }
        try {
            Checksums found = fresh ? digests.checksums() : again();
            if (found.contradict(expected)) {
                discard();
                throw new StorageFailure(
                        Reason.OTHER_CONTENT,
                        "The bytes for " + place + " are not those announced: the checksum is " + told(found) + ", not "
                                + told(expected));
            }
            FileFacts.setChecksums(part, found);
            FileFacts.forgetAnnounced(part);
            channel.force(true);
            Path directory = DurableFiles.directories(Objects.requireNonNull(target.getParent()));
            Files.createLink(target, part); // unlike a move it never replaces
            try {
                DurableFiles.sync(directory);
            } catch (IOException unsure) {
                Files.deleteIfExists(target); // who is told that it failed must not find it
                throw unsure;
            }
            open = false;
            try (alone;
                    channel) {
                Files.deleteIfExists(part);
            }
            return true;
        } catch (FileAlreadyExistsException other) {
            discard();
            throw new StorageFailure(Reason.PRESENT, place + " is there already", other);
        } catch (IOException failure) {
            discard();
            throw refused(failure);
        }
    }

    @Override
    public void close() {
        if (open && resumable) {
            open = false;
            try (alone;
                    channel) {
                channel.force(false);
            } catch (IOException failure) {
                throw refused(failure);
            }
        } else {
            discard();
        }
    }

    private void discard() {
        if (open) {
            open = false;
            try (alone;
                    channel) {
                Files.deleteIfExists(part);
                use.subtract(place.vo(), size);
            } catch (IOException failure) {
                throw refused(failure);
            }
        }
    }

    private StorageFailure refused(IOException failure) {
        return DirectoryStorage.failure(place, "could not be kept", failure);
    }

    /** Reads what lies there, since nobody has seen it as a whole. */
    private Checksums again() throws IOException {
        byte[] buffer = new byte[BUFFER];
        ByteBuffer target = ByteBuffer.wrap(buffer);
        for (long at = 0; at < size; ) {
            target.clear();
            int read = channel.read(target, at);
            if (read < 0) {
                throw new IOException("shorter than it was");
            }
            digests.update(buffer, 0, read);
            at += read;
        }
        return digests.checksums();
    }

    private static String told(Checksums checksums) {
        return (checksums.adler32().map(text -> "adler32 " + text).orElse("")
                        + checksums.sha256().map(text -> " sha256 " + text).orElse(""))
                .strip();
    }

    /** The checksums of what has come so far. */
    private static final class Digests {

        private final Adler32 adler32 = new Adler32();
        private final Optional<MessageDigest> sha256;

        Digests(boolean withSha256) {
            sha256 = withSha256 ? Optional.of(sha256()) : Optional.empty();
        }

        void update(byte[] bytes, int from, int length) {
            adler32.update(bytes, from, length);
            sha256.ifPresent(digest -> digest.update(bytes, from, length));
        }

        Checksums checksums() {
            return new Checksums(Optional.of(Checksums.text(adler32)), sha256.map(digest -> HexFormat.of()
                    .formatHex(digest.digest())));
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException("Every Java knows SHA-256", impossible);
            }
        }
    }
}
