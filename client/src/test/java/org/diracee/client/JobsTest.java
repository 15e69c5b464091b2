/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;
import org.diracee.client.wire.BulkAnswer;
import org.diracee.client.wire.RescheduledJob;
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
}
