/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.diracee.client.wire.WireMapper;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.error.DiracException;
import org.diracee.web.identity.Reauthentication.Standing;
import org.diracee.wms.feed.boundary.ChangePage;

/**
 * A stream of events. Each has as its id the cursor behind it, and so have the comments that are sent when nothing happens: whoever
 * reconnects with the last id misses nothing and reads nothing twice.
 *
 * @see "HTML standard, server-sent events"
 */
final class EventStream<T> extends Follower<T> {

    private static final ObjectMapper MAPPER = WireMapper.strict();
    private static final int MOST = 100;
    private static final Duration SILENCE = Duration.ofSeconds(15);
    private static final long RETRY_MILLIS = 3_000;

    private final SseEventSink sink;
    private final Sse sse;
    private volatile Instant sent = Instant.EPOCH;

    EventStream(
            Caller caller,
            Standing standing,
            Topic<T> topic,
            String cursor,
            Instant until,
            Sources sources,
            SseEventSink sink,
            Sse sse) {
        super(caller, standing, topic, cursor, until, sources);
        this.sink = sink;
        this.sse = sse;
    }

    @Override
    int most() {
        return MOST;
    }

    @Override
    boolean isDue(Instant now) {
        return !now.isBefore(sent.plus(SILENCE));
    }

    @Override
    CompletionStage<?> take(ChangePage<T> page, boolean isLast, Instant now) {
        CompletionStage<?> written = CompletableFuture.completedStage(true);
        if (sink.isClosed()) {
            over();
            return written;
        }
        if (sent.equals(Instant.EPOCH)) {
            OutboundSseEvent.Builder begin =
                    sse.newEventBuilder().comment(topic().name() + "s").reconnectDelay(RETRY_MILLIS);
            // a place to go on from if the stream breaks before anything happens
            written = sink.send((page.changes().isEmpty() ? begin.id(page.next()) : begin).build());
            sent = now;
        }
        for (T change : page.changes()) {
            written = sink.send(sse.newEventBuilder()
                    .id(topic().cursor().apply(change))
                    .name(topic().name())
                    .mediaType(MediaType.TEXT_PLAIN_TYPE)
                    .data(String.class, json(topic().wire().apply(change)))
                    .build());
            sent = now;
        }
        if (isLast) {
            return end("the time that was asked for is up");
        }
        if (isDue(now)) {
            written = sink.send(
                    sse.newEventBuilder().id(page.next()).comment("still here").build());
            sent = now;
        }
        return written;
    }

    @Override
    void finish(Optional<DiracException> reason) {
        end(reason.map(DiracException::detail).orElse("this node goes down; connect again"));
    }

    @Override
    void drop() {
        leave(sink::close);
    }

    private CompletionStage<?> end(String reason) {
        stop();
        if (sink.isClosed()) {
            over();
            return CompletableFuture.completedStage(true);
        }
        return sink.send(sse.newEventBuilder()
                        .id(cursor())
                        .name("end")
                        .mediaType(MediaType.TEXT_PLAIN_TYPE)
                        .data(String.class, json(Map.of("reason", reason)))
                        .build())
                .whenComplete((done, failure) -> leave(sink::close));
    }

    private static String json(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
