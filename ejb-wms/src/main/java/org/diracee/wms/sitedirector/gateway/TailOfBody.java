/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Keeps the end of an answer's body, so that a file of any length can be received. */
final class TailOfBody implements HttpResponse.BodySubscriber<byte[]> {

    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
    private final Deque<byte[]> parts = new ArrayDeque<>();
    private final int most;
    private int held;

    TailOfBody(int most) {
        this.most = most;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return whole;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            byte[] part = new byte[buffer.remaining()];
            buffer.get(part);
            parts.add(part);
            held += part.length;
            while (held - parts.getFirst().length >= most) {
                held -= parts.removeFirst().length;
            }
        }
    }

    @Override
    public void onError(Throwable failure) {
        whole.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        ByteBuffer all = ByteBuffer.allocate(held);
        parts.forEach(all::put);
        byte[] bytes = all.array();
        if (bytes.length > most) {
            byte[] end = new byte[most];
            System.arraycopy(bytes, bytes.length - most, end, 0, most);
            bytes = end;
        }
        whole.complete(bytes);
    }
}
