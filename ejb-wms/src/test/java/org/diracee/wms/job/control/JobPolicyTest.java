/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.diracee.wms.fixture.JobRowBuilder.aJob;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.job.boundary.StaleAttempt;
import org.diracee.wms.job.entity.JobRow;
import org.junit.jupiter.api.Test;

class JobPolicyTest {

    private static final JobRow OF_ALICE = aJob().numbered(1).ownedBy("alice").build();
    private static final JobRow OF_BOB = aJob().numbered(2).ownedBy("bob").build();
    private static final JobRow ELSEWHERE =
            aJob().numbered(3).ownedBy("alice").inVo("other").build();

    private static Caller.User user(String name, Property... properties) {
        return new Caller.User(
                "s", new UserName(name), new GroupName("demo_user"), new VoName("demo"), Set.of(properties));
    }

    private static Caller.Job wrapper(long job, int attempt, String pilot) {
        return new Caller.Job(
                new JobId(job),
                attempt,
                new PilotStamp(pilot),
                new UserName("alice"),
                new GroupName("demo_user"),
                new VoName("demo"));
    }

    private static List<JobId> ids(long... numbers) {
        return LongStream.of(numbers).mapToObj(JobId::new).toList();
    }

    private static Set<JobId> changeable(Caller caller, List<JobId> asked, JobRow... found) {
        return JobPolicy.changeable(caller, asked, Arrays.asList(found)).keySet();
    }

    @Test
    void aNormalUserChangesHisOwnJobsInHisVo() {
        Caller alice = user("alice", Property.NORMAL_USER);

        assertThat(changeable(alice, ids(1), OF_ALICE)).containsExactly(new JobId(1));
        for (JobRow foreign : List.of(OF_BOB, ELSEWHERE)) {
            assertThatThrownBy(() -> changeable(alice, List.of(new JobId(1), foreign.id()), OF_ALICE, foreign))
                    .isInstanceOf(Forbidden.class);
        }
        assertThatThrownBy(() -> changeable(alice, ids(1, 99), OF_ALICE)).isInstanceOf(Forbidden.class);
    }

    @Test
    void whoNamesOtherJobsLearnsWhichButNotWhetherTheyExist() {
        Caller alice = user("alice", Property.NORMAL_USER);

        assertThatThrownBy(() -> changeable(alice, ids(99, 3, 2, 1), OF_ALICE, OF_BOB, ELSEWHERE))
                .isInstanceOf(Forbidden.class)
                .hasMessage("Not yours, or not there: 2, 3, 99");
    }

    @Test
    void aUserWithoutPropertiesChangesNothingNotEvenHisOwn() {
        assertThatThrownBy(() -> changeable(user("alice"), ids(1), OF_ALICE)).isInstanceOf(Forbidden.class);
        assertThatThrownBy(() -> changeable(user("alice", Property.JOB_MONITOR), ids(1), OF_ALICE))
                .isInstanceOf(Forbidden.class);
    }

    @Test
    void sharingWorksWithinTheGroupOnly() {
        Caller carol = user("carol", Property.NORMAL_USER, Property.JOB_SHARING);
        JobRow otherGroup = aJob().numbered(4).ofGroup("demo_admin").build();

        assertThat(changeable(carol, ids(1, 2), OF_ALICE, OF_BOB)).hasSize(2);
        assertThatThrownBy(() -> changeable(carol, ids(4), otherGroup)).isInstanceOf(Forbidden.class);
    }

    @Test
    void anAdministratorChangesAllOfHisVoAndSeesNoOther() {
        Caller admin = user("root", Property.JOB_ADMINISTRATOR);

        assertThat(changeable(admin, ids(1, 2, 3, 99), OF_ALICE, OF_BOB, ELSEWHERE))
                .containsExactly(new JobId(1), new JobId(2));
    }

    @Test
    void aPilotChangesWhatItHolds() {
        Caller pilot = new Caller.Pilot(new PilotStamp("p1"), new VoName("demo"));
        JobRow held = aJob().numbered(5).heldBy("p1", 1).build();
        JobRow ofOther = aJob().numbered(6).heldBy("p2", 1).build();

        assertThat(changeable(pilot, ids(5), held)).hasSize(1);
        for (JobRow foreign : List.of(ofOther, OF_ALICE)) {
            assertThatThrownBy(() -> changeable(pilot, List.of(foreign.id()), foreign))
                    .isInstanceOf(Forbidden.class);
        }
        assertThatThrownBy(() -> changeable(pilot, ids(5, 99), held)).isInstanceOf(Forbidden.class);
    }

    @Test
    void aWrapperChangesItsJobAsLongAsItHasIt() {
        JobRow held = aJob().numbered(5).heldBy("p1", 2).build();

        assertThat(changeable(wrapper(5, 2, "p1"), ids(5), held)).hasSize(1);
        assertThatThrownBy(() -> changeable(wrapper(5, 1, "p1"), ids(5), held)).isInstanceOf(StaleAttempt.class);
        assertThatThrownBy(() -> changeable(wrapper(5, 2, "p2"), ids(5), held)).isInstanceOf(StaleAttempt.class);
        assertThatThrownBy(() -> changeable(wrapper(1, 1, "p1"), ids(1), OF_ALICE))
                .isInstanceOf(StaleAttempt.class);
        assertThatThrownBy(() -> changeable(wrapper(5, 2, "p1"), ids(5, 1), held, OF_ALICE))
                .isInstanceOf(Forbidden.class);
    }
}
