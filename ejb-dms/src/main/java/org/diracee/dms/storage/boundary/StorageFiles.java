/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.diracee.dms.catalog.boundary.Checksums;
import org.diracee.dms.storage.boundary.StorageFailure.Reason;
import org.diracee.dms.storage.control.OwnStorage;
import org.diracee.dms.storage.control.StorageAttempts;
import org.diracee.dms.storage.control.StorageAttempts.Way;
import org.diracee.dms.storage.control.StorageDefinitions;
import org.diracee.dms.storage.control.StorageEndpoint;
import org.diracee.dms.storage.control.StorageProtocols;
import org.diracee.dms.storage.control.StorageUse;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.SeName;
import org.diracee.kernel.value.VoName;

/**
 * Does things with the files of a VO at storage elements, whatever these speak, for services of our own that have checked who may. Each
 * call ends in bounded time. It belongs into no transaction, as it waits for others.
 *
 * <p>Every method throws {@link StorageFailure} if the storage element is unknown, closed for that or for the VO, or did not do it.
 *
 * @see "DMS reference 4.2"
 */
@ApplicationScoped // no pooled bean: streams last long and would exhaust a pool
public class StorageFiles {

    private StorageProtocols protocols;
    private ConfigurationService configuration;
    private Clock clock;

    protected StorageFiles() {} // for the container's proxy

    @Inject
    public StorageFiles(StorageProtocols protocols, ConfigurationService configuration, Clock clock) {
        this.protocols = protocols;
        this.configuration = configuration;
        this.clock = clock;
    }

    /** What is there; empty if certainly nothing is. */
    @Requires(callers = CallerKind.SYSTEM)
    public Optional<StoredEntry> stat(Caller caller, VoName vo, SeName se, Lfn lfn) {
        return attempts().repeat(vo, se, StorageUse.CHECK, lfn, (protocol, place) -> protocol.stat(place));
    }

    /**
     * A part of what a directory holds, by name.
     *
     * @param after the {@code next} of the part before
     */
    @Requires(callers = CallerKind.SYSTEM)
    public StoredPage list(Caller caller, VoName vo, SeName se, Lfn directory, Optional<String> after, int limit) {
        return attempts()
                .repeat(vo, se, StorageUse.CHECK, directory, (protocol, place) -> protocol.list(place, after, limit));
    }

    /** Makes a directory and those above it; one that is there is no error. */
    @Requires(callers = CallerKind.SYSTEM)
    public void makeDirectory(Caller caller, VoName vo, SeName se, Lfn directory) {
        attempts().repeat(vo, se, StorageUse.WRITE, directory, (protocol, place) -> {
            protocol.makeDirectory(place);
            return true;
        });
    }

    /** Removes a file; whether it was there. */
    @Requires(callers = CallerKind.SYSTEM)
    public boolean remove(Caller caller, VoName vo, SeName se, Lfn file) {
        return attempts().repeat(vo, se, StorageUse.REMOVE, file, (protocol, place) -> protocol.remove(place));
    }

    /** Removes an empty directory; whether it was there. */
    @Requires(callers = CallerKind.SYSTEM)
    public boolean removeDirectory(Caller caller, VoName vo, SeName se, Lfn directory) {
        return attempts()
                .repeat(vo, se, StorageUse.REMOVE, directory, (protocol, place) -> protocol.removeDirectory(place));
    }

    /**
     * Opens a file.
     *
     * @param length how many bytes are wanted; empty: to the end
     */
    @Requires(callers = CallerKind.SYSTEM)
    public StorageContent read(Caller caller, VoName vo, SeName se, Lfn file, long from, OptionalLong length) {
        return attempts()
                .repeat(vo, se, StorageUse.READ, file, (protocol, place) -> protocol.read(place, from, length));
    }

    /**
     * Writes a new file. It is whole and as announced afterwards, or not there under its name. Another endpoint is tried only if the
     * first has not begun to read.
     */
    @Requires(callers = CallerKind.SYSTEM)
    public StoredEntry write(
            Caller caller, VoName vo, SeName se, Lfn file, long size, Checksums expected, InputStream content) {
        Watched watched = new Watched(content);
        return attempts()
                .once(
                        vo,
                        se,
                        StorageUse.WRITE,
                        file,
                        () -> !watched.begun,
                        (protocol, place) -> protocol.write(place, size, expected, watched));
    }

    /**
     * A leave for a client to move the bytes itself; empty if the storage element gives none, so that the bytes must go through us.
     *
     * @param size of what is to be written, in bytes
     */
    @Requires(callers = CallerKind.SYSTEM)
    public Optional<ClientAccess> access(
            Caller caller, VoName vo, SeName se, Lfn file, AccessPurpose purpose, OptionalLong size) {
        StorageUse use = purpose == AccessPurpose.READ ? StorageUse.READ : StorageUse.WRITE;
        for (Way way : attempts().ways(vo, se, use, file)) {
            Optional<ClientAccess> access = way.protocol().access(way.place(), purpose, size);
            if (access.isPresent()) {
                return access;
            }
        }
        return Optional.empty();
    }

    /**
     * A leave for a client to write a file as one upload; empty if the storage element gives none. At our own storage elements what
     * another upload has left of the file is nothing to this one.
     *
     * @param upload a name that no other upload of the file has; only letters, digits and hyphens
     * @param size in bytes
     */
    @Requires(callers = CallerKind.SYSTEM)
    public Optional<ClientAccess> uploadAccess(
            Caller caller, VoName vo, SeName se, Lfn file, String upload, long size) {
        for (Way way : attempts().ways(vo, se, StorageUse.WRITE, file)) {
            Optional<ClientAccess> access = way.protocol() instanceof OwnStorage own
                    ? Optional.of(own.accessFor(upload, way.place(), size))
                    : way.protocol().access(way.place(), AccessPurpose.CREATE, OptionalLong.of(size));
            if (access.isPresent()) {
                return access;
            }
        }
        return Optional.empty();
    }

    /**
     * Copies a file between storage elements: these do it among themselves if they can, else the bytes stream through us. What is there
     * afterwards has the size and the checksums; after a failure nothing is.
     */
    @Requires(callers = CallerKind.SYSTEM)
    public StoredEntry copy(Caller caller, VoName vo, SeName from, SeName to, Lfn file, long size, Checksums expected) {
        StorageAttempts attempts = attempts();
        List<Way> sources = attempts.ways(vo, from, StorageUse.READ, file);
        List<Way> targets = attempts.ways(vo, to, StorageUse.WRITE, file);
        for (Way target : targets) {
            requireOther(target, sources);
        }
        if (copiedByThem(sources, targets, size, expected)) {
            return verified(caller, vo, to, file, size, expected);
        }
        try (StorageContent content = read(caller, vo, from, file, 0, OptionalLong.empty())) {
            if (content.size() != size) {
                throw new StorageFailure(
                        Reason.OTHER_CONTENT,
                        file + " at " + from + " has " + content.size() + " bytes, not " + size + " as it should");
            }
            return write(caller, vo, to, file, size, expected, content.content());
        } catch (IOException unclosed) {
            throw new StorageFailure(Reason.AWAY, file + " at " + from + " could not be read to its end", unclosed);
        }
    }

    /** The space of the storage element for the VO; empty if it does not tell. Each way is asked once, as nobody waits long for that. */
    @Requires(callers = CallerKind.SYSTEM)
    public Optional<StorageSpace> space(Caller caller, VoName vo, SeName se) {
        return attempts()
                .once(
                        vo,
                        se,
                        StorageUse.CHECK,
                        new Lfn("/" + vo),
                        () -> true,
                        (protocol, place) -> protocol.space(place.endpoint(), vo));
    }

    private static boolean copiedByThem(List<Way> sources, List<Way> targets, long size, Checksums expected) {
        for (Way source : sources) {
            for (Way target : targets) {
                try {
                    if (target.protocol().copy(source.place(), target.place(), size, expected)
                            || !source.protocol().equals(target.protocol())
                                    && source.protocol().copy(source.place(), target.place(), size, expected)) {
                        return true;
                    }
                } catch (StorageFailure failure) {
                    switch (failure.reason()) {
                        case ABSENT, PRESENT, OTHER_CONTENT, FULL -> throw failure;
                        case DENIED, AWAY, BROKEN -> {
                            // they cannot reach or do not trust each other; we may reach both
                        }
                    }
                }
            }
        }
        return false;
    }

    private StoredEntry verified(Caller caller, VoName vo, SeName se, Lfn file, long size, Checksums expected) {
        StoredEntry arrived = stat(caller, vo, se, file)
                .orElseThrow(
                        () -> new StorageFailure(Reason.BROKEN, file + " was copied to " + se + " but is not there"));
        if (arrived.size() != size || arrived.checksums().contradict(expected)) {
            remove(caller, vo, se, file);
            throw new StorageFailure(
                    Reason.OTHER_CONTENT,
                    file + " arrived at " + se + " with " + arrived.size() + " bytes and other content than the " + size
                            + " bytes it should have; it was removed there");
        }
        return arrived;
    }

    private static void requireOther(Way target, List<Way> sources) {
        for (Way source : sources) {
            StorageEndpoint one = source.place().endpoint();
            StorageEndpoint other = target.place().endpoint();
            if (source.place().path().equals(target.place().path())
                    && List.of("Host", "Port", "BasePath", "WSUrl").stream()
                            .allMatch(name -> Objects.equals(one.option(name), other.option(name)))
                    && one.plugin().equals(other.plugin())) {
                throw new StorageFailure(
                        Reason.PRESENT, one.se() + " and " + other.se() + " are the same storage: nothing to copy");
            }
        }
    }

    private StorageAttempts attempts() {
        return new StorageAttempts(new StorageDefinitions(configuration.current()), protocols, clock);
    }

    /** Notes whether anything was taken from a stream. */
    private static final class Watched extends FilterInputStream {

        private boolean begun;

        Watched(InputStream content) {
            super(content);
        }

        @Override
        public int read() throws IOException {
            begun = true;
            return super.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            begun = true;
            return super.read(target, offset, length);
        }
    }
}
