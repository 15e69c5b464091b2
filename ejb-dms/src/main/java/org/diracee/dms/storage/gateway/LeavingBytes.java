/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.gateway;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.Adler32;
import org.diracee.dms.catalog.boundary.Checksums;
import org.jspecify.annotations.Nullable;

/** The bytes of a file on their way to a storage element: counted, their checksums made, and never more than were announced. */
final class LeavingBytes extends FilterInputStream {

    private final long size;
    private final Adler32 adler32 = new Adler32();
    private final @Nullable MessageDigest sha256;
    private volatile long count;
    private volatile @Nullable IOException failure;

    /** @param withSha256 which costs more than the rest */
    LeavingBytes(InputStream content, long size, boolean withSha256) {
        super(content);
        this.size = size;
        this.sha256 = withSha256 ? sha256() : null;
    }

    /** How many have left. */
    long count() {
        return count;
    }

    /** Why the source has no more, if it broke. */
    Optional<IOException> failure() {
        return Optional.ofNullable(failure);
    }

    /** Of all that left; to be asked at the end. */
    Checksums checksums() {
        return new Checksums(
                Optional.of(Checksums.text(adler32)),
                Optional.ofNullable(sha256).map(digest -> HexFormat.of().formatHex(digest.digest())));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int got;
        try {
            got = super.read(target, offset, length);
        } catch (IOException broken) {
            failure = broken;
            throw broken;
        }
        if (got < 0 ? count < size : got > size - count) {
            IOException wrong = new IOException(
                    got < 0
                            ? "only " + count + " of " + size + " bytes came"
                            : "more than the announced " + size + " bytes came");
            failure = wrong;
            throw wrong;
        }
        if (got > 0) {
            adler32.update(target, offset, got);
            if (sha256 != null) {
                sha256.update(target, offset, got);
            }
            count += got; // by one thread only
        }
        return got;
    }

    /** The source is closed by whoever opened it. */
    @Override
    public void close() {}

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }
}
