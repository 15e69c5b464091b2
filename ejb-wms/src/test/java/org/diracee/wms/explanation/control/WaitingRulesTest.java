/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.explanation.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.SiteName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.explanation.boundary.Obstacle;
import org.diracee.wms.explanation.boundary.QueueStanding;
import org.diracee.wms.explanation.boundary.ResourceCheck;
import org.diracee.wms.explanation.boundary.ResourceChecks;
import org.diracee.wms.explanation.boundary.WaitingExplanation.Reason;
import org.diracee.wms.taskqueue.boundary.QueueDefinition;
import org.diracee.wms.taskqueue.boundary.QueueField;
import org.diracee.wms.taskqueue.boundary.ResourceDescription;
import org.diracee.wms.taskqueue.boundary.Unmet;
import org.diracee.wms.taskqueue.boundary.WantedWork;
import org.junit.jupiter.api.Test;

class WaitingRulesTest {

    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final UserName ALICE = new UserName("alice");
    private static final Unmet CPU =
            new Unmet(QueueField.CPU_TIME, Unmet.Cause.LACKING, List.of("86400"), List.of("3600"));
    private static final Unmet TAG = new Unmet(QueueField.TAG, Unmet.Cause.LACKING, List.of("GPU"), List.of());
    private static final Obstacle FULL =
            new Obstacle(Obstacle.Kind.LIMIT, "S.One.x may have 2 jobs at a time, and has them");
    private static final Obstacle SUSPENDED = new Obstacle(Obstacle.Kind.SUSPENDED, "the site S.One.x is suspended");

    @Test
    void aHeldOwnerIsTheStrongestReason() {
        assertThat(WaitingRules.conclude(ALICE, true, checks(), queue(0, 0), NOW)
                        .reason())
                .isEqualTo(Reason.OWNER_HELD);
    }

    @Test
    void saysThatNothingIsKnown() {
        says(checks(), Reason.NO_RESOURCE, "No resource is known that could take it");
    }

    @Test
    void namesTheRequirementThatMostResourcesFailAndTheNearestResource() {
        says(
                checks(unmet("S.One.x", CPU), unmet("S.Two.x", CPU, TAG), unmet("S.Three.x", CPU)),
                Reason.NOTHING_FITS,
                "None of the 3 known resources meets its requirements, 3 fail at CPUTime; the nearest is S.One.x/ce,"
                        + " which fails at CPUTime: the job needs 86400, the resource offers 3600.");
    }

    @Test
    void namesWhatIsInTheWayAtTheResourcesThatFit() {
        says(
                checks(unmet("S.Two.x", CPU), blocked("S.One.x", FULL)),
                Reason.LIMIT,
                "One known resource meets its requirements, but none gets such jobs now: " + FULL.text() + ".");
        says(
                checks(blocked("S.One.x", SUSPENDED)),
                Reason.SUSPENDED,
                "One known resource meets its requirements, but none gets such jobs now: " + SUSPENDED.text() + ".");
    }

    @Test
    void saysThatNoPilotAsks() {
        says(
                checks(new ResourceCheck(resource("S.One.x"), Optional.empty(), List.of(), List.of())),
                Reason.NO_PILOT,
                "S.One.x/ce could take it, but no pilot of such a resource has asked for jobs yet.");
        says(
                checks(seen("S.One.x", NOW.minus(Duration.ofHours(2)))),
                Reason.NO_PILOT,
                "S.One.x/ce could take it, but no pilot of such a resource has asked for jobs since"
                        + " 2026-11-26T10:00:00Z.");
    }

    @Test
    void saysHowLongItsTurnIsAwayIfThatCanBeTold() {
        ResourceChecks good = checks(seen("S.One.x", NOW));
        WaitingRules.Conclusion told = WaitingRules.conclude(ALICE, false, good, queue(9, 60), NOW);
        assertThat(told.sentence())
                .isEqualTo(
                        "It waits for its turn: 9 jobs of its queue go before it, and 60 of them were handed out in the"
                                + " last hour, so it starts in about 10 minutes if that goes on.");
        assertThat(told.estimate()).contains(Duration.ofMinutes(10));

        WaitingRules.Conclusion untold = WaitingRules.conclude(ALICE, false, good, queue(0, 0), NOW);
        assertThat(untold.sentence())
                .isEqualTo("It waits for its turn: it is the next of its queue, and none of them was handed out in the"
                        + " last hour, so nobody knows when it starts.");
        assertThat(untold.estimate()).isEmpty();
    }

    private static void says(ResourceChecks checks, Reason reason, String sentence) {
        WaitingRules.Conclusion conclusion = WaitingRules.conclude(ALICE, false, checks, queue(0, 1), NOW);
        assertThat(conclusion.reason()).isEqualTo(reason);
        assertThat(conclusion.sentence()).startsWith(sentence);
    }

    private static ResourceChecks checks(ResourceCheck... checks) {
        return new ResourceChecks(List.of(checks));
    }

    private static ResourceCheck unmet(String site, Unmet... unmet) {
        return new ResourceCheck(resource(site), Optional.of(NOW), List.of(unmet), List.of());
    }

    private static ResourceCheck blocked(String site, Obstacle obstacle) {
        return new ResourceCheck(resource(site), Optional.of(NOW), List.of(), List.of(obstacle));
    }

    private static ResourceCheck seen(String site, Instant at) {
        return new ResourceCheck(resource(site), Optional.of(at), List.of(), List.of());
    }

    private static ResourceDescription resource(String site) {
        return new ResourceDescription(
                new SiteName(site),
                Optional.empty(),
                3600,
                Optional.of("ce"),
                List.of(),
                List.of(),
                1,
                0,
                false,
                List.of(),
                WantedWork.ANY);
    }

    private static QueueStanding queue(int ahead, long handedOut) {
        QueueDefinition definition = new QueueDefinition(
                "d",
                new VoName("demo"),
                ALICE,
                new GroupName("users"),
                86400,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        return new QueueStanding(1, definition, ahead, 1, 1, Optional.of(1.0), handedOut);
    }
}
