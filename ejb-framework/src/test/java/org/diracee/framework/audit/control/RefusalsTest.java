/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.audit.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.diracee.framework.audit.boundary.AuditAct;
import org.diracee.framework.audit.boundary.AuditActor;
import org.diracee.framework.audit.boundary.AuditedAct;
import org.diracee.framework.audit.boundary.RequestOrigin;
import org.diracee.framework.audit.entity.AuditedFact;
import org.junit.jupiter.api.Test;

class RefusalsTest {

    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

    private final Refusals refusals = new Refusals();

    @Test
    void countsEqualOnesFromOneAddress() {
        refusals.add(refusal("x", "192.0.2.1", "request-1"));
        refusals.add(refusal("x", "192.0.2.1", "request-2"));
        refusals.add(refusal("x", "192.0.2.2", "request-3"));

        assertThat(refusals.take(NOON))
                .extracting(fact -> fact.origin().address(), AuditedFact::times)
                .containsExactlyInAnyOrder(Tuple.tuple("192.0.2.1", 2), Tuple.tuple("192.0.2.2", 1));
        assertThat(refusals.take(NOON)).isEmpty();
    }

    @Test
    void keepsNoMoreThanItHasRoomFor() {
        AuditActor pilot = new AuditActor("pilot:p1", "", "", "demo", AuditActor.UNKNOWN.credential());
        for (int number = 0; number < Refusals.MOST + 10; number++) {
            refusals.add(refusal(pilot, "target-" + number, "192.0.2.1", "request", NOON));
        }

        assertThat(refusals.take(NOON)).hasSize(Refusals.MOST);
    }

    @Test
    void countsInOneRowWhatAStrangerSendsBeyondItsRowsOfAMinute() {
        int kept = 0;
        for (int number = 0; number < 1000; number++) {
            Instant now = NOON.plusMillis(number);
            refusals.add(refusal(AuditActor.UNKNOWN, "target-" + number, "192.0.2.1", "request", now));
            kept += refusals.take(now).size();
        }
        refusals.add(refusal("x", "192.0.2.2", "request"));

        assertThat(kept).isEqualTo(StrangersMinute.MOST_OF_A_NETWORK);
        assertThat(refusals.take(NOON))
                .extracting(fact -> fact.origin().address())
                .containsExactly("192.0.2.2");
        assertThat(refusals.take(NOON.plusSeconds(60))).singleElement().satisfies(sum -> {
            assertThat(sum.act().act()).isEqualTo(AuditAct.LEFT_OUT);
            assertThat(sum.origin().address()).isEqualTo("192.0.2.1");
            assertThat(sum.times()).isEqualTo(1000 - StrangersMinute.MOST_OF_A_NETWORK);
        });
        assertThat(refusals.take(NOON.plusSeconds(120))).isEmpty();
    }

    @Test
    void countsInOneRowWhatAnyNumberOfAddressesSendsBeyondTheRowsOfAMinute() {
        for (int number = 0; number < 10_000; number++) {
            refusals.add(refusal("x", "2001:db8:0:" + Integer.toHexString(number) + "::1", "request"));
        }

        assertThat(refusals.take(NOON)).hasSize(StrangersMinute.MOST);
        assertThat(refusals.take(NOON.plusSeconds(60)))
                .extracting(sum -> sum.origin().address(), AuditedFact::times)
                .containsExactly(Tuple.tuple("", 10_000 - StrangersMinute.MOST));
    }

    @Test
    void countsTheAddressesOfANetworkTogether() {
        for (int number = 0; number < 1000; number++) {
            refusals.add(refusal("x", "2001:db8:1:2::" + Integer.toHexString(number), "request"));
        }

        assertThat(refusals.take(NOON)).hasSize(StrangersMinute.MOST_OF_A_NETWORK);
        assertThat(refusals.take(NOON.plusSeconds(60)))
                .extracting(sum -> sum.origin().address(), AuditedFact::times)
                .containsExactly(Tuple.tuple("2001:db8:1:2::/64", 1000 - StrangersMinute.MOST_OF_A_NETWORK));
    }

    @Test
    void keepsRowsForWhatComesFromNoNetwork() {
        for (int number = 0; number < 1000; number++) {
            refusals.add(refusal("x", "2001:db8:0:" + Integer.toHexString(number) + "::1", "request"));
        }
        refusals.take(NOON);
        refusals.add(refusal("y", "", ""));

        assertThat(refusals.take(NOON)).extracting(fact -> fact.act().target()).containsExactly("y");
    }

    @Test
    void aNewMinuteHasRoomAgain() {
        for (int number = 0; number < 100; number++) {
            refusals.add(refusal("target-" + number, "192.0.2.1", "request"));
        }
        refusals.take(NOON);
        refusals.add(refusal(AuditActor.UNKNOWN, "x", "192.0.2.1", "request", NOON.plusSeconds(61)));

        assertThat(refusals.take(NOON.plusSeconds(61)))
                .extracting(fact -> fact.act().target())
                .contains("x");
    }

    @Test
    void addsWhatCouldNotBeWrittenToWhatCameMeanwhile() {
        refusals.add(refusal("x", "192.0.2.1", "request-1"));
        List<AuditedFact> taken = refusals.take(NOON);
        refusals.add(refusal("x", "192.0.2.1", "request-2"));
        refusals.takeBack(taken);

        assertThat(refusals.take(NOON)).extracting(AuditedFact::times).containsExactly(2);
    }

    private static AuditedFact refusal(String target, String address, String request) {
        return refusal(AuditActor.UNKNOWN, target, address, request, NOON);
    }

    private static AuditedFact refusal(AuditActor actor, String target, String address, String request, Instant at) {
        return AuditedFact.of(
                AuditedAct.refused(AuditAct.ACCESS, actor, target, ""), new RequestOrigin(address, request), at);
    }
}
