/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.boundary;

/**
 * A file whose bytes are being pushed to one of our own storage elements by whoever receives them. It is not thread-safe, but several
 * threads may use it one after the other.
 */
public interface StorageUpload extends AutoCloseable {

    /** How many bytes have arrived, those of earlier parts included. */
    long offset();

    /** Takes bytes in; fails as soon as more than the announced size came. */
    void accept(byte[] bytes, int from, int length);

    /**
     * Ends this part. If all bytes have arrived, the file is on disk, has its name and is as announced afterwards.
     *
     * @return whether the file is whole
     * @throws StorageFailure if the bytes are not those announced, or somebody else was first; nothing of them is left then
     */
    boolean complete();

    /** Ends it; what has arrived of a file that may be resumed stays for that, of others it goes. */
    @Override
    void close();
}
