/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.json;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.diracee.kernel.error.TooLarge;

/** A body that refuses to be read beyond its limit. */
final class LimitedStream extends FilterInputStream {

    private final long limit;
    private long taken;

    LimitedStream(InputStream body, long limit) {
        super(body);
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        if (read >= 0) {
            count(1);
        }
        return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        if (read > 0) {
            count(read);
        }
        return read;
    }

    private void count(int read) {
        taken += read;
        if (taken > limit) {
            throw tooLarge(limit);
        }
    }

    static TooLarge tooLarge(long limit) {
        return new TooLarge("The request body is too large: allowed here are " + limit / (1024 * 1024) + " MiB");
    }
}
