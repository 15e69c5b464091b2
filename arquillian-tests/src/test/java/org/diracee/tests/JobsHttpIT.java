/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jobs as REST consumers meet them: every route, its success code and its refusals. */
class JobsHttpIT {

    /** Nobody runs this site: its jobs stay Waiting. */
    static final String NOWHERE = "Executable = \"/bin/true\"; Site = \"DIRAC.Nowhere.test\";";

    static Http alice;
    static Http bob;
    static Http root;
    static Http carol;

    @BeforeAll
    static void connect() {
        RunningSystem system = RunningSystem.up();
        alice = system.user("alice");
        bob = system.user("bob");
        root = system.user("root");
        carol = system.user("carol");
    }

    @Nested
    class Submission {

        @Test
        void answersOneRowPerDescriptionInOrder() {
            Answer answer =
                    alice.post("/api/jobs/jdl", jdls("JobName = \"a\";" + NOWHERE, "JobName = \"b\";" + NOWHERE));

            assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
            assertThat(answer.json()).hasSize(2);
            assertThat(answer.json().path(0).path("Status").asText()).isEqualTo("Received");
            assertThat(answer.json().path(0).path("MinorStatus").asText()).isEqualTo("Job accepted");
            assertThat(job(alice, ids(answer).get(0)).path("JobName").asText()).isEqualTo("a");
            assertThat(job(alice, ids(answer).get(1)).path("JobName").asText()).isEqualTo("b");
        }

        @Test
        void makesThousandsOfJobsOfOneSweep() {
            String group = unique();
            Answer answer = alice.post(
                    "/api/jobs/jdl",
                    jdls("Parameters = 5000; JobName = \"n-%n\"; JobGroup = \"" + group + "\";" + NOWHERE));

            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.json()).hasSize(5000);
            JsonNode last = job(alice, ids(answer).get(4999));
            assertThat(last.path("JobName").asText()).isEqualTo("n-4999");
            assertThat(last.path("Status").asText()).isEqualTo("Waiting");
            assertThat(summary(alice, group).path(0).path("count").asInt()).isEqualTo(5000);
        }

        @Test
        void givesTheSameJobsForTheSameIdempotencyKey() {
            String key = unique();
            Answer first = submit(alice, key, jdls(NOWHERE));
            Answer repeat = submit(alice, key, jdls(NOWHERE));

            assertThat(first.status()).isEqualTo(201);
            assertThat(repeat.status()).isEqualTo(201);
            assertThat(ids(repeat)).isEqualTo(ids(first));
        }

        @Test
        void refusesAnotherBodyUnderTheSameKey() {
            String key = unique();
            submit(alice, key, jdls(NOWHERE));
            Answer other = submit(alice, key, jdls("JobName = \"other\";" + NOWHERE));

            assertThat(other.status()).as(other.toString()).isEqualTo(409);
            assertThat(other.json().path("code").asText()).isEqualTo("IDEMPOTENCY_CONFLICT");
        }

        @Test
        void namesLineAndColumnOfASyntaxError() {
            Answer answer = alice.post("/api/jobs/jdl", jdls("Executable = \"/bin/true\";\nSite = ;"));

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.header("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
            assertThat(answer.detail()).contains("line 2").contains("column");
        }

        @Test
        void submitsNothingIfOneDescriptionIsWrong() {
            String group = unique();
            Answer answer = alice.post(
                    "/api/jobs/jdl",
                    jdls(
                            "JobGroup = \"" + group + "\";" + NOWHERE,
                            "JobGroup = \"" + group + "\"; Priority = 77;" + NOWHERE));

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text()).contains("Priority").contains("77").contains("10");
            assertThat(summary(alice, group)).isEmpty();
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
            Parameters = {"a","b"}; Parameters.X = {"a","b","c"}; | 3
            Parameters = 1000000;                                 | 100000
            Parameters = -1;                                      | -1
            Owner = "mallory";                                    | Owner
            CPUTime = 1;                                          | 100
            JobType = "Unheard";                                  | User
            LogLevel = "LOUD";                                    | LogLevel
            """)
        void refusesAWrongDescriptionAndSaysWhatIsAllowed(String attributes, String told) {
            Answer answer = alice.post("/api/jobs/jdl", jdls(attributes + NOWHERE));

            assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
            assertThat(answer.text()).contains(told);
        }

        @Test
        void tellsAboutAttributesThatDoNotActYet() {
            Answer answer =
                    alice.post("/api/jobs/jdl", jdls("InputDataPolicy = \"Download\"; Exeutable = \"x\";" + NOWHERE));

            assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
            assertThat(answer.json().path(0).path("Warnings").toString())
                    .contains("InputDataPolicy")
                    .contains("Exeutable")
                    .contains("Executable");
        }
    }

    @Nested
    class Explaining {

        @Test
        void tellsWhyAJobWaits() {
            long id = ids(alice.post("/api/jobs/jdl", jdls(NOWHERE))).get(0);
            Answer answer = alice.get("/api/jobs/" + id + "/explain");

            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            assertThat(answer.json().path("Status").asText()).isEqualTo("Waiting");
            assertThat(answer.json().path("Sentence").asText()).isNotBlank();
            JsonNode waiting = answer.json().path("Waiting");
            assertThat(waiting.path("Reason").asText()).isIn("no_resource", "nothing_fits");
            assertThat(waiting.path("Queue").path("Requirements").path("Owner").asText())
                    .isEqualTo("alice");
            assertThat(waiting.path("Resources").path("Taking").asInt()).isZero();
            for (JsonNode resource : waiting.path("Resources").path("Best")) {
                assertThat(resource.path("Unmet").get(0).path("Sentence").asText())
                        .isNotBlank();
            }
        }

        @Test
        void tellsWhatADescriptionWouldMakeAndMakesNothing() {
            String group = unique();
            String sweep = "Parameters = 3; JobGroup = \"" + group + "\";" + NOWHERE;
            Answer answer = alice.post("/api/jobs/dry-run", jdls(sweep));

            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            assertThat(answer.json().path(0).path("Jobs").asInt()).isEqualTo(3);
            assertThat(answer.json().path(0).path("Queues")).hasSize(1);
            assertThat(summary(alice, group)).isEmpty();
            assertThat(alice.post("/api/jobs/dry-run", jdls("Priority = 77;" + NOWHERE))
                            .status())
                    .isEqualTo(400);
        }

        @Test
        void countsCausesOfAGroup() {
            String group = unique();
            long id = ids(alice.post("/api/jobs/jdl", jdls("JobGroup = \"" + group + "\";" + NOWHERE)))
                    .get(0);
            status(alice, id, "Killed", "Marked for termination");
            Answer answer = alice.post(
                    "/api/jobs/failures",
                    "{\"search\":[{\"parameter\":\"JobGroup\",\"operator\":\"eq\",\"value\":\"" + group + "\"}]}");

            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            assertThat(answer.json().path("Causes")).hasSize(1);
            assertThat(answer.json().path("Causes").get(0).path("Cause").asText())
                    .isEqualTo("user");
            assertThat(answer.json().path("Causes").get(0).path("JobIDs").get(0).asLong())
                    .isEqualTo(id);
        }
    }

    @Nested
    class Reading {

        @Test
        void showsAttributesParametersLogAndDescription() {
            long id = ids(alice.post("/api/jobs/jdl", jdls("JobName = \"seen\";" + NOWHERE)))
                    .get(0);

            assertThat(job(alice, id).path("Owner").asText()).isEqualTo("alice");
            assertThat(alice.get("/api/jobs/" + id + "/log").json().findValuesAsText("Status"))
                    .startsWith("Received")
                    .endsWith("Waiting");
            assertThat(alice.get("/api/jobs/" + id + "/parameters").status()).isEqualTo(200);
            assertThat(alice.get("/api/jobs/" + id + "/jdl").json().path("JDL").asText())
                    .contains("JobID = " + id)
                    .contains("\"seen\"");
        }

        @Test
        void hidesJobsOfAnotherVo() {
            long id = ids(alice.post("/api/jobs/jdl", jdls(NOWHERE))).get(0);

            assertThat(carol.get("/api/jobs/" + id).status()).isIn(403, 404);
            assertThat(search(carol, "{\"parameter\":\"JobID\",\"operator\":\"eq\",\"value\":" + id + "}")
                            .json())
                    .isEmpty();
        }

        @Test
        void pagesWithContentRange() {
            String group = unique();
            alice.post("/api/jobs/jdl", jdls("Parameters = 25; JobGroup = \"" + group + "\";" + NOWHERE));
            String body = "{\"search\":[{\"parameter\":\"JobGroup\",\"operator\":\"eq\",\"value\":\"" + group
                    + "\"}],\"sort\":[{\"parameter\":\"JobID\",\"direction\":\"desc\"}]}";

            Answer first = alice.post("/api/jobs/search?page=1&per_page=10", body);
            Answer last = alice.post("/api/jobs/search?page=3&per_page=10", body);
            Answer past = alice.post("/api/jobs/search?page=4&per_page=10", body);
            Answer whole = alice.post("/api/jobs/search?page=1&per_page=25", body);

            assertThat(first.status()).isEqualTo(206);
            assertThat(first.header("Content-Range")).contains("jobs 0-9/25");
            assertThat(last.header("Content-Range")).contains("jobs 20-24/25");
            assertThat(past.status()).isEqualTo(416);
            assertThat(past.header("Content-Range")).contains("jobs */25");
            assertThat(whole.status()).isEqualTo(200);
            assertThat(whole.header("Content-Range")).isEmpty();
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
            {"parameter":"NoSuch","operator":"eq","value":1}              | NoSuch
            {"parameter":"Status","operator":"sounds like","value":"x"}   | operator
            {"parameter":"Owner","operator":"regex","value":"(("}         | Owner
            {"parameter":"SubmissionTime","operator":"gt","value":"soon"} | SubmissionTime
            """)
        void refusesASearchThatMakesNoSense(String spec, String told) {
            Answer answer = search(alice, spec);

            assertThat(answer.status()).as(answer.toString()).isIn(400, 422);
            assertThat(answer.text()).contains(told);
        }
    }

    @Nested
    class Changing {

        @Test
        void killsAndDeletesOwnJobs() {
            long id = ids(alice.post("/api/jobs/jdl", jdls(NOWHERE))).get(0);

            Answer killed = status(alice, id, "Killed", "Marked for termination");
            assertThat(killed.status()).as(killed.toString()).isEqualTo(200);
            assertThat(job(alice, id).path("Status").asText()).isEqualTo("Killed");
            assertThat(status(alice, id, "Deleted", "Checking accounting").status())
                    .isEqualTo(200);
            assertThat(job(alice, id).path("Status").asText()).isEqualTo("Deleted");
        }

        @Test
        void ignoresAMoveThatTheStateTableForbids() {
            long id = ids(alice.post("/api/jobs/jdl", jdls(NOWHERE))).get(0);

            assertThat(status(alice, id, "Done", "Execution Complete").status()).isEqualTo(200);
            assertThat(job(alice, id).path("Status").asText()).isEqualTo("Waiting");
        }

        @Test
        void answersAnOrderToKillWhatHasEndedWithWhereTheJobStands() {
            long id = ids(alice.post("/api/jobs/jdl", jdls(NOWHERE))).get(0);
            alice.patch("/api/jobs/status?force=true", report(id, "Done", "Execution Complete"));

            Answer answer = status(alice, id, "Killed", "Marked for termination");

            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            JsonNode written = answer.json().path("success").path("" + id);
            assertThat(written.path("Status").asText()).isEqualTo("Done");
            assertThat(written.path("MinorStatus").asText()).isEqualTo("Execution Complete");
            JsonNode log = alice.get("/api/jobs/" + id + "/log").json();
            assertThat(log.path(log.size() - 1).path("Status").asText()).isEqualTo("Done");
            assertThat(log.path(log.size() - 1).path("Source").asText()).isEqualTo("test(SM)");
        }

        @Test
        void leavesJobsOfOthersAlone() {
            long id = ids(alice.post("/api/jobs/jdl", jdls(NOWHERE))).get(0);

            assertThat(status(bob, id, "Killed", "x").status()).isEqualTo(403);
            assertThat(job(alice, id).path("Status").asText()).isEqualTo("Waiting");
            assertThat(status(root, id, "Killed", "x").status()).isEqualTo(200);
        }

        @Test
        void reschedulesUntilTheLimit() {
            long id = ids(alice.post("/api/jobs/jdl", jdls(NOWHERE))).get(0);
            String body = "{\"job_ids\":[" + id + "]}";

            for (int cycle = 1; cycle <= 3; cycle++) {
                Answer answer = alice.post("/api/jobs/reschedule", body);
                assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
                assertThat(answer.json()
                                .path("success")
                                .path("" + id)
                                .path("RescheduleCounter")
                                .asInt())
                        .isEqualTo(cycle);
            }
            assertThat(alice.post("/api/jobs/reschedule", body).status()).isEqualTo(400);
            assertThat(job(alice, id).path("MinorStatus").asText()).isEqualTo("Maximum of reschedulings reached");
        }

        @Test
        void answersUnknownJobsByTheirId() {
            Answer answer = status(root, 999_999_999_999L, "Killed", "x");

            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.json()
                            .path("detail")
                            .path("failed")
                            .path("999999999999")
                            .path("detail")
                            .asText())
                    .isEqualTo("Not found");
        }
    }

    static String unique() {
        return UUID.randomUUID().toString().substring(0, 20);
    }

    static String jdls(String... jdls) {
        List<String> quoted = new ArrayList<>();
        for (String jdl : jdls) {
            quoted.add("\"" + jdl.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"");
        }
        return "[" + String.join(",", quoted) + "]";
    }

    static List<Long> ids(Answer submitted) {
        assertThat(submitted.status()).as(submitted.toString()).isEqualTo(201);
        List<Long> ids = new ArrayList<>();
        submitted.json().forEach(job -> ids.add(job.path("JobID").asLong()));
        return ids;
    }

    static JsonNode job(Http caller, long id) {
        Answer answer = caller.get("/api/jobs/" + id);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    static Answer submit(Http caller, String key, String body) {
        return caller.send(caller.request("/api/jobs/jdl")
                .header("Content-Type", Http.JSON)
                .header("Idempotency-Key", key)
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(body)));
    }

    static Answer search(Http caller, String spec) {
        return caller.post("/api/jobs/search", "{\"search\":[" + spec + "]}");
    }

    static JsonNode summary(Http caller, String group) {
        return caller.post(
                        "/api/jobs/summary",
                        "{\"grouping\":[\"Status\"],\"search\":[{\"parameter\":\"JobGroup\",\"operator\":\"eq\",\"value\":\""
                                + group + "\"}]}")
                .json();
    }

    static Answer status(Http caller, long id, String status, String minor) {
        return caller.patch("/api/jobs/status", report(id, status, minor));
    }

    private static String report(long id, String status, String minor) {
        return "{\"" + id + "\":{\"" + java.time.Instant.now() + "\":{\"Status\":\"" + status + "\",\"MinorStatus\":\""
                + minor + "\",\"Source\":\"test\"}}}";
    }
}
