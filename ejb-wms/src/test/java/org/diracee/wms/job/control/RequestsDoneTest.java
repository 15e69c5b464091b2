/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.diracee.kernel.value.JobStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RequestsDoneTest {

    @ParameterizedTest
    @CsvSource({
        "Pending Requests, DONE",
        "Application Finished With Errors, FAILED",
        "Marked for termination, KILLED",
    })
    void endTheJobThatWaitedForThem(String minorStatus, JobStatus next) {
        assertThat(RequestsDone.next(JobStatus.COMPLETED, minorStatus)).contains(next);
    }

    @ParameterizedTest
    @EnumSource(value = JobStatus.class, mode = EnumSource.Mode.EXCLUDE, names = "COMPLETED")
    void leaveAnyOtherStatus(JobStatus status) {
        assertThat(RequestsDone.next(status, "Pending Requests")).isEmpty();
    }

    @Test
    void areNoReasonToEndAJobThatCompletedOtherwise() {
        assertThatThrownBy(() -> RequestsDone.next(JobStatus.COMPLETED, "Uploading Outputs"))
                .isInstanceOf(UnexpectedMinorStatus.class)
                .hasMessageContaining("'Uploading Outputs'")
                .hasMessageContaining("'Pending Requests', 'Application Finished With Errors' or");
    }
}
