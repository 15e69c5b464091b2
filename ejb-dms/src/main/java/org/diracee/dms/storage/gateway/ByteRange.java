/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.gateway;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import org.diracee.dms.storage.boundary.StorageContent;

/**
 * A part of a file that is asked for.
 *
 * @param size of the whole file
 * @param from its first byte
 * @param length how many bytes it has
 * @see "RFC 9110 14"
 */
record ByteRange(long size, long from, long length) {

    /** @param length empty: to the end */
    static ByteRange of(long size, long from, OptionalLong length) {
        return new ByteRange(size, from, Math.max(0, Math.min(size - from, length.orElse(size))));
    }

    boolean isEmpty() {
        return length == 0;
    }

    String header() {
        return "bytes=" + from + "-" + (from + length - 1);
    }

    StorageContent nothing() {
        return new StorageContent(InputStream.nullInputStream(), size);
    }

    /** The part as it was answered, cut out if the whole file comes. */
    StorageContent part(HttpAnswer answer) {
        String sent = "bytes " + from + "-" + (from + length - 1) + "/";
        if (answer.status() == 200) {
            return new StorageContent(new Cut(answer.body(), from, length), size);
        }
        if (answer.status() != 206
                || !answer.header("content-range").orElse("").strip().startsWith(sent)) {
            throw answer.failure("read");
        }
        return new StorageContent(answer.body(), size);
    }

    /** A whole file. */
    static StorageContent whole(HttpAnswer answer) {
        OptionalLong size = answer.headers().firstValueAsLong("content-length");
        if (answer.status() != 200 || size.isEmpty()) {
            throw answer.failure("read");
        }
        return new StorageContent(answer.body(), size.getAsLong());
    }

    /** Leaves out what is before and after. */
    static final class Cut extends FilterInputStream {

        private long before;
        private long left;

        Cut(InputStream whole, long from, long length) {
            super(whole);
            this.before = from;
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int count) throws IOException {
            if (before > 0) {
                in.skipNBytes(before);
                before = 0;
            }
            int read = left == 0 ? -1 : in.read(target, offset, (int) Math.min(count, left));
            left -= Math.max(read, 0);
            return read;
        }
    }
}
