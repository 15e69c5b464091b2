/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.live;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.container.AsyncResponse;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.error.InvalidToken;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.feed.boundary.ChangeFeed;
import org.diracee.wms.feed.boundary.ChangeNews;
import org.diracee.wms.operation.boundary.JobAction;
import org.diracee.wms.operation.boundary.OperationState;
import org.diracee.wms.operation.boundary.OperationView;
import org.diracee.wms.operation.boundary.Operations;
import org.diracee.wms.operation.boundary.StartAction;
import org.junit.jupiter.api.Test;

class WaitingForOperationTest {

    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");
    private static final Caller.User ALICE = new Caller.User(
            "alice-sub",
            new UserName("alice"),
            new GroupName("users"),
            new VoName("demo"),
            Set.of(Property.NORMAL_USER));

    private final List<ChangeNews.Listener> listeners = new ArrayList<>();
    private final List<Object> answers = new ArrayList<>();
    private OperationState state = OperationState.RUNNING;
    private boolean isDown;
    private boolean isShutOut;
    private Executor closing = Runnable::run;

    @Test
    void answersWhenTheOperationIsOver() {
        waiting(NOW.plusSeconds(30)).tell(false);
        assertThat(answers).isEmpty();

        state = OperationState.DONE;
        tell();
        assertThat(answers).containsExactly("Done");
        assertThat(listeners).isEmpty();
    }

    @Test
    void answersWhenItsTimeIsUpOrTheNodeGoesDown() {
        waiting(NOW).tell(false);
        assertThat(answers).containsExactly("Running");

        waiting(NOW.plusSeconds(30)).end();
        assertThat(answers).containsExactly("Running", "Running");
    }

    @Test
    void endsWithTheCredentialOfItsSender() {
        isShutOut = true;
        waiting(NOW.plusSeconds(30)).tell(false);
        assertThat(answers).singleElement().isInstanceOf(InvalidToken.class);
        assertThat(listeners).isEmpty();
    }

    @Test
    void waitsOnWhileTheDatabaseIsAwayForAMoment() {
        isDown = true;
        waiting(NOW.plusSeconds(30)).tell(false);
        assertThat(answers).isEmpty();

        isDown = false;
        state = OperationState.STOPPED;
        tell();
        assertThat(answers).containsExactly("Stopped");
    }

    @Test
    void waitsNoLongerThanAskedWhateverIsAway() {
        isDown = true;
        waiting(NOW).tell(false);
        assertThat(answers).hasSize(1);
        assertThat(listeners).isEmpty();
    }

    @Test
    void whoMayNotReadTheAnswerHoldsItsPlaceButNoThreadOfOthers() {
        Queue<Runnable> queued = new ArrayDeque<>();
        closing = queued::add;
        OpenRequest waiting = waiting(NOW);
        waiting.tell(false);
        assertThat(answers).isEmpty();
        assertThat(listeners).containsExactly(waiting);

        tell();
        waiting.drop();
        assertThat(queued).hasSize(1);
        queued.remove().run();
        assertThat(answers).containsExactly("Running");
        assertThat(listeners).isEmpty();
    }

    private void tell() {
        List.copyOf(listeners).forEach(listener -> listener.tell(false));
    }

    private OpenRequest waiting(Instant until) {
        // the credential is looked at in the first step already: it began some time ago
        Clock begun = Clock.fixed(NOW.minusSeconds(10), ZoneOffset.UTC);
        Clock now = Clock.fixed(NOW, ZoneOffset.UTC);
        List<Clock> clocks = new ArrayList<>(List.of(begun));
        Clock first = new Clock() {
            @Override
            public Instant instant() {
                return clocks.isEmpty() ? now.instant() : clocks.remove(0).instant();
            }

            @Override
            public java.time.ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }
        };
        OpenRequest waiting = new WaitingForOperation(
                ALICE,
                () -> {
                    if (isShutOut) {
                        throw new InvalidToken("its session has ended");
                    }
                },
                view(),
                until,
                new OpenRequest.Sources(new ChangeFeed() {}, new News(), Runnable::run, closing, first),
                new Known(),
                view -> view.state().text(),
                (AsyncResponse) Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {AsyncResponse.class},
                        (proxy, method, arguments) -> answers.add(arguments[0])));
        waiting.begin();
        return waiting;
    }

    private OperationView view() {
        return new OperationView(
                7,
                new StartAction(JobAction.KILL, OptionalInt.empty(), List.of()),
                ALICE.vo(),
                ALICE.username(),
                ALICE.group(),
                state,
                Optional.empty(),
                OptionalLong.of(1),
                0,
                0,
                Optional.empty(),
                NOW,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private final class Known extends Operations {
        @Override
        public OperationView operation(Caller caller, long id) {
            if (isDown) {
                throw new IllegalStateException("no connection");
            }
            return view();
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
}
