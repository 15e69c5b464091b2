/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.gateway;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.diracee.dms.storage.boundary.StorageFailure;
import org.diracee.dms.storage.boundary.StorageFailure.Reason;
import org.diracee.dms.storage.control.StorageEndpoint;
import org.diracee.framework.files.boundary.DurableFiles;
import org.diracee.kernel.value.InvalidValue;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.VoName;

/**
 * How many bytes each VO keeps in an own storage element that has a limit, with those announced that are still arriving. The numbers lie
 * in files beside the others and change under a lock that all nodes take. A node that dies may leave too much counted, until it is
 * counted again.
 */
final class DirectoryUse {

    static final String DIRECTORY = ".use";

    private static final String LOCK = ".lock";
    private static final ConcurrentMap<Path, Object> MONITORS = new ConcurrentHashMap<>();

    private final StorageEndpoint endpoint;
    private final Path base;
    private final Path numbers;
    private final long limit;
    private final long limitPerVo;

    DirectoryUse(StorageEndpoint endpoint, Path base) {
        this.endpoint = endpoint;
        this.base = base;
        this.numbers = base.resolve(DIRECTORY);
        this.limit = DirectoryOptions.limit(endpoint);
        this.limitPerVo = DirectoryOptions.limitPerVo(endpoint);
    }

    /** The bytes of each VO, or of one, and what is allowed. */
    record Room(long total, long free) {}

    boolean isLimited() {
        return Math.min(limit, limitPerVo) < Long.MAX_VALUE;
    }

    /** @throws StorageFailure if a limit does not allow it */
    void add(VoName vo, long bytes) throws IOException {
        if (isLimited()) {
            locked(() -> {
                Map<VoName, Long> used = read(vo);
                long free = free(used, vo);
                if (bytes > free) {
                    throw new StorageFailure(
                            Reason.FULL,
                            "The storage element " + endpoint.se() + " has no space for " + bytes + " bytes of the VO "
                                    + vo + ": " + free + " bytes are left of "
                                    + (limitPerVo < limit ? "MaxStorageSizePerVO" : "MaxStorageSize"));
                }
                write(vo, used.getOrDefault(vo, 0L) + bytes);
                return free;
            });
        }
    }

    void subtract(VoName vo, long bytes) throws IOException {
        if (isLimited()) {
            locked(() -> {
                long now = Math.max(0, read(vo).getOrDefault(vo, 0L) - bytes);
                write(vo, now);
                return now;
            });
        }
    }

    Room room(VoName vo) throws IOException {
        long free = isLimited() ? locked(() -> free(read(vo), vo)) : Long.MAX_VALUE;
        return new Room(Math.min(limit, limitPerVo), free);
    }

    /** Counts again; changes meanwhile are taken for such that the count has not seen. */
    void recount() throws IOException {
        if (!Files.isDirectory(numbers)) {
            return;
        }
        for (Map.Entry<VoName, Long> before :
                locked(() -> isLimited() ? stored() : forgotten()).entrySet()) {
            VoName vo = before.getKey();
            long counted = count(vo);
            locked(() -> {
                long now = Math.max(0, counted + stored().getOrDefault(vo, 0L) - before.getValue());
                write(vo, now);
                return now;
            });
        }
    }

    private long free(Map<VoName, Long> used, VoName vo) {
        long all = used.values().stream().mapToLong(Long::longValue).sum();
        return Math.max(0, Math.min(limit - all, limitPerVo - used.getOrDefault(vo, 0L)));
    }

    /** Work with the numbers. */
    private interface Work<T> {
        T work() throws IOException;
    }

    private <T> T locked(Work<T> work) throws IOException {
        // the lock of the file keeps out other nodes only
        synchronized (MONITORS.computeIfAbsent(numbers, path -> new Object())) {
            DurableFiles.directories(numbers);
            try (FileChannel file = DurableFiles.open(numbers.resolve(LOCK));
                    FileLock lock = file.lock()) {
                return work.work();
            }
        }
    }

    /** The numbers, after those have been counted for the first time that were not yet. */
    private Map<VoName, Long> read(VoName vo) throws IOException {
        Map<VoName, Long> stored = stored();
        if (stored.isEmpty()) {
            Path root = path(new Lfn("/" + vo)).getParent();
            if (root != null && Files.isDirectory(root)) {
                try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
                    for (Path entry : entries) {
                        Optional<VoName> other = vo(entry);
                        if (other.isPresent()) {
                            write(other.get(), count(other.get()));
                        }
                    }
                }
            }
            stored = stored();
        }
        if (!stored.containsKey(vo)) {
            long counted = count(vo);
            write(vo, counted);
            stored.put(vo, counted);
        }
        return stored;
    }

    private Map<VoName, Long> stored() throws IOException {
        Map<VoName, Long> stored = new HashMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(numbers)) {
            for (Path entry : entries) {
                Optional<VoName> vo = vo(entry);
                if (vo.isPresent()) {
                    ByteBuffer number = ByteBuffer.wrap(Files.readAllBytes(entry));
                    stored.put(vo.get(), number.remaining() == Long.BYTES ? number.getLong() : count(vo.get()));
                }
            }
        }
        return stored;
    }

    /** Forgets the numbers, which nobody keeps right as there is no limit any more. */
    private Map<VoName, Long> forgotten() throws IOException {
        for (VoName vo : stored().keySet()) {
            Files.deleteIfExists(numbers.resolve(vo.text()));
        }
        return Map.of();
    }

    private void write(VoName vo, long bytes) throws IOException {
        try (FileChannel file = DurableFiles.open(numbers.resolve(vo.text()))) {
            ByteBuffer number = ByteBuffer.allocate(Long.BYTES).putLong(bytes).flip();
            while (number.hasRemaining()) {
                file.write(number, number.position());
            }
        }
    }

    private long count(VoName vo) throws IOException {
        long[] sum = {0};
        Path root = path(new Lfn("/" + vo));
        if (Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    sum[0] += attributes.isRegularFile() ? attributes.size() : 0;
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException gone) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, IOException gone) {
                    return FileVisitResult.CONTINUE;
                }
            });
        }
        Path incoming = base.resolve(IncomingFile.DIRECTORY);
        if (Files.isDirectory(incoming)) {
            try (DirectoryStream<Path> parts = Files.newDirectoryStream(incoming, "*" + DurableFiles.PART)) {
                for (Path part : parts) {
                    sum[0] += announced(part, vo);
                }
            }
        }
        return sum[0];
    }

    private static long announced(Path part, VoName vo) {
        try {
            return FileFacts.announced(part)
                    .filter(announced -> announced.vo().equals(vo))
                    .map(FileFacts.Announced::size)
                    .orElse(0L);
        } catch (IOException gone) {
            return 0;
        }
    }

    private Path path(Lfn root) {
        return base.resolve(endpoint.place(root.vo().orElseThrow(), root).path().substring(1));
    }

    private static Optional<VoName> vo(Path entry) {
        try {
            return Optional.of(new VoName(String.valueOf(entry.getFileName())));
        } catch (InvalidValue somethingElse) {
            return Optional.empty();
        }
    }
}
