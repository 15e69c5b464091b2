/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
import org.diracee.dms.catalog.boundary.Checksums;
import org.diracee.dms.storage.control.OwnStorage;
import org.diracee.dms.storage.control.OwnStorageAccess;
import org.diracee.dms.storage.control.StorageAction;
import org.diracee.dms.storage.control.StorageAttempts;
import org.diracee.dms.storage.control.StorageAttempts.Way;
import org.diracee.dms.storage.control.StorageDefinitions;
import org.diracee.dms.storage.control.StorageLeave;
import org.diracee.dms.storage.control.StoragePlace;
import org.diracee.dms.storage.control.StorageProtocols;
import org.diracee.dms.storage.control.StorageUse;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.SeName;

/**
 * Takes and gives the bytes of our own storage elements for whoever holds a token for the file. No catalogue is asked: whoever made the
 * token did.
 *
 * <p>Every method throws {@link org.diracee.kernel.error.InvalidToken} or {@link Forbidden} if the token is not good for that, and
 * {@link StorageFailure} as {@link StorageFiles} does.
 */
@ApplicationScoped // no pooled bean: transfers last long and would exhaust a pool
public class StorageTransfers {

    private static final String BY_TOKEN = "the token names the storage element, the path and what may be done with it";

    private OwnStorageAccess access;
    private StorageProtocols protocols;
    private ConfigurationService configuration;
    private Clock clock;

    protected StorageTransfers() {} // for the container's proxy

    @Inject
    public StorageTransfers(
            OwnStorageAccess access, StorageProtocols protocols, ConfigurationService configuration, Clock clock) {
        this.access = access;
        this.protocols = protocols;
        this.configuration = configuration;
        this.clock = clock;
    }

    @OpenAccess(BY_TOKEN)
    public Optional<StoredEntry> stat(String token, SeName se, Lfn lfn) {
        return at(token, se, lfn, StorageAction.READ, StorageUse.READ, (leave, storage, place) -> storage.stat(place));
    }

    @OpenAccess(BY_TOKEN)
    public StoredPage list(String token, SeName se, Lfn directory, Optional<String> after, int limit) {
        return at(
                token,
                se,
                directory,
                StorageAction.READ,
                StorageUse.READ,
                (leave, storage, place) -> storage.list(place, after, limit));
    }

    @OpenAccess(BY_TOKEN)
    public StorageContent read(String token, SeName se, Lfn file, long from) {
        return at(
                token,
                se,
                file,
                StorageAction.READ,
                StorageUse.READ,
                (leave, storage, place) -> storage.read(place, from, OptionalLong.empty()));
    }

    /** Begins a new file that comes in one piece. */
    @OpenAccess(BY_TOKEN)
    public StorageUpload begin(String token, SeName se, Lfn file, long size, Checksums expected) {
        return at(token, se, file, StorageAction.CREATE, StorageUse.WRITE, (leave, storage, place) -> {
            requireSize(leave, size);
            return storage.begin(place, size, expected);
        });
    }

    /** Goes on with a new file that comes in pieces. */
    @OpenAccess(BY_TOKEN)
    public StorageUpload resume(String token, SeName se, Lfn file, long offset, long size, Checksums expected) {
        return at(token, se, file, StorageAction.CREATE, StorageUse.WRITE, (leave, storage, place) -> {
            requireSize(leave, size);
            return storage.resume(leave.subject(), place, offset, size, expected);
        });
    }

    /** How much has arrived of a file that comes in pieces by this upload, all of it if it is whole; empty if nothing has. */
    @OpenAccess(BY_TOKEN)
    public Optional<UploadProgress> progress(String token, SeName se, Lfn file) {
        return at(token, se, file, StorageAction.CREATE, StorageUse.WRITE, (leave, storage, place) -> storage.progress(
                        leave.subject(), place)
                .or(() -> storage.stat(place).map(entry -> new UploadProgress(entry.size(), entry.size()))));
    }

    /** Makes a directory above the file that the token is for, and those above it. */
    @OpenAccess(BY_TOKEN)
    public void makeDirectory(String token, SeName se, Lfn directory) {
        StorageLeave leave = access.verify(token, se);
        if (!leave.allowsAbove(directory.text())) {
            throw refused(StorageAction.CREATE, se, directory);
        }
        at(leave, se, directory, StorageUse.WRITE, (any, storage, place) -> {
            storage.makeDirectory(place);
            return true;
        });
    }

    /** Removes a file or an empty directory; whether it was there. */
    @OpenAccess(BY_TOKEN)
    public boolean remove(String token, SeName se, Lfn lfn) {
        return at(
                token, se, lfn, StorageAction.MODIFY, StorageUse.REMOVE, (leave, storage, place) -> storage.stat(place)
                        .map(entry -> entry.directory() ? storage.removeDirectory(place) : storage.remove(place))
                        .orElse(false));
    }

    /** What is done at a place by whoever holds a leave for it. */
    private interface Deed<T> {
        T doIt(StorageLeave leave, OwnStorage storage, StoragePlace place);
    }

    private <T> T at(String token, SeName se, Lfn lfn, StorageAction action, StorageUse use, Deed<T> deed) {
        StorageLeave leave = access.verify(token, se);
        if (!leave.allows(action, lfn.text())) {
            throw refused(action, se, lfn);
        }
        return at(leave, se, lfn, use, deed);
    }

    private static Forbidden refused(StorageAction action, SeName se, Lfn lfn) {
        return new Forbidden("The token does not allow " + action.word() + ":" + lfn + " at " + se);
    }

    private static void requireSize(StorageLeave leave, long size) {
        if (!leave.allows(size)) {
            throw new Forbidden("The token is for a file of " + leave.size().orElseThrow() + " bytes, not of " + size);
        }
    }

    private <T> T at(StorageLeave leave, SeName se, Lfn lfn, StorageUse use, Deed<T> deed) {
        StorageAttempts attempts =
                new StorageAttempts(new StorageDefinitions(configuration.current()), protocols, clock);
        for (Way way : attempts.ways(leave.vo(), se, use, lfn)) {
            if (way.protocol() instanceof OwnStorage own) {
                return deed.doIt(leave, own, way.place());
            }
        }
        throw new StorageFailure(
                StorageFailure.Reason.BROKEN, "The storage element " + se + " keeps no files at this server");
    }
}
