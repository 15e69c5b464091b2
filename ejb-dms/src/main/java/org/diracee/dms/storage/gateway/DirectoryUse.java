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
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
 * counted again. Where there is no number yet, or a broken one, the first who needs it counts, without the lock, and others are told to
 * try again.
 */
final class DirectoryUse {

    static final String DIRECTORY = ".use";

    private static final String LOCK = ".lock";
    private static final ConcurrentMap<Path, Object> MONITORS = new ConcurrentHashMap<>();
    private static final Set<Path> COUNTING = ConcurrentHashMap.newKeySet();

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
            countMissing(vo);
            locked(() -> {
                Map<VoName, Long> used = stored();
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

    /** Does nothing where there is no number: who counts does not find the bytes any more. */
    void subtract(VoName vo, long bytes) throws IOException {
        if (isLimited()) {
            locked(() -> {
                Optional<Long> before = Optional.ofNullable(stored().get(vo));
                if (before.isPresent()) {
                    write(vo, Math.max(0, before.get() - bytes));
                }
                return before;
            });
        }
    }

    Room room(VoName vo) throws IOException {
        if (!isLimited()) {
            return new Room(Long.MAX_VALUE, Long.MAX_VALUE);
        }
        countMissing(vo);
        return new Room(Math.min(limit, limitPerVo), locked(() -> free(stored(), vo)));
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

    /** Counts what has no number yet, not under the lock: that may take long, and others go on meanwhile. */
    private void countMissing(VoName vo) throws IOException {
        for (VoName each : locked(() -> missing(vo))) {
            Path number = numbers.resolve(each.text());
            if (!COUNTING.add(number)) {
                throw new StorageFailure(
                        Reason.AWAY,
                        "What the VO " + each + " keeps at the storage element " + endpoint.se()
                                + " is being counted; try again");
            }
            try {
                long counted = count(each);
                locked(() -> {
                    if (!stored().containsKey(each)) { // else another node was first
                        write(each, counted);
                    }
                    return counted;
                });
            } finally {
                COUNTING.remove(number);
            }
        }
    }

    /** The VOs whose use is to be counted before that of this one can be told: all, if none was yet. */
    private Set<VoName> missing(VoName vo) throws IOException {
        Set<VoName> all = new HashSet<>(Set.of(vo));
        Set<VoName> known = stored().keySet();
        if (known.isEmpty()) {
            Path root = path(new Lfn("/" + vo)).getParent();
            if (root != null && Files.isDirectory(root)) {
                all.addAll(vos(root));
            }
        } else {
            all.addAll(vos(numbers)); // their numbers may be broken
        }
        all.removeAll(known);
        return all;
    }

    private static Set<VoName> vos(Path directory) throws IOException {
        Set<VoName> vos = new HashSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                vo(entry).ifPresent(vos::add);
            }
        }
        return vos;
    }

    /** The numbers, without those that a node that died has left broken. */
    private Map<VoName, Long> stored() throws IOException {
        Map<VoName, Long> stored = new HashMap<>();
        for (VoName vo : vos(numbers)) {
            ByteBuffer number = ByteBuffer.wrap(Files.readAllBytes(numbers.resolve(vo.text())));
            if (number.remaining() == Long.BYTES) {
                stored.put(vo, number.getLong());
            }
        }
        return stored;
    }

    /** Forgets the numbers, which nobody keeps right as there is no limit any more. */
    private Map<VoName, Long> forgotten() throws IOException {
        for (VoName vo : vos(numbers)) {
            Files.deleteIfExists(numbers.resolve(vo.text()));
        }
        return Map.of();
    }

    private void write(VoName vo, long bytes) throws IOException {
        try (FileChannel file = DurableFiles.open(numbers.resolve(vo.text()))) {
            boolean first = file.size() < Long.BYTES;
            ByteBuffer number = ByteBuffer.allocate(Long.BYTES).putLong(bytes).flip();
            while (number.hasRemaining()) {
                file.write(number, number.position());
            }
            if (first) {
                file.force(true); // or a power failure would leave it empty or 0
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
