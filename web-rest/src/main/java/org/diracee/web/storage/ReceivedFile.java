/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.storage;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import org.diracee.dms.storage.boundary.StorageUpload;
import org.jboss.logging.Logger;

/** A file on its way from a client, as much at a time as has come. */
final class ReceivedFile implements ReadListener {

    private static final Logger DEBUG = Logger.getLogger(ReceivedFile.class);
    private static final int BUFFER = 64 * 1024;

    private final AsyncContext exchange;
    private final ServletInputStream input;
    private final StorageUpload upload;
    private final Answer answer;
    private final Refusal refusal;
    private final byte[] buffer = new byte[BUFFER];
    private boolean ended;

    /** What to tell the client once all that it sends is kept. */
    interface Answer {
        void tell(boolean whole);
    }

    /** What to tell the client if it is not. */
    interface Refusal {
        void tell(Throwable failure) throws IOException;
    }

    ReceivedFile(
            AsyncContext exchange, ServletInputStream input, StorageUpload upload, Answer answer, Refusal refusal) {
        this.exchange = exchange;
        this.input = input;
        this.upload = upload;
        this.answer = answer;
        this.refusal = refusal;
    }

    @Override
    public void onDataAvailable() throws IOException {
        try {
            while (!ended && input.isReady()) {
                int read = input.read(buffer);
                if (read < 0) {
                    return;
                }
                upload.accept(buffer, 0, read);
            }
        } catch (RuntimeException failure) {
            refuse(failure);
        }
    }

    @Override
    public void onAllDataRead() throws IOException {
        if (ended) {
            return;
        }
        try {
            answer.tell(upload.complete());
            ended = true;
            exchange.complete();
        } catch (RuntimeException failure) {
            refuse(failure);
        }
    }

    @Override
    public void onError(Throwable failure) {
        DEBUG.debugf(failure, "A transfer from a client broke off after %d bytes", upload.offset());
        if (!ended) {
            ended = true;
            try (upload) {
                exchange.complete();
            }
        }
    }

    private void refuse(RuntimeException failure) throws IOException {
        ended = true;
        try (upload) {
            refusal.tell(failure);
            exchange.complete();
        }
    }
}
