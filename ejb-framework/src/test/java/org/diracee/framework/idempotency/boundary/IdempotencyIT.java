/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.idempotency.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.diracee.framework.fixture.FrameworkDatabase;
import org.diracee.framework.fixture.SettableClock;
import org.diracee.framework.fixture.Together;
import org.diracee.framework.idempotency.entity.IdempotencyRepository;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.VoName;
import org.junit.jupiter.api.Test;

class IdempotencyIT {

    private static final Caller ALICE = new Caller.Pilot(new PilotStamp("a"), new VoName("demo"));
    private static final Caller BOB = new Caller.Pilot(new PilotStamp("b"), new VoName("demo"));
    private static final byte[] HASH = {1, 2, 3};

    private final FrameworkDatabase database = FrameworkDatabase.empty();
    private final SettableClock clock = new SettableClock();
    private final Idempotency idempotency =
            database.service(Idempotency.class, new IdempotencyRepository(database.entities()), clock);
    private final AtomicInteger made = new AtomicInteger();

    private List<Long> create(Caller caller, String key, byte[] hash) throws Exception {
        return database.inTransaction(() -> {
            Optional<List<Long>> before = idempotency.replay(caller, "POST /things", key, hash);
            if (before.isPresent()) {
                return before.get();
            }
            long first = 100L * made.incrementAndGet();
            List<Long> ids = List.of(first, first + 1, first + 2, 7L);
            idempotency.record(caller, "POST /things", key, hash, ids);
            return ids;
        });
    }

    @Test
    void aRepeatGetsTheSameIdsInTheSameOrder() throws Exception {
        List<Long> ids = create(ALICE, "k", HASH);

        assertThat(create(ALICE, "k", HASH)).isEqualTo(ids);
        assertThat(made).hasValue(1);
    }

    @Test
    void keysBelongToTheirCaller() throws Exception {
        create(ALICE, "k", HASH);
        create(BOB, "k", HASH);

        assertThat(made).hasValue(2);
    }

    @Test
    void anotherRequestUnderTheKeyIsRefused() throws Exception {
        create(ALICE, "k", HASH);

        assertThatThrownBy(() -> create(ALICE, "k", new byte[] {9})).isInstanceOf(IdempotencyConflict.class);
    }

    @Test
    void parallelRequestsMakeOneSetOfThings() throws Exception {
        Callable<List<Long>> request = () -> create(ALICE, "k", HASH);

        List<Object> outcomes = Together.run(Collections.nCopies(12, request));

        assertThat(made).hasValue(1);
        assertThat(outcomes)
                .allMatch(outcome -> outcome instanceof List || outcome instanceof RequestInProgress)
                .anyMatch(List.class::isInstance);
    }

    @Test
    void aRunningDuplicateIsToldToComeBack() throws Exception {
        database.inTransaction(() -> {
            idempotency.replay(ALICE, "POST /things", "k", HASH);
            List<Object> duplicate = Together.run(List.of(() -> create(ALICE, "k", HASH)));
            assertThat(duplicate).singleElement().isInstanceOfSatisfying(RequestInProgress.class, running -> assertThat(
                            running.retryAfter())
                    .contains(Duration.ofSeconds(1)));
            return true;
        });
    }

    @Test
    void whatIsRolledBackMayBeTriedAgain() throws Exception {
        assertThatThrownBy(() -> database.inTransaction(() -> {
                    idempotency.replay(ALICE, "POST /things", "k", HASH);
                    idempotency.record(ALICE, "POST /things", "k", HASH, List.of(1L));
                    throw new IllegalStateException("fails later");
                }))
                .hasMessage("fails later");

        create(ALICE, "k", HASH);
        assertThat(made).hasValue(1);
    }

    @Test
    void keysAreForgottenAfterSevenDays() throws Exception {
        create(ALICE, "k", HASH);
        create(ALICE, "old", HASH);
        clock.advance(Duration.ofDays(7).plusSeconds(1));

        create(ALICE, "k", new byte[] {9});

        assertThat(made).hasValue(3);
        assertThat(idempotency.forgetOld(100)).isEqualTo(1);
    }

    @Test
    void refusesKeysThatAreNone() {
        for (String key : List.of("", "with blank", "x".repeat(256), "ü")) {
            assertThatThrownBy(() -> create(ALICE, key, HASH)).isInstanceOf(InvalidRequest.class);
        }
    }
}
