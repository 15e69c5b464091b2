/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.live;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.error.InvalidToken;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.feed.boundary.ChangeFeed;
import org.diracee.wms.feed.boundary.ChangeNews;
import org.diracee.wms.feed.boundary.ChangePage;
import org.diracee.wms.feed.boundary.StatusChange;
import org.diracee.wms.feed.boundary.WantedChanges;
import org.jboss.resteasy.plugins.providers.sse.SseImpl;
import org.junit.jupiter.api.Test;

class FollowerTest {

    private static final Instant NOW = Instant.parse("2026-11-26T22:00:00Z");
    private static final Caller ALICE = new Caller.User(
            "sub", new UserName("alice"), new GroupName("users"), new VoName("demo"), Set.of(Property.NORMAL_USER));
    private static final WantedChanges ALL = new WantedChanges(Set.of(), Set.of(), Set.of(), Optional.empty());

    private final Queue<ChangePage<StatusChange>> pages = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private final List<ChangeNews.Listener> listeners = new ArrayList<>();
    private final Sink sink = new Sink();
    private Instant now = NOW;
    private boolean isShutOut;
    private boolean isDown;

    private final Queue<Runnable> queued = new ArrayDeque<>();
    private Executor executor = Runnable::run;
    private Executor closing = Runnable::run;

    private final Follower.Sources sources = new Follower.Sources(
            new Feed(), new News(), work -> executor.execute(work), work -> closing.execute(work), new Ticking());

    @Test
    void aStreamSendsChangesWithTheirCursorsAndTheNewestCursorInSilence() {
        stream(Duration.ofHours(1)).tell(false);
        assertThat(sink.comments()).containsExactly("jobs");

        pages.add(page("c1", false, 7));
        listeners.get(0).tell(true);
        assertThat(sink.events).last().satisfies(event -> {
            assertThat(event.getName()).isEqualTo("job");
            assertThat(event.getId()).isEqualTo("at7");
            assertThat(String.valueOf(event.getData())).contains("\"JobID\":7", "\"Status\":\"Running\"");
        });
        passes(14);
        assertThat(sink.events).hasSize(2);
        passes(1);
        assertThat(sink.events).last().satisfies(event -> {
            assertThat(event.getComment()).isEqualTo("still here");
            assertThat(event.getId()).isEqualTo("c1");
        });
    }

    @Test
    void whatIsMoreThanOnePieceComesWithoutWaitingForNews() {
        pages.add(page("c1", true, 1));
        pages.add(page("c2", true, 2));
        pages.add(page("c3", false, 3));
        stream(Duration.ofHours(1)).tell(false);

        assertThat(asked).containsExactly("c0", "c1", "c2");
        assertThat(sink.events).hasSize(4);
    }

    @Test
    void whoReadsSlowlyIsBehindAndReadsFromWhereHeIs() {
        CompletableFuture<Boolean> slow = new CompletableFuture<>();
        pages.add(page("c1", false, 1));
        sink.written = slow;
        Follower<StatusChange> stream = stream(Duration.ofHours(1));
        stream.tell(true);
        pages.add(page("c2", false, 2));
        stream.tell(true);
        stream.tell(true);
        assertThat(asked).containsExactly("c0");

        sink.written = CompletableFuture.completedFuture(true);
        slow.complete(true);
        stream.tell(false);
        assertThat(asked).containsExactly("c0", "c1");
    }

    @Test
    void aStreamEndsWhenItsCredentialDoes() {
        stream(Duration.ofHours(1)).tell(false);
        isShutOut = true;
        passes(1);
        assertThat(sink.isClosed()).isFalse();
        passes(1);

        assertThat(sink.events).last().satisfies(event -> {
            assertThat(event.getName()).isEqualTo("end");
            assertThat(String.valueOf(event.getData())).contains("its session has ended");
        });
        assertThat(sink.closing).succeedsWithin(Duration.ofSeconds(10));
        assertThat(listeners).isEmpty();
    }

    @Test
    void aStreamEndsAfterTheTimeThatWasAskedForAndWhenTheNodeGoesDown() {
        stream(Duration.ofSeconds(1)).tell(false);
        passes(1);
        assertThat(sink.closing).succeedsWithin(Duration.ofSeconds(10));

        Sink other = new Sink();
        new EventStream<>(ALICE, () -> {}, topic(), "c0", NOW.plusSeconds(60), sources, other, new SseImpl()).end();
        assertThat(other.events).last().satisfies(event -> assertThat(String.valueOf(event.getData()))
                .contains("goes down"));
    }

    @Test
    void whoHasGoneIsForgotten() {
        Follower<StatusChange> stream = stream(Duration.ofHours(1));
        sink.closed = true;
        pages.add(page("c1", false, 1));
        stream.tell(true);
        assertThat(listeners).isEmpty();

        sink.closed = false;
        Follower<StatusChange> broken = stream(Duration.ofHours(1));
        sink.written = CompletableFuture.failedFuture(new java.io.IOException("gone"));
        broken.tell(true);
        assertThat(listeners).isEmpty();
        assertThat(sink.closing).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void whoReadsNothingForAMinuteIsLetGo() {
        sink.written = new CompletableFuture<>();
        stream(Duration.ofHours(1)).tell(true);
        passes(59);
        assertThat(listeners).hasSize(1);
        passes(1);

        assertThat(listeners).isEmpty();
        assertThat(sink.closing).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void whoIsLetGoHoldsHisPlaceUntilTheStreamIsClosed() {
        closing = queued::add;
        sink.written = new CompletableFuture<>();
        stream(Duration.ofHours(1)).tell(true);
        passes(60);
        passes(1);
        assertThat(queued).hasSize(1);
        assertThat(listeners).hasSize(1);

        queued.remove().run();
        assertThat(sink.isClosed()).isTrue();
        assertThat(listeners).isEmpty();
    }

    @Test
    void whoDoesNotReadTheEndIsLetGo() {
        stream(Duration.ofSeconds(1)).tell(false);
        sink.written = new CompletableFuture<>();
        passes(1);
        assertThat(listeners).hasSize(1);
        passes(60);
        assertThat(sink.isClosed()).isTrue();
        assertThat(listeners).isEmpty();
    }

    @Test
    void aDatabaseThatTakesMinutesEndsNothing() {
        executor = queued::add;
        stream(Duration.ofHours(1)).tell(true);
        passes(120);
        assertThat(listeners).hasSize(1);

        pages.add(page("c1", false, 7));
        queued.remove().run();
        assertThat(sink.isClosed()).isFalse();
        assertThat(sink.events).last().satisfies(event -> assertThat(event.getId())
                .isEqualTo("at7"));
    }

    @Test
    void aDatabaseThatIsAwayForAMomentEndsNothing() {
        Follower<StatusChange> stream = stream(Duration.ofHours(1));
        isDown = true;
        stream.tell(true);
        isDown = false;
        pages.add(page("c1", false, 7));
        stream.tell(false);

        assertThat(sink.events).last().satisfies(event -> assertThat(event.getId())
                .isEqualTo("at7"));
    }

    private Follower<StatusChange> stream(Duration length) {
        Follower<StatusChange> stream =
                new EventStream<>(ALICE, this::require, topic(), "c0", now.plus(length), sources, sink, new SseImpl());
        stream.begin();
        return stream;
    }

    private Topic<StatusChange> topic() {
        return Topic.jobs(sources.feed(), ALICE, ALL);
    }

    private void require() {
        if (isShutOut) {
            throw new InvalidToken("its session has ended");
        }
    }

    private void passes(int seconds) {
        now = now.plusSeconds(seconds);
        List.copyOf(listeners).forEach(listener -> listener.tell(false));
    }

    private static ChangePage<StatusChange> page(String next, boolean hasMore, long job) {
        return new ChangePage<>(
                List.of(new StatusChange(
                        "at" + job,
                        new JobId(job),
                        new VoName("demo"),
                        new UserName("alice"),
                        new GroupName("users"),
                        "reco",
                        JobStatus.RUNNING,
                        "m",
                        "a",
                        NOW,
                        "test")),
                next,
                hasMore);
    }

    private final class Feed extends ChangeFeed {
        @Override
        public ChangePage<StatusChange> news(Caller caller, WantedChanges wanted, String after, int limit) {
            if (isDown) {
                throw new IllegalStateException("no connection");
            }
            asked.add(after);
            ChangePage<StatusChange> next = pages.poll();
            return next == null ? new ChangePage<>(List.of(), after, false) : next;
        }
    }

    private final class News extends ChangeNews {
        @Override
        public void add(Caller caller, Listener listener) {
            listeners.add(listener);
        }

        @Override
        public void remove(Listener listener) {
            listeners.remove(listener);
        }
    }

    private final class Ticking extends Clock {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /** Keeps what is sent. */
    private static final class Sink implements SseEventSink {

        final List<OutboundSseEvent> events = new ArrayList<>();
        CompletionStage<?> written = CompletableFuture.completedFuture(true);
        final CompletableFuture<Boolean> closing = new CompletableFuture<>();
        volatile boolean closed;

        List<String> comments() {
            return events.stream().map(OutboundSseEvent::getComment).toList();
        }

        @Override
        public CompletionStage<?> send(OutboundSseEvent event) {
            events.add(event);
            return written;
        }

        @Override
        public boolean isClosed() {
            return closed;
        }

        @Override
        public void close() {
            closed = true;
            closing.complete(true);
        }
    }
}
