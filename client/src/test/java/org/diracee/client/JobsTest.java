/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.diracee.client.wire.BulkAnswer;
import org.diracee.client.wire.CheckedDescription;
import org.diracee.client.wire.RescheduledJob;
import org.diracee.client.wire.SubmittedJob;
import org.junit.jupiter.api.Test;

class JobsTest {

    @Test
    void moreJobsThanOneCallTakesGoInSeveral() throws IOException {
        try (FakeServer server = new FakeServer()) {
            server.on("POST /api/jobs/reschedule", 200, """
                            {"success":{},"failed":{"1":{"detail":"too often","code":"RESCHEDULING_LIMIT","errno":0}}}""")
                    .on("POST /api/jobs/reschedule", 200, "{\"success\":{},\"failed\":{}}")
                    .on("POST /api/jobs/reschedule", 200, """
                            {"success":{},"failed":{"20001":{"detail":"gone","code":"JOB_NOT_FOUND","errno":0}}}""");
            Jobs jobs = new Jobs(ApiClient.builder(server.address())
                    .tokens(TokenSource.fixed("abc"))
                    .build());
            List<Long> ids = LongStream.rangeClosed(1, 20_001).boxed().toList();

            BulkAnswer<RescheduledJob> answer = jobs.reschedule(ids);

            assertThat(server.requests("POST /api/jobs/reschedule")).hasSize(3);
            assertThat(server.last().body()).isEqualTo("{\"job_ids\":[20001]}");
            assertThat(answer.failed()).containsOnlyKeys(1L, 20_001L);
        }
    }

    @Test
    void submitsAndChecksDescriptionsAsJson() throws IOException {
        try (FakeServer server = new FakeServer()) {
            server.on("POST /api/jobs", 201, """
                            [{"JobID":1,"Status":"Received","MinorStatus":"Job accepted",
                              "TimeStamp":"2026-11-22T14:30:05Z"}]""")
                    .on("POST /api/jobs/dry-run", 200, "[{\"Jobs\":2,\"Warnings\":[],\"Queues\":[]}]");
            Jobs jobs = new Jobs(ApiClient.builder(server.address())
                    .tokens(TokenSource.fixed("abc"))
                    .build());
            Map<String, Object> description =
                    new Job().setExecutable("fit.sh").setCPUTime(60).toMap();

            assertThat(jobs.submitDescriptions(List.of(description), "key-1"))
                    .extracting(SubmittedJob::jobId)
                    .containsExactly(1L);
            assertThat(server.last().body()).isEqualTo("[{\"Executable\":\"fit.sh\",\"CPUTime\":60}]");
            assertThat(jobs.dryRun(List.of(description, "Executable = \"x\";")))
                    .extracting(CheckedDescription::jobs)
                    .containsExactly(2);
            assertThat(server.last().body())
                    .isEqualTo("[{\"Executable\":\"fit.sh\",\"CPUTime\":60},\"Executable = \\\"x\\\";\"]");
        }
    }
}
