/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.storage;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.diracee.dms.storage.boundary.StorageUpload;
import org.jboss.logging.Logger;

/** A file on its way from a client, as much at a time as has come. */
final class ReceivedFile implements ReadListener {

    private static final Logger DEBUG = Logger.getLogger(ReceivedFile.class);
    private static final int BUFFER = 64 * 1024;

    private final Executor executor;
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

    /** @param executor of threads that may wait */
    ReceivedFile(
            Executor executor,
            AsyncContext exchange,
            ServletInputStream input,
            StorageUpload upload,
            Answer answer,
            Refusal refusal) {
        this.executor = executor;
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
            end(() -> refuse(failure));
        }
    }

    @Override
    public void onAllDataRead() {
        if (!ended) {
            end(this::complete);
        }
    }

    @Override
    public void onError(Throwable failure) {
        DEBUG.debugf(failure, "A transfer from a client broke off after %d bytes", upload.offset());
        if (!ended) {
            end(() -> {
                try (upload) {
                    exchange.complete();
                }
            });
        }
    }

    /** Leaves to others what may take long: many connections wait for this thread. */
    private void end(Runnable last) {
        ended = true;
        try {
            executor.execute(last);
        } catch (RejectedExecutionException shuttingDown) {
            last.run();
        }
    }

    private void complete() {
        try {
            answer.tell(upload.complete());
            exchange.complete();
        } catch (RuntimeException failure) {
            refuse(failure);
        }
    }

    private void refuse(RuntimeException failure) {
        try (upload) {
            refusal.tell(failure);
        } catch (IOException | RuntimeException gone) {
            DEBUG.debugf(gone, "A client could not be told why its transfer was refused");
        } finally {
            exchange.complete();
        }
    }
}
