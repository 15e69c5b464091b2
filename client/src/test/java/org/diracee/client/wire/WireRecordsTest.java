/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.kernel.value.InvalidValue;
import org.diracee.kernel.value.JobStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireRecordsTest {

    private static final ObjectMapper JSON = WireMapper.strict();

    @Test
    void readsASearchAsPortalsSendIt() throws Exception {
        Search search = JSON.readValue("""
                {"parameters": null, "distinct": false,
                 "search": [{"parameter": "Status", "operator": "in", "value": "", "values": ["Done", "Failed"]},
                            {"parameter": "JobID", "operator": "eq", "value": 17}],
                 "sort": [{"parameter": "JobID", "direction": "desc"}]}""", Search.class);
        assertThat(search.parameters()).isEmpty();
        assertThat(search.search().get(0).values()).contains(List.of("Done", "Failed"));
        assertThat(search.search().get(1).value()).contains(17);
        assertThat(search.sort().get(0).direction()).isEqualTo(SortOrder.Direction.DESCENDING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"search\":null}"})
    void readsAnEmptySearchAsEverything(String body) throws Exception {
        Search search = JSON.readValue(body, Search.class);
        assertThat(search.search()).isEmpty();
        assertThat(search.sort()).isEmpty();
        assertThat(search.distinct()).isEmpty();
    }

    @Test
    void writesASearchWithoutWhatIsAbsent() throws Exception {
        Search search = Search.where(SearchCondition.of("Status", "eq", "Done"))
                .sortedBy("JobID", SortOrder.Direction.ASCENDING);
        assertThat(JSON.readTree(JSON.writeValueAsString(search))).isEqualTo(JSON.readTree("""
                {"search": [{"parameter": "Status", "operator": "eq", "value": "Done"}],
                 "sort": [{"parameter": "JobID", "direction": "asc"}]}"""));
    }

    @Test
    void readsStatusReportsByJobAndTime() throws Exception {
        Map<Long, Map<Instant, UpdateStatus>> reports = JSON.readValue(
                "{\"17\": {\"2026-11-22T14:30:05.5+00:00\": {\"Status\": \"Killed\", \"Source\": \"User: alice\"}}}",
                new TypeReference<>() {});
        assertThat(reports)
                .isEqualTo(Map.of(
                        17L,
                        Map.of(
                                Instant.parse("2026-11-22T14:30:05.5Z"),
                                new UpdateStatus(
                                        Optional.of(JobStatus.KILLED),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.of("User: alice")))));
    }

    @Test
    void refusesAStatusThatDoesNotExist() {
        assertThatThrownBy(() -> JSON.readValue("{\"Status\": \"Nice\"}", UpdateStatus.class))
                .isInstanceOf(InvalidFormatException.class);
    }

    @Test
    void refusesTimesWithoutOffset() {
        assertThatThrownBy(() -> JSON.readValue(
                        "{\"2026-11-22T14:30:05\": {}}", new TypeReference<Map<Instant, UpdateStatus>>() {}))
                .isInstanceOf(InvalidValue.class);
    }

    @Test
    void writesNullForWhatStayedAsItWas() throws Exception {
        UpdatedStatus change = new UpdatedStatus(
                Optional.of(JobStatus.DONE),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Instant.parse("2026-11-22T14:30:05.123456Z")),
                Optional.empty());
        BulkAnswer<UpdatedStatus> answer = new BulkAnswer<>(
                Map.of(17L, change), Map.of(18L, new BulkAnswer.FailedItem("Not found", "JOB_NOT_FOUND", 0)));
        assertThat(JSON.readTree(JSON.writeValueAsString(answer))).isEqualTo(JSON.readTree("""
                {"success": {"17": {"Status": "Done", "MinorStatus": null, "ApplicationStatus": null,
                                    "HeartBeatTime": null, "StartExecTime": null,
                                    "EndExecTime": "2026-11-22T14:30:05.123456Z", "LastUpdateTime": null}},
                 "failed": {"18": {"detail": "Not found", "code": "JOB_NOT_FOUND", "errno": 0}}}"""));
    }

    @Test
    void keepsTokensOutOfTexts() {
        MatchedJobs matched = new MatchedJobs(
                List.of(new MatchedJobs.MatchedJob(1, 1, "[]", "alice", "demo_user", "demo", "very-secret-token", 60)));
        assertThat(matched.toString()).doesNotContain("very-secret-token");
    }

    @Test
    void clientsPassOverFieldsOfNewerServersAndServersDoNot() throws Exception {
        String body = "{\"JDL\": \"[]\", \"Later\": 1}";
        assertThat(WireMapper.lenient().readValue(body, JobDescription.class).jdl())
                .isEqualTo("[]");
        assertThatThrownBy(() -> JSON.readValue(body, JobDescription.class))
                .isInstanceOf(UnrecognizedPropertyException.class);
    }
}
