/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.gateway;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.diracee.dms.storage.boundary.StorageFailure;
import org.diracee.dms.storage.boundary.StorageFailure.Reason;
import org.diracee.dms.storage.control.StoragePlace;
import org.diracee.framework.files.boundary.DurableFiles;

/**
 * The right to write to a file whose bytes arrive in pieces, on all nodes. The lock lies on a file of its own that this process opens only
 * once: closing any channel of a file ends all locks that the process has on it.
 */
final class Alone implements AutoCloseable {

    /** Of files whose name nobody else can have. */
    static final Alone BY_NAME = new Alone(Optional.empty(), Optional.empty());

    private static final String LOCK = "lock-";
    private static final Set<Path> HERE = ConcurrentHashMap.newKeySet();

    private final Optional<Path> path;
    private final Optional<FileChannel> lock;

    private Alone(Optional<Path> path, Optional<FileChannel> lock) {
        this.path = path;
        this.lock = lock;
    }

    /** @throws StorageFailure if another piece is arriving, here or at another node */
    static Alone at(StoragePlace file, Path part) throws IOException {
        Path path = part.resolveSibling(LOCK + part.getFileName());
        if (!HERE.add(path)) {
            throw taken(file);
        }
        boolean held = false;
        try {
            FileChannel lock = DurableFiles.open(path);
            try {
                held = lock.tryLock() != null;
                if (held) {
                    lock.write(
                            ByteBuffer.allocate(1), 0); // as old as the last piece: it is not removed while pieces come
                }
            } catch (IOException failure) {
                held = false;
                throw failure;
            } finally {
                if (!held) {
                    lock.close();
                }
            }
            if (!held) {
                throw taken(file);
            }
            return new Alone(Optional.of(path), Optional.of(lock));
        } finally {
            if (!held) {
                HERE.remove(path);
            }
        }
    }

    /** Whether that is the file of a lock; these stay until they are removed with what nobody goes on with. */
    static boolean isLock(Path file) {
        return String.valueOf(file.getFileName()).startsWith(LOCK);
    }

    @Override
    public void close() throws IOException {
        try {
            if (lock.isPresent()) {
                lock.get().close();
            }
        } finally {
            path.ifPresent(HERE::remove);
        }
    }

    private static StorageFailure taken(StoragePlace file) {
        return new StorageFailure(Reason.AWAY, "Another piece for " + file + " is arriving just now; try again");
    }
}
