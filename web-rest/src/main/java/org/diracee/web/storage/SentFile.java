/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.storage;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.io.InputStream;
import org.jboss.logging.Logger;

/** A file on its way to a client, a buffer at a time whenever the connection takes one. */
final class SentFile implements WriteListener {

    private static final Logger DEBUG = Logger.getLogger(SentFile.class);
    private static final int BUFFER = 64 * 1024;

    private final AsyncContext exchange;
    private final ServletOutputStream output;
    private final InputStream content;
    private final byte[] buffer;
    private long left;

    SentFile(AsyncContext exchange, ServletOutputStream output, InputStream content, long length) {
        this.exchange = exchange;
        this.output = output;
        this.content = content;
        this.left = length;
        this.buffer = new byte[(int) Math.max(1, Math.min(BUFFER, length))];
    }

    @Override
    public void onWritePossible() throws IOException {
        while (output.isReady()) {
            if (left == 0) {
                end();
                return;
            }
            int read = content.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new IOException("The stored file is shorter than it was");
            }
            left -= read;
            output.write(buffer, 0, read);
        }
    }

    @Override
    public void onError(Throwable failure) {
        DEBUG.debugf(failure, "A transfer to a client broke off with %d bytes left", left);
        end();
    }

    private void end() {
        try (content) {
            exchange.complete();
        } catch (IOException unclosed) {
            DEBUG.debugf(unclosed, "A stored file could not be closed");
        }
    }
}
