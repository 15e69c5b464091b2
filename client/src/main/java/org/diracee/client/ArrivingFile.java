/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;

/**
 * A file that comes in one answer or, when the connection breaks, in several. What has come is kept only while the server
 * says by a strong {@code ETag} that the content is the same.
 *
 * @see "RFC 9110, sections 13.1.5 and 14"
 */
final class ArrivingFile {

    private static final int OK = 200;
    private static final int PARTIAL = 206;

    private final FileChannel file;
    private final long maxBytes;
    private final TransferProgress progress;
    private Optional<String> tag = Optional.empty();
    private long received;
    private long total;
    private int answers;

    ArrivingFile(FileChannel file, long maxBytes, TransferProgress progress) {
        this.file = file;
        this.maxBytes = maxBytes;
        this.progress = progress;
    }

    /** Asks for what is missing, or for everything if the content should have changed. */
    synchronized void askForTheRest(HttpRequest.Builder request) {
        answers++;
        if (received > 0 && tag.isPresent()) {
            request.setHeader("Range", "bytes=" + received + "-");
            request.setHeader("If-Range", tag.get());
        }
    }

    BodyHandler<byte[]> handler() {
        return this::taking;
    }

    private synchronized BodySubscriber<byte[]> taking(ResponseInfo head) {
        if (head.statusCode() / 100 != 2) {
            return BodySubscribers.ofByteArray();
        }
        boolean goesOn = head.statusCode() == PARTIAL
                && head.headers()
                        .firstValue("Content-Range")
                        .filter(range -> range.startsWith("bytes " + received + "-"))
                        .isPresent();
        if (head.statusCode() != OK && !goesOn) {
            throw failure("the answer " + head.statusCode() + " holds another part than was asked for");
        }
        if (!goesOn) {
            received = 0;
            truncate();
            tag = head.headers().firstValue("ETag").filter(value -> value.startsWith("\""));
        }
        total = received + head.headers().firstValueAsLong("Content-Length").orElse(-received);
        int answer = answers;
        return BodySubscribers.mapping(
                BodySubscribers.ofByteArrayConsumer(chunk -> chunk.ifPresent(bytes -> take(answer, bytes))),
                done -> new byte[0]);
    }

    /** Bytes of an answer that was given up may still come; they are not wanted. */
    private synchronized void take(int answer, byte[] bytes) {
        if (answer != answers) {
            return;
        }
        if (received + bytes.length > maxBytes) {
            throw failure("it is longer than the " + maxBytes + " bytes allowed");
        }
        ByteBuffer left = ByteBuffer.wrap(bytes);
        try {
            while (left.hasRemaining()) {
                received += file.write(left, received);
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        progress.moved(received, total);
    }

    private void truncate() {
        try {
            file.truncate(0);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static UncheckedIOException failure(String what) {
        return new UncheckedIOException(new IOException(what));
    }
}
