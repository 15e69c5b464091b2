/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.control;

import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.diracee.dms.catalog.boundary.Checksums;
import org.diracee.dms.storage.boundary.AccessPurpose;
import org.diracee.dms.storage.boundary.ClientAccess;
import org.diracee.dms.storage.boundary.StorageContent;
import org.diracee.dms.storage.boundary.StorageFailure;
import org.diracee.dms.storage.boundary.StorageSpace;
import org.diracee.dms.storage.boundary.StoredEntry;
import org.diracee.dms.storage.boundary.StoredPage;
import org.diracee.kernel.value.VoName;

/**
 * One way of speaking to storage elements. A bean that implements it is found by its {@link #plugins()}; it keeps nothing about single
 * files in memory, as the server may be another one after a restart.
 *
 * <p>Every call is bounded: it ends within the endpoint's time-outs, and a stream that moves no byte for as long is broken off. Bytes
 * never gather in memory. Answers are truthful: "not there" is only said if the storage element said so, and what is not known to have
 * succeeded fails with {@link StorageFailure}.
 */
public interface StorageProtocol {

    /** The values of {@code PluginName} that it is for. */
    Set<String> plugins();

    /** What is there, with its checksum if the storage element can tell one; empty if nothing is. */
    Optional<StoredEntry> stat(StoragePlace place);

    /**
     * What a directory holds, by name.
     *
     * @param after the {@code next} of the part before
     */
    StoredPage list(StoragePlace directory, Optional<String> after, int limit);

    /** Makes a directory and those above it; one that is there is no error. */
    void makeDirectory(StoragePlace directory);

    /** Removes a file; whether it was there. */
    boolean remove(StoragePlace file);

    /** Removes an empty directory; whether it was there. */
    boolean removeDirectory(StoragePlace directory);

    /**
     * Opens a file.
     *
     * @param from the first byte wanted
     * @param length how many bytes are wanted; empty: to the end
     */
    StorageContent read(StoragePlace file, long from, OptionalLong length);

    /**
     * Writes a new file with the directories above it. It is whole and as announced afterwards, or not there under its name.
     *
     * @throws StorageFailure if a file is there already, or the bytes are not those announced
     */
    StoredEntry write(StoragePlace file, long size, Checksums expected, InputStream content);

    /**
     * A leave for a client to move the bytes itself.
     *
     * @param size of what is to be written, in bytes
     * @return empty if the storage element cannot give one: then the bytes go through this server
     */
    Optional<ClientAccess> access(StoragePlace file, AccessPurpose purpose, OptionalLong size);

    /**
     * Lets the target's storage element fetch the file, or the source's send it, without the bytes passing through us.
     *
     * @return whether it was done that way; {@code false} if these two cannot
     * @throws StorageFailure if they can but it failed; nothing is there under the target's name then, except what somebody else may have
     *     brought meanwhile
     */
    default boolean copy(StoragePlace source, StoragePlace target, long size, Checksums expected) {
        return false;
    }

    /** The space there; empty if the storage element does not tell. */
    Optional<StorageSpace> space(StorageEndpoint endpoint, VoName vo);
}
