/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.audit.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
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

        assertThat(refusals.take())
                .extracting(fact -> fact.origin().address(), AuditedFact::times)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("192.0.2.1", 2),
                        org.assertj.core.groups.Tuple.tuple("192.0.2.2", 1));
        assertThat(refusals.take()).isEmpty();
    }

    @Test
    void keepsNoMoreThanItHasRoomFor() {
        for (int number = 0; number < Refusals.MOST + 10; number++) {
            refusals.add(refusal("target-" + number, "192.0.2.1", "request"));
        }

        assertThat(refusals.take()).hasSize(Refusals.MOST);
    }

    @Test
    void addsWhatCouldNotBeWrittenToWhatCameMeanwhile() {
        refusals.add(refusal("x", "192.0.2.1", "request-1"));
        List<AuditedFact> taken = refusals.take();
        refusals.add(refusal("x", "192.0.2.1", "request-2"));
        refusals.takeBack(taken);

        assertThat(refusals.take()).extracting(AuditedFact::times).containsExactly(2);
    }

    private static AuditedFact refusal(String target, String address, String request) {
        return AuditedFact.of(
                AuditedAct.refused(AuditAct.ACCESS, AuditActor.UNKNOWN, target, ""),
                new RequestOrigin(address, request),
                NOON);
    }
}
