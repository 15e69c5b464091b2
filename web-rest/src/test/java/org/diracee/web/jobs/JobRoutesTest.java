/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import org.diracee.client.wire.WireMapper;
import org.diracee.framework.bulk.boundary.AllOrNone;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.Problem;
import org.diracee.kernel.paging.BulkResult;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.JobStatus;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.web.error.FailureMapper;
import org.diracee.web.error.ProcessingMapper;
import org.diracee.web.error.ViolationMapper;
import org.diracee.web.http.JsonUnlessNamed;
import org.diracee.web.http.StrictFlags;
import org.diracee.web.identity.Reauthentication;
import org.diracee.web.json.JsonBody;
import org.diracee.wms.history.boundary.History;
import org.diracee.wms.job.boundary.FoundJobs;
import org.diracee.wms.job.boundary.HeartBeat;
import org.diracee.wms.job.boundary.HistoryQuery;
import org.diracee.wms.job.boundary.JobCommand;
import org.diracee.wms.job.boundary.JobCount;
import org.diracee.wms.job.boundary.JobDetails;
import org.diracee.wms.job.boundary.JobManager;
import org.diracee.wms.job.boundary.JobMonitoring;
import org.diracee.wms.job.boundary.JobQuery;
import org.diracee.wms.job.boundary.JobSlice;
import org.diracee.wms.job.boundary.JobStateUpdate;
import org.diracee.wms.job.boundary.JobSubmission;
import org.diracee.wms.job.boundary.LoggedStatus;
import org.diracee.wms.job.boundary.OpenExports;
import org.diracee.wms.job.boundary.RescheduledJob;
import org.diracee.wms.job.boundary.StatusReport;
import org.diracee.wms.job.boundary.StatusWritten;
import org.diracee.wms.job.boundary.SubmittedJob;
import org.diracee.wms.matching.boundary.JobToken;
import org.diracee.wms.matching.boundary.MatchedJob;
import org.diracee.wms.matching.boundary.Matcher;
import org.diracee.wms.taskqueue.boundary.ResourceDescription;
import org.jboss.resteasy.mock.MockDispatcherFactory;
import org.jboss.resteasy.mock.MockHttpRequest;
import org.jboss.resteasy.mock.MockHttpResponse;
import org.jboss.resteasy.spi.Dispatcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The routes of jobs as HTTP: what they accept, call and answer; the services are told what to say. */
class JobRoutesTest {

    private static final ObjectMapper JSON = WireMapper.strict();
    private static final Instant NOW = Instant.parse("2026-11-22T14:30:05.123456Z");
    private static final VoName VO = new VoName("demo");
    private static final UserName ALICE = new UserName("alice");
    private static final GroupName GROUP = new GroupName("demo_user");
    private static final Caller.User USER = new Caller.User("sub", ALICE, GROUP, VO, Set.of(Property.NORMAL_USER));
    private static final Caller.Job WRAPPER = new Caller.Job(new JobId(17), 1, new PilotStamp("p1"), ALICE, GROUP, VO);

    private final Services services = new Services();

    @Test
    void submissionAnswersCreatedWithOneReceiptPerJob() throws Exception {
        MockHttpResponse answer =
                call(USER, post("/api/jobs/jdl", "[\"A = 1;\"]").header("Idempotency-Key", "key-1"));
        assertThat(answer.getStatus()).isEqualTo(201);
        assertJson(answer, """
                [{"JobID": 1, "Status": "Received", "MinorStatus": "Job accepted",
                  "TimeStamp": "2026-11-22T14:30:05.123456Z", "ClientRef": "mine", "Warnings": ["w"]},
                 {"JobID": 2, "Status": "Received", "MinorStatus": "Job accepted",
                  "TimeStamp": "2026-11-22T14:30:05.123456Z"}]""");
        assertThat(services.calls).containsExactly("submit [A = 1;] Optional[key-1]");
    }

    @Test
    void takesDescriptionsAsObjectsWithTheAttributesOfJdl() throws Exception {
        MockHttpResponse answer = call(
                USER,
                post(
                        "/api/jobs",
                        "[{\"Executable\": \"run.sh\", \"CPUTime\": 3600, \"Site\": [\"A.b.c\"], \"Parameters\": 2}]"));
        assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(201);
        assertThat(services.calls).singleElement().satisfies(call -> assertThat(call.replaceAll("\\s+", " "))
                .isEqualTo("submit [[ Executable = \"run.sh\"; CPUTime = 3600; Site = {\"A.b.c\"}; Parameters = 2; ]]"
                        + " Optional.empty"));
    }

    @Test
    void refusesUnknownAttributesOfObjectsWithTheirPath() throws Exception {
        MockHttpResponse answer = call(USER, post("/api/jobs", "[{\"Executable\": \"a\"}, {\"Exeutable\": \"b\"}]"));
        assertThat(answer.getStatus()).isEqualTo(400);
        assertThat(detail(answer)).contains("did you mean Executable?");
        assertThat(JSON.readTree(answer.getContentAsString())
                        .at("/errors/0/field")
                        .asText())
                .isEqualTo("[1].Exeutable");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 2 | 2 | 200 | ",
                "0 | 2 | 5 | 206 | jobs 0-1/5",
                "4 | 1 | 5 | 206 | jobs 4-4/5",
                "10 | 0 | 5 | 416 | jobs */5",
                "0 | 0 | 0 | 200 | ",
            })
    void searchSaysHowMuchOfAllThePageShows(int first, int rows, int total, int status, String range) throws Exception {
        List<Map<String, Optional<Object>>> found = new ArrayList<>();
        for (long id = 1; id <= rows; id++) {
            found.add(Map.of("JobID", Optional.of(id)));
        }
        services.found = new FoundJobs(found, Optional.empty(), first, total);
        MockHttpResponse answer = call(USER, post("/api/jobs/search", "{}"));
        assertThat(answer.getStatus()).isEqualTo(status);
        assertThat(answer.getOutputHeaders().getFirst("Content-Range")).isEqualTo(range);
        assertThat(JSON.readTree(answer.getContentAsString())).hasSize(rows);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{}", "null", "''"})
    void searchTakesNoBodyAsEverything(String body) throws Exception {
        MockHttpResponse answer = call(USER, post("/api/jobs/search?page=2&per_page=10", body));
        assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(200);
        assertThat(services.calls)
                .containsExactly(
                        "search JobQuery[parameters=Optional.empty, filters=[], orders=[], distinct=false] 2 10");
    }

    @Test
    void searchNeedsNoContentTypeWithoutBody() throws Exception {
        assertThat(call(USER, MockHttpRequest.post("/api/jobs/search").content(new byte[0]))
                        .getStatus())
                .isEqualTo(200);
    }

    @Test
    void searchPassesBothValueAndValuesOn() throws Exception {
        call(USER, post("/api/jobs/search", """
                {"search": [{"parameter": "Status", "operator": "in", "value": "", "values": ["Done"]},
                            {"parameter": "JobID", "operator": "gt", "value": 5}],
                 "sort": [{"parameter": "JobID", "direction": "desc"}], "parameters": ["JobID"]}"""));
        assertThat(services.calls)
                .containsExactly("search JobQuery[parameters=Optional[[JobID]], filters=["
                        + "Filter[parameter=Status, operator=in, value=Optional[], values=Optional[[Done]]], "
                        + "Filter[parameter=JobID, operator=gt, value=Optional[5], values=Optional.empty]], "
                        + "orders=[Order[parameter=JobID, descending=true]], distinct=false] 1 100");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/jobs/search?page=0          | page: must be greater",
                "/api/jobs/search?per_page=10001  | per_page: must be less than or equal to 10000",
                "/api/jobs/search?page=many       | page: 'many' is not a value of the right type",
                "/api/jobs/status?force=perhaps   | 'perhaps' is no flag",
            })
    void refusesQueriesOfTheWrongShape(String uri, String told) throws Exception {
        MockHttpRequest request = (uri.contains("status") ? MockHttpRequest.patch(uri) : MockHttpRequest.post(uri))
                .contentType("application/json")
                .content("{}".getBytes(UTF_8));
        MockHttpResponse answer = call(USER, request);
        assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(422);
        assertThat(detail(answer)).contains(told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/jobs/reschedule | {\"job_ids\": [1, null]}  | job_ids[1]",
                "/api/jobs/reschedule | {}                          | job_ids",
                "/api/jobs/match      | {\"Site\": \"x\", \"CPUTime\": -1} | CPUTime",
                "/api/jobs/search     | {\"search\": [{\"parameter\": \"x\"}]} | search[0].operator",
                "/api/jobs/jdl        | [\"a\", null]             | [1]",
            })
    void namesFieldsAsTheClientWroteThem(String uri, String body, String field) throws Exception {
        MockHttpResponse answer = call(USER, post(uri, body));
        assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(422);
        assertThat(JSON.readTree(answer.getContentAsString())
                        .at("/errors/0/field")
                        .asText())
                .isEqualTo(field);
    }

    @Test
    void searchIsExportedAsCsvSliceBySlice() throws Exception {
        twoSlices();

        MockHttpResponse answer = call(USER, post("/api/jobs/search", "{}").accept("text/csv"));

        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(String.valueOf(answer.getOutputHeaders().getFirst("Content-Type")))
                .isEqualTo("text/csv;charset=utf-8");
        assertThat(answer.getContentAsString())
                .isEqualTo("JobID,JobName,EndExecTime\r\n1,\"a \"\"b\"\", c\",\r\n2,d,2026-11-22T14:30:05.123456Z\r\n");
        assertThat(services.calls).containsExactly("slice Optional.empty", "slice Optional[1]");
    }

    @Test
    void searchIsExportedAsOneJsonDocumentPerLine() throws Exception {
        twoSlices();

        MockHttpResponse answer = call(USER, post("/api/jobs/search", "{}").accept("application/x-ndjson"));

        assertThat(answer.getContentAsString()).isEqualTo("""
                {"JobID":1,"JobName":"a \\"b\\", c","EndExecTime":null}
                {"JobID":2,"JobName":"d","EndExecTime":"2026-11-22T14:30:05.123456Z"}
                """);
    }

    @Test
    void anExportThatBreaksOffSaysSoInItsLastLine() throws Exception {
        for (String type : List.of("text/csv", "application/x-ndjson")) {
            services.slices.add(new JobSlice(
                    List.of("JobID"), List.of(Map.of("JobID", Optional.of(1L))), Optional.of(new JobId(1))));

            MockHttpResponse answer = call(USER, post("/api/jobs/search", "{}").accept(type));

            assertThat(answer.getContentAsString().strip().lines().toList())
                    .last()
                    .asString()
                    .contains("Incomplete");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/json", "application/json, text/csv;q=0.5", "text/csv;q=0.5, */*"})
    void searchAnswersJsonWhereItIsAsWelcome(String accepted) throws Exception {
        MockHttpResponse answer = call(USER, post("/api/jobs/search", "{}").header("Accept", accepted));

        assertThat(String.valueOf(answer.getOutputHeaders().getFirst("Content-Type")))
                .startsWith("application/json");
    }

    private void twoSlices() {
        List<String> columns = List.of("JobID", "JobName", "EndExecTime");
        services.slices.add(
                new JobSlice(columns, List.of(row(1, "a \"b\", c", Optional.empty())), Optional.of(new JobId(1))));
        services.slices.add(new JobSlice(columns, List.of(row(2, "d", Optional.of(NOW))), Optional.empty()));
    }

    private static Map<String, Optional<Object>> row(long id, String name, Optional<Instant> ended) {
        Map<String, Optional<Object>> row = new LinkedHashMap<>();
        row.put("JobID", Optional.of(id));
        row.put("JobName", Optional.of(name));
        row.put("EndExecTime", ended.map(Object.class::cast));
        return row;
    }

    @Test
    void searchShowsLogsAndAbsentTimesAsNull() throws Exception {
        Map<String, Optional<Object>> row = new LinkedHashMap<>();
        row.put("JobID", Optional.of(1L));
        row.put("EndExecTime", Optional.empty());
        row.put("SubmissionTime", Optional.of(NOW));
        services.found = new FoundJobs(
                List.of(row),
                Optional.of(Map.of(
                        new JobId(1),
                        List.of(new LoggedStatus("Received", "Job accepted", "Unknown", NOW, "JobManager")))),
                0,
                1);
        assertJson(call(USER, post("/api/jobs/search", "{}")), """
                [{"JobID": 1, "EndExecTime": null, "SubmissionTime": "2026-11-22T14:30:05.123456Z",
                  "LoggingInfo": [{"Status": "Received", "MinorStatus": "Job accepted", "ApplicationStatus": "Unknown",
                                   "StatusTime": "2026-11-22T14:30:05.123456Z", "Source": "JobManager"}]}]""");
    }

    @Test
    void summaryAnswersGroupsWithTheirCount() throws Exception {
        assertJson(call(USER, post("/api/jobs/summary", "{\"grouping\": [\"Status\"]}")), """
                [{"Status": "Done", "count": 3}]""");
    }

    @Test
    void historyAnswersSeriesWithTheirTimes() throws Exception {
        assertJson(
                call(
                        USER,
                        post(
                                "/api/jobs/history",
                                "{\"from\": \"2026-11-22T00:00:00Z\", \"to\": \"2026-11-23T00:00:00Z\", \"step\": 3600,"
                                        + " \"grouping\": [\"Status\"]}")),
                """
                {"step": 3600, "times": ["2026-11-22T14:30:05.123456Z"],
                 "series": [{"values": {"Status": "Done"}, "jobs": [2.5]}]}""");
        assertThat(services.calls)
                .containsExactly("history HistoryQuery[from=2026-11-22T00:00:00Z, to=2026-11-23T00:00:00Z,"
                        + " step=Optional[PT1H], grouping=[Status], filters=[]]");
    }

    @Test
    void statusAnswersWhatChangedAndWhatFailed() throws Exception {
        String body = "{\"17\": {\"2026-11-22T14:30:05Z\": {\"Status\": \"Killed\"}}, \"18\": {}}";
        MockHttpResponse answer = call(USER, patch("/api/jobs/status?force=true", body));
        assertThat(answer.getStatus()).isEqualTo(200);
        assertJson(answer, """
                {"success": {"17": {"Status": "Killed", "MinorStatus": null, "ApplicationStatus": null,
                                    "HeartBeatTime": null, "StartExecTime": null, "EndExecTime": null,
                                    "LastUpdateTime": "2026-11-22T14:30:05.123456Z"}},
                 "failed": {"18": {"detail": "Not found", "code": "JOB_NOT_FOUND", "errno": 0}}}""");
        assertThat(services.calls.get(0))
                .startsWith("status {17={2026-11-22T14:30:05Z=StatusReport[status=Optional[Killed]");
        assertThat(services.calls.get(0)).contains("source=Unknown").endsWith("true");
    }

    @Test
    void statusIsNotFoundIfNothingSucceeded() throws Exception {
        MockHttpResponse answer = call(USER, patch("/api/jobs/status", "{\"18\": {}, \"19\": {}}"));
        assertThat(answer.getStatus()).isEqualTo(404);
        JsonNode problem = JSON.readTree(answer.getContentAsString());
        assertThat(problem.get("code").asText()).isEqualTo("JOB_NOT_FOUND");
        assertThat(problem.at("/detail/failed/18/detail").asText()).isEqualTo("Not found");
        assertThat(problem.at("/detail/success")).isEmpty();
    }

    @Test
    void rescheduleIsABadRequestIfNothingSucceeded() throws Exception {
        MockHttpResponse answer = call(USER, post("/api/jobs/reschedule", "{\"job_ids\": [18]}"));
        assertThat(answer.getStatus()).isEqualTo(400);
        assertThat(JSON.readTree(answer.getContentAsString())
                        .at("/detail/failed/18/detail")
                        .asText())
                .isEqualTo("Not found");
    }

    @Test
    void rescheduleAnswersWhatBecameOfTheJobs() throws Exception {
        MockHttpResponse answer = call(USER, post("/api/jobs/reschedule?reset_jobs=true", "{\"job_ids\": [17]}"));
        assertThat(answer.getStatus()).isEqualTo(200);
        JsonNode job = JSON.readTree(answer.getContentAsString()).at("/success/17");
        assertThat(job.get("RescheduleCounter").asInt()).isEqualTo(1);
        assertThat(job.get("Status").asText()).isEqualTo("Received");
        assertThat(job.has("InputData")).isTrue();
        assertThat(services.calls).containsExactly("reschedule [17] true");
    }

    @Test
    void heartbeatAnswersCommandsAsAList() throws Exception {
        MockHttpResponse answer = call(
                USER,
                patch("/api/jobs/heartbeat", "{\"17\": {\"LoadAverage\": 1, \"StandardOutput\": \"x\"}, \"18\": {}}"));
        assertThat(answer.getStatus()).isEqualTo(200);
        assertJson(answer, "[{\"job_id\": 17, \"command\": \"Kill\", \"arguments\": null}]");
    }

    @Test
    void heartbeatRefusesUnknownMeasurements() throws Exception {
        MockHttpResponse answer = call(USER, patch("/api/jobs/heartbeat", "{\"17\": {\"Load\": 1.0}}"));
        assertThat(answer.getStatus()).isEqualTo(422);
        assertThat(detail(answer)).startsWith("17.Load: the field is unknown; known are");
    }

    @Test
    void heartbeatOfOnlyUnknownJobsIsNotFound() throws Exception {
        assertThat(call(USER, patch("/api/jobs/heartbeat", "{\"18\": {}}")).getStatus())
                .isEqualTo(404);
    }

    @Test
    void heartbeatHandsOutANewTokenInTheSecondHalfOfTheOldOnesLife() throws Exception {
        for (boolean isPastHalf : List.of(true, false)) {
            Instant made = NOW.minus(Duration.ofMinutes(isPastHalf ? 31 : 29));
            MockHttpRequest beat = patch("/api/jobs/heartbeat", "{\"17\": {}}")
                    .header("Authorization", "Bearer " + token(made, made.plus(Duration.ofMinutes(60))));
            assertThat(call(WRAPPER, beat).getOutputHeaders().getFirst("DIRAC-Job-Token"))
                    .isEqualTo(isPastHalf ? "next-token" : null);
        }
    }

    @Test
    void metadataAnswersNoContent() throws Exception {
        MockHttpResponse answer =
                call(USER, patch("/api/jobs/metadata", "{\"17\": {\"HostName\": \"n1\", \"CPU(MHz)\": 2.5}}"));
        assertThat(answer.getStatus()).isEqualTo(204);
        assertThat(services.calls).containsExactly("metadata {17={HostName=n1, CPU(MHz)=2.5}}");
    }

    @Test
    void metadataSaysWhichJobsAreUnknown() throws Exception {
        MockHttpResponse answer = call(
                USER, patch("/api/jobs/metadata", "{\"17\": {\"HostName\": \"n1\"}, \"18\": {\"HostName\": \"n1\"}}"));
        assertThat(answer.getStatus()).isEqualTo(404);
        JsonNode problem = JSON.readTree(answer.getContentAsString());
        assertThat(problem.at("/detail/success/17").isMissingNode()).isFalse();
        assertThat(problem.at("/detail/failed/18/detail").asText()).isEqualTo("Not found");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PATCH | /api/jobs/status | {'18': {'2026-11-22T14:00:00Z': {'Status': 'Killed'}},"
                        + " '17': {'2026-11-22T14:00:00Z': {'Status': 'Killed'}}}",
                "PATCH | /api/jobs/metadata | {'18': {'HostName': 'n1'}, '17': {'HostName': 'n1'}}",
                "POST | /api/jobs/reschedule | {'job_ids': [18, 17]}"
            })
    void atomicCallsNameWhatStoodInTheWay(String method, String uri, String body) throws Exception {
        String json = body.replace('\'', '"');
        MockHttpRequest request =
                method.equals("POST") ? post(uri + "?atomic=true", json) : patch(uri + "?atomic=true", json);
        MockHttpResponse answer = call(USER, request);
        assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(409);
        JsonNode problem = JSON.readTree(answer.getContentAsString());
        assertThat(problem.get("code").asText()).isEqualTo("NOT_ALL_POSSIBLE");
        assertThat(problem.get("detail").asText()).startsWith("1 of 2 stood in the way, so nothing was done");
        assertThat(problem.get("errors").toString())
                .isEqualTo(
                        "[{\"field\":\"18\",\"message\":\"Job 18 not found\",\"values\":{\"code\":\"JOB_NOT_FOUND\"}}]");
    }

    @Test
    void atomicStatusesAreReachedOrNoneIs() throws Exception {
        MockHttpResponse answer = call(
                USER,
                patch("/api/jobs/status?atomic=true", "{\"17\": {\"2026-11-22T14:00:00Z\": {\"Status\": \"Done\"}}}"));
        assertThat(answer.getStatus()).isEqualTo(409);
        assertThat(answer.getContentAsString()).contains("Job 17 is Killed, not Done");
    }

    @Test
    void matchAnswersJobsWithTheirTokens() throws Exception {
        MockHttpResponse answer = call(
                new Caller.Pilot(new PilotStamp("p1"), VO),
                post("/api/jobs/match", "{\"Site\": \"DIRAC.Local.demo\", \"CPUTime\": 1000, \"MaxRAM\": 2048}"));
        assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(200);
        assertJson(answer, """
                {"Jobs": [{"JobID": 17, "Attempt": 1, "JDL": "[]", "Owner": "alice", "OwnerGroup": "demo_user",
                           "VO": "demo", "Token": "job-token", "ExpiresIn": 60}]}""");
    }

    @Test
    void aJobIsShownWhole() throws Exception {
        JsonNode job =
                JSON.readTree(call(USER, MockHttpRequest.get("/api/jobs/17")).getContentAsString());
        assertThat(job.get("JobID").asInt()).isEqualTo(17);
        assertThat(job.get("Status").asText()).isEqualTo("Running");
        assertThat(job.get("EndExecTime").isNull()).isTrue();
        assertThat(job.get("Attempt").asInt()).isEqualTo(2);
        assertThat(job.get("PilotStamp").asText()).isEqualTo("p1");
        assertThat(job.at("/Parameters/HostName").asText()).isEqualTo("n1");
        assertThat(job.at("/Warnings/0").asText()).isEqualTo("w");
    }

    @ParameterizedTest
    @CsvSource({"/api/jobs/-5, 400", "/api/jobs/abc, 404", "/api/jobs/search, 405", "/api/jobs/17/nothing, 404"})
    void refusesWhatIsNoJob(String uri, int status) throws Exception {
        MockHttpResponse answer = call(USER, MockHttpRequest.get(uri));
        assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(status);
        assertThat(JSON.readTree(answer.getContentAsString()).get("status").asInt())
                .isEqualTo(status);
    }

    @Test
    void showsLogParametersAndDescription() throws Exception {
        assertJson(call(USER, MockHttpRequest.get("/api/jobs/17/parameters")), "{\"HostName\": \"n1\"}");
        assertJson(call(USER, MockHttpRequest.get("/api/jobs/17/jdl?original=true")), "{\"JDL\": \"[original]\"}");
        assertThat(JSON.readTree(call(USER, MockHttpRequest.get("/api/jobs/17/log"))
                                .getContentAsString())
                        .at("/0/Source")
                        .asText())
                .isEqualTo("JobManager");
    }

    @Test
    void answersWithOrWithoutASlashAtTheEnd() throws Exception {
        assertThat(call(USER, post("/api/jobs/search/", "{}")).getStatus()).isEqualTo(200);
    }

    private static final class Unconfigured extends ConfigurationService {
        @Override
        public Configuration current() {
            return new Configuration(1, Map.of());
        }
    }

    private static final class StillGood extends Reauthentication {
        @Override
        public Standing of(HttpServletRequest request, Caller caller) {
            return () -> {};
        }
    }

    private MockHttpResponse call(Caller caller, MockHttpRequest request) {
        Dispatcher server = MockDispatcherFactory.createDispatcher();
        List.of(
                        JsonBody.class,
                        FailureMapper.class,
                        ViolationMapper.class,
                        ProcessingMapper.class,
                        StrictFlags.class,
                        JsonUnlessNamed.class)
                .forEach(server.getProviderFactory()::registerProvider);
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        server.getRegistry()
                .addSingletonResource(new JobsResource(
                        services.submission,
                        services.monitoring,
                        new OpenExports(new Unconfigured()),
                        new StillGood(),
                        caller));
        server.getRegistry()
                .addSingletonResource(
                        new ChangedJobsResource(services.stateUpdate, services.manager, new AllOrNone(), caller));
        server.getRegistry()
                .addSingletonResource(new RunningJobsResource(services.matcher, services.stateUpdate, caller, clock));
        server.getRegistry().addSingletonResource(new JobResource(services.monitoring, caller));
        MockHttpResponse answer = new MockHttpResponse();
        server.invoke(request, answer);
        return answer;
    }

    private static void assertJson(MockHttpResponse answer, String expected) throws Exception {
        assertThat(JSON.readTree(answer.getContentAsString())).isEqualTo(JSON.readTree(expected));
    }

    private static String detail(MockHttpResponse answer) throws Exception {
        return JSON.readTree(answer.getContentAsString()).get("detail").asText();
    }

    private static MockHttpRequest post(String uri, String body) throws Exception {
        return MockHttpRequest.post(uri).contentType("application/json").content(body.getBytes(UTF_8));
    }

    private static MockHttpRequest patch(String uri, String body) throws Exception {
        return MockHttpRequest.patch(uri).contentType("application/json").content(body.getBytes(UTF_8));
    }

    private static String token(Instant made, Instant expires) {
        String id = new UUID(made.toEpochMilli() << 16 | 0x7000, 0x8000000000000000L).toString();
        String claims = "{\"jti\":\"" + id + "\",\"exp\":" + expires.getEpochSecond() + "}";
        return "e30." + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(UTF_8)) + ".sig";
    }

    /** Services that know job 17 and no other, and remember how they were called. */
    private static final class Services {

        final List<String> calls = new ArrayList<>();
        FoundJobs found = new FoundJobs(List.of(), Optional.empty(), 0, 0);
        final Queue<JobSlice> slices = new ArrayDeque<>();

        private <V> BulkResult<JobId, V> only17(java.util.Collection<JobId> ids, V value) {
            Map<JobId, V> success = new LinkedHashMap<>();
            Map<JobId, Problem> failed = new LinkedHashMap<>();
            for (JobId id : ids) {
                if (id.number() == 17) {
                    success.put(id, value);
                } else {
                    failed.put(id, new Problem(ErrorCode.JOB_NOT_FOUND, "Job " + id + " not found"));
                }
            }
            return new BulkResult<>(success, failed);
        }

        final JobSubmission submission = new JobSubmission() {
            @Override
            public List<SubmittedJob> submit(Caller caller, List<String> jdls, Optional<String> idempotencyKey) {
                calls.add("submit " + jdls + " " + idempotencyKey);
                return List.of(
                        new SubmittedJob(
                                new JobId(1),
                                JobStatus.RECEIVED,
                                "Job accepted",
                                NOW,
                                Optional.of("mine"),
                                List.of("w")),
                        new SubmittedJob(
                                new JobId(2), JobStatus.RECEIVED, "Job accepted", NOW, Optional.empty(), List.of()));
            }
        };

        final JobStateUpdate stateUpdate = new JobStateUpdate() {
            @Override
            public BulkResult<JobId, StatusWritten> status(
                    Caller caller, Map<JobId, Map<Instant, StatusReport>> reports, boolean force) {
                calls.add("status " + reports + " " + force);
                return only17(
                        reports.keySet(),
                        new StatusWritten(
                                Optional.of(JobStatus.KILLED),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(NOW)));
            }

            @Override
            public BulkResult<JobId, List<JobCommand>> heartbeat(Caller caller, Map<JobId, HeartBeat> beats) {
                return only17(beats.keySet(), List.of(new JobCommand(new JobId(17), "Kill", Optional.empty())));
            }

            @Override
            public BulkResult<JobId, Boolean> metadata(Caller caller, Map<JobId, Map<String, String>> values) {
                calls.add("metadata " + values);
                return only17(values.keySet(), true);
            }
        };

        final JobManager manager = new JobManager() {
            @Override
            public BulkResult<JobId, RescheduledJob> reschedule(Caller caller, List<JobId> jobs, boolean reset) {
                calls.add("reschedule " + jobs + " " + reset);
                return only17(
                        jobs, new RescheduledJob(JobStatus.RECEIVED, "Job Rescheduled", "Unknown", "ANY", 1, NOW, 1));
            }
        };

        final JobMonitoring monitoring = new JobMonitoring() {
            @Override
            public JobSlice slice(Caller caller, JobQuery query, Optional<JobId> after, int limit) {
                calls.add("slice " + after);
                return slices.remove();
            }

            @Override
            public FoundJobs search(Caller caller, JobQuery query, int page, int perPage) {
                calls.add("search " + query + " " + page + " " + perPage);
                return found;
            }

            @Override
            public List<JobCount> summary(Caller caller, List<String> grouping, List<JobQuery.Filter> filters) {
                return List.of(new JobCount(Map.of("Status", Optional.of("Done")), 3));
            }

            @Override
            public History history(Caller caller, HistoryQuery query) {
                calls.add("history " + query);
                return new History(
                        Duration.ofHours(1),
                        List.of(NOW),
                        List.of(new History.Series(Map.of("Status", Optional.of("Done")), List.of(2.5))));
            }

            @Override
            public JobDetails job(Caller caller, JobId id) {
                Map<String, Optional<Object>> columns = new LinkedHashMap<>();
                for (String name : List.of(
                        "JobType",
                        "JobGroup",
                        "Site",
                        "JobName",
                        "Owner",
                        "OwnerGroup",
                        "VO",
                        "MinorStatus",
                        "ApplicationStatus")) {
                    columns.put(name, Optional.of("x"));
                }
                columns.put("Status", Optional.of("Running"));
                columns.put("SubmissionTime", Optional.of(NOW));
                columns.put("UserPriority", Optional.of(1L));
                columns.put("RescheduleCounter", Optional.of(0L));
                columns.put("VerifiedFlag", Optional.of(true));
                columns.put("AccountedFlag", Optional.of(false));
                return new JobDetails(
                        id, columns, 2, Optional.of(new PilotStamp("p1")), Map.of("HostName", "n1"), List.of("w"));
            }

            @Override
            public List<LoggedStatus> log(Caller caller, JobId id) {
                return List.of(new LoggedStatus("Received", "Job accepted", "Unknown", NOW, "JobManager"));
            }

            @Override
            public Map<String, String> parameters(Caller caller, JobId id) {
                return Map.of("HostName", "n1");
            }

            @Override
            public String jdl(Caller caller, JobId id, boolean original) {
                return original ? "[original]" : "[]";
            }
        };

        final Matcher matcher = new Matcher() {
            @Override
            public List<MatchedJob> match(Caller caller, ResourceDescription resource, int jobs) {
                return List.of(
                        new MatchedJob(new JobId(17), 1, "[]", ALICE, GROUP, VO, "job-token", Duration.ofSeconds(60)));
            }

            @Override
            public JobToken renewToken(Caller caller) {
                return new JobToken("next-token", Duration.ofSeconds(60));
            }
        };
    }
}
