/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.wms.fixture.WmsServices;
import org.diracee.wms.job.control.JobLimitReached;
import org.diracee.wms.job.control.TooManySubmissions;
import org.junit.jupiter.api.Test;

class SubmissionLimitsIT {

    private final WmsServices wms = new WmsServices();

    private void limit(Map<String, ?> limits) {
        wms.configuration.set(Map.of("Operations", Map.of(wms.vo.text(), Map.of("JobLimits", limits))));
    }

    private void submit(Caller.User user, int jobs) {
        wms.submitted(user, "Executable = \"run.sh\"; Parameters = " + jobs + ";");
    }

    @Test
    void aUserHasNoMoreJobsWaitingThanAllowed() {
        limit(Map.of("PerUser", Map.of("MaxWaitingJobs", "5"), "Users", Map.of("bob", Map.of("MaxWaitingJobs", "1"))));
        submit(wms.alice, 3);
        assertThatThrownBy(() -> submit(wms.alice, 3))
                .isInstanceOf(JobLimitReached.class)
                .hasMessage(
                        "MaxWaitingJobs of the user alice: 3 of 5 jobs wait already, and 3 more are too many; wait until"
                                + " some run, kill some, or have Operations/" + wms.vo
                                + "/JobLimits/PerUser/MaxWaitingJobs raised");
        submit(wms.alice, 2);
        assertThatThrownBy(() -> submit(wms.bob, 2)).hasMessageContaining("/JobLimits/Users/bob/MaxWaitingJobs");
        submit(wms.bob, 1);
    }

    @Test
    void jobsThatRunWaitNoMore() {
        limit(Map.of("MaxWaitingJobs", "3"));
        submit(wms.alice, 3);
        assertThatThrownBy(() -> submit(wms.bob, 1)).hasMessageContaining("of the VO " + wms.vo + ": 3 of 3");
        wms.matched(wms.pilot(), 2);
        wms.in(services -> services.counters.fold(wms.agent, 10_000));
        submit(wms.bob, 2);
    }

    @Test
    void aGroupHasItsOwnLimit() {
        limit(Map.of("Groups", Map.of("users", Map.of("MaxWaitingJobs", "2"))));
        submit(wms.alice, 2);
        assertThatThrownBy(() -> submit(wms.bob, 1)).hasMessageContaining("of the group users: 2 of 2");
    }

    @Test
    void submissionsPerMinuteAreLimited() {
        limit(Map.of("PerUser", Map.of("SubmissionsPerMinute", "2")));
        submit(wms.alice, 1);
        wms.clock.advance(Duration.ofSeconds(20));
        submit(wms.alice, 1);
        assertThatThrownBy(() -> submit(wms.alice, 1)).isInstanceOfSatisfying(TooManySubmissions.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.RATE_LIMITED);
            assertThat(refusal.retryAfter().orElseThrow()).isCloseTo(Duration.ofSeconds(40), Duration.ofSeconds(5));
        });
        wms.clock.advance(Duration.ofSeconds(41));
        submit(wms.alice, 1);
    }

    @Test
    void whatWasRefusedChangesNothing() {
        limit(Map.of("MaxWaitingJobs", "0"));
        assertThatThrownBy(() -> submit(wms.alice, 1))
                .isInstanceOfSatisfying(DiracException.class, refusal -> assertThat(refusal.code())
                        .isEqualTo(ErrorCode.JOB_LIMIT));
        assertThat(wms.database.value("select count(*) from wms.submission where vo = '%s'", wms.vo))
                .isEqualTo("0");
    }

    @Test
    void everybodySeesHowMuchHeUses() {
        limit(Map.of(
                "PerUser", Map.of("MaxWaitingJobs", "5"), "Groups", Map.of("users", Map.of("MaxRunningJobs", "100"))));
        submit(wms.alice, 3);
        wms.matched(wms.pilot(), 1);

        List<LimitUse> uses = wms.in(services -> services.submissionLimits.mine(wms.alice));
        assertThat(uses)
                .extracting(use -> use.name() + " " + use.scope() + " " + use.used() + " "
                        + use.allowed().orElse(-1))
                .containsExactly(
                        "MaxWaitingJobs vo 2 -1",
                        "MaxWaitingJobs group 2 -1",
                        "MaxWaitingJobs user 2 5",
                        "MaxRunningJobs vo 1 -1",
                        "MaxRunningJobs group 1 100",
                        "MaxRunningJobs user 1 -1",
                        "SubmissionsPerMinute vo 1 -1",
                        "SubmissionsPerMinute group 1 -1",
                        "SubmissionsPerMinute user 1 -1");
    }
}
