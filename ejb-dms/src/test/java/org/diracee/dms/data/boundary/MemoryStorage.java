/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.data.boundary;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.zip.Adler32;
import org.diracee.dms.catalog.boundary.Checksums;
import org.diracee.dms.storage.boundary.AccessPurpose;
import org.diracee.dms.storage.boundary.ClientAccess;
import org.diracee.dms.storage.boundary.StorageContent;
import org.diracee.dms.storage.boundary.StorageFailure;
import org.diracee.dms.storage.boundary.StorageFailure.Reason;
import org.diracee.dms.storage.boundary.StorageSpace;
import org.diracee.dms.storage.boundary.StoredEntry;
import org.diracee.dms.storage.boundary.StoredPage;
import org.diracee.dms.storage.control.StorageEndpoint;
import org.diracee.dms.storage.control.StoragePlace;
import org.diracee.dms.storage.control.StorageProtocol;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.SeName;
import org.diracee.kernel.value.VoName;

/** Storage elements in memory; each of their answers can be lost. */
final class MemoryStorage implements StorageProtocol {

    private final Map<SeName, Map<Lfn, byte[]>> elements = new ConcurrentHashMap<>();
    private final Set<SeName> away = ConcurrentHashMap.newKeySet();
    private final Crashes crashes;
    Optional<Instant> accessExpires = Optional.empty();
    boolean refusesAccess;
    Runnable afterCopy = () -> {};
    boolean tellsChecksums = true;

    MemoryStorage(Crashes crashes) {
        this.crashes = crashes;
    }

    void put(String se, Lfn lfn, String content) {
        files(new SeName(se)).put(lfn, content.getBytes(StandardCharsets.UTF_8));
    }

    Optional<String> content(String se, Lfn lfn) {
        return Optional.ofNullable(files(new SeName(se)).get(lfn))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    Map<Lfn, byte[]> files(SeName se) {
        return elements.computeIfAbsent(se, none -> new ConcurrentHashMap<>());
    }

    void away(String se, boolean is) {
        if (is) {
            away.add(new SeName(se));
        } else {
            away.remove(new SeName(se));
        }
    }

    @Override
    public Set<String> plugins() {
        return Set.of("Memory");
    }

    @Override
    public Optional<StoredEntry> stat(StoragePlace place) {
        return answer(place, () -> Optional.ofNullable(files(place).get(place.lfn()))
                .map(bytes -> entry(place.lfn(), bytes))
                .map(entry -> tellsChecksums
                        ? entry
                        : new StoredEntry(
                                entry.name(),
                                false,
                                entry.size(),
                                entry.modified(),
                                new Checksums(Optional.empty(), Optional.empty()))));
    }

    @Override
    public StoredPage list(StoragePlace directory, Optional<String> after, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void makeDirectory(StoragePlace directory) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean remove(StoragePlace file) {
        return answer(file, () -> files(file).remove(file.lfn()) != null);
    }

    @Override
    public boolean removeDirectory(StoragePlace directory) {
        throw new UnsupportedOperationException();
    }

    @Override
    public StorageContent read(StoragePlace file, long from, OptionalLong length) {
        return answer(file, () -> {
            byte[] bytes = Optional.ofNullable(files(file).get(file.lfn()))
                    .orElseThrow(() -> new StorageFailure(Reason.ABSENT, file + " is not there"));
            return new StorageContent(new ByteArrayInputStream(bytes), bytes.length);
        });
    }

    @Override
    public StoredEntry write(StoragePlace file, long size, Checksums expected, InputStream content) {
        return answer(file, () -> {
            if (files(file).containsKey(file.lfn())) {
                throw new StorageFailure(Reason.PRESENT, file + " is there already");
            }
            byte[] bytes;
            try {
                bytes = content.readAllBytes();
            } catch (IOException broken) {
                throw new StorageFailure(Reason.AWAY, file + " did not come to its end", broken);
            }
            StoredEntry entry = entry(file.lfn(), bytes);
            if (bytes.length != size || entry.checksums().contradict(expected)) {
                throw new StorageFailure(Reason.OTHER_CONTENT, file + " has other content than announced");
            }
            files(file).put(file.lfn(), bytes);
            if (file.endpoint().se().equals(new SeName("B"))) {
                afterCopy.run();
            }
            return entry;
        });
    }

    @Override
    public Optional<ClientAccess> access(StoragePlace file, AccessPurpose purpose, OptionalLong size) {
        if (refusesAccess) {
            throw new StorageFailure(Reason.DENIED, file + " gives no leave");
        }
        return answer(
                file,
                () -> accessExpires.map(expires -> new ClientAccess(
                        URI.create("https://" + file.endpoint().se() + file.path()), "PUT", Map.of(), expires)));
    }

    @Override
    public Optional<StorageSpace> space(StorageEndpoint endpoint, VoName vo) {
        return Optional.empty();
    }

    private <T> T answer(StoragePlace place, Supplier<T> act) {
        if (away.contains(place.endpoint().se())) {
            throw new StorageFailure(Reason.AWAY, place.endpoint().se() + " is away");
        }
        return crashes.step(act);
    }

    private Map<Lfn, byte[]> files(StoragePlace place) {
        return files(place.endpoint().se());
    }

    private static StoredEntry entry(Lfn lfn, byte[] bytes) {
        return new StoredEntry(
                lfn.name(),
                false,
                bytes.length,
                Optional.empty(),
                new Checksums(Optional.of(adler32(bytes)), Optional.empty()));
    }

    static String adler32(byte[] bytes) {
        Adler32 sum = new Adler32();
        sum.update(bytes);
        return "%08x".formatted(sum.getValue());
    }
}
