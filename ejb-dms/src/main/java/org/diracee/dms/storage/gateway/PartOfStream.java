/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.gateway;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/** The part that was asked for, of a file that was sent whole. */
final class PartOfStream extends FilterInputStream {

    private long before;
    private long left;

    PartOfStream(InputStream whole, long from, OptionalLong length) {
        super(whole);
        this.before = from;
        this.left = length.orElse(Long.MAX_VALUE);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (before > 0) {
            in.skipNBytes(before);
            before = 0;
        }
        int read = left == 0 ? -1 : in.read(target, offset, (int) Math.min(length, left));
        left -= Math.max(read, 0);
        return read;
    }
}
