/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer as it arrives: never more than a part of it is held, and a read that gets nothing for too long fails, which the
 * platform's own stream does not.
 */
final class ArrivingBytes extends InputStream implements HttpResponse.BodySubscriber<InputStream> {

    private static final List<ByteBuffer> END = List.of();

    /** One part is asked for at a time, and then comes the end. */
    private final BlockingQueue<List<ByteBuffer>> arrived = new LinkedBlockingQueue<>();

    private final Duration patience;
    private final CompletableFuture<Flow.Subscription> subscribed = new CompletableFuture<>();
    private List<ByteBuffer> part = List.of();
    private int at;
    private boolean ended;
    private volatile @Nullable Throwable failure;

    ArrivingBytes(Duration patience) {
        this.patience = patience;
    }

    @Override
    public CompletionStage<InputStream> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        if (!subscribed.complete(subscription)) {
            subscription.cancel(); // closed before
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        arrived.add(buffers);
    }

    @Override
    public void onError(Throwable thrown) {
        failure = thrown;
        arrived.add(END);
    }

    @Override
    public void onComplete() {
        arrived.add(END);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!ended) {
            while (at < part.size()) {
                ByteBuffer next = part.get(at);
                if (next.hasRemaining()) {
                    int count = Math.min(length, next.remaining());
                    next.get(target, offset, count);
                    return count;
                }
                at++;
            }
            next();
        }
        Throwable cause = failure;
        if (cause != null) {
            throw new IOException("the connection broke: " + HttpCalls.why(cause), cause);
        }
        return -1;
    }

    private void next() throws IOException {
        try {
            subscribed.join().request(1);
            List<ByteBuffer> more = arrived.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (more == null) {
                close();
                throw new IOException("no byte came for " + patience.toSeconds() + " s");
            }
            ended = more == END;
            part = more;
            at = 0;
        } catch (InterruptedException shuttingDown) {
            Thread.currentThread().interrupt();
            close();
            throw new InterruptedIOException("the server is shutting down");
        }
    }

    @Override
    public void close() {
        if (!subscribed.complete(NOTHING)) {
            subscribed.join().cancel();
        }
        ended = true;
        part = List.of();
    }

    private static final Flow.Subscription NOTHING = new Flow.Subscription() {
        @Override
        public void request(long count) {
            // nobody sends
        }

        @Override
        public void cancel() {
            // nobody sends
        }
    };
}
