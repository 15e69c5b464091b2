/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.diracee.tests.ConfigurationCalls.document;
import static org.diracee.tests.ConfigurationCalls.edits;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The configuration as its administrators change it, and as everybody sees how it came to be so. */
class ConfigurationAdministrationHttpIT {

    private static final String MAX_RESCHEDULING = "/Operations/Defaults/JobScheduling/MaxRescheduling";

    static RunningSystem system;
    static ConfigurationCalls root;
    static ConfigurationCalls alice;
    static ConfigurationCalls carol;

    /** A section that no other test has; options that nothing knows are allowed in it. */
    private final String own = "/Operations/Defaults/Tests/" + JobsHttpIT.unique();

    private long before;

    @BeforeAll
    static void connect() {
        system = RunningSystem.up();
        root = new ConfigurationCalls(system.user("root"));
        alice = new ConfigurationCalls(system.user("alice"));
        carol = new ConfigurationCalls(system.user("carol"));
    }

    @BeforeEach
    void remember() {
        before = root.inForce();
    }

    /** Others share the system. */
    @AfterEach
    void restore() {
        Answer back = root.rollBack(before);
        assertThat(back.status()).as(back.toString()).isIn(200, 201);
    }

    @Nested
    class Committing {

        @Test
        void makesARevisionThatIsInForceAtOnce() {
            Answer answer = root.set(own + "/Note", "first");

            assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
            JsonNode revision = answer.json().path("revision");
            assertThat(revision.path("revision").asLong()).isEqualTo(before + 1);
            assertThat(revision.path("author").asText()).isEqualTo("root");
            assertThat(revision.path("origin").asText()).isEqualTo("127.0.0.1");
            assertThat(revision.path("message").asText()).isEqualTo("A test wants it so");
            assertThat(answer.header("Location"))
                    .hasValueSatisfying(place -> assertThat(place).endsWith("/api/config/revisions/" + (before + 1)));
            assertThat(alice.value(own + "/Note")).isEqualTo("first");
            assertThat(alice.caller().get("/api/config/").header("ETag"))
                    .contains(revision.path("hash").asText());
        }

        @Test
        void takesEffectWithoutARestart() {
            Http submitter = alice.caller();
            String sweep = JobsHttpIT.jdls("Parameters = 5; " + JobsHttpIT.NOWHERE);
            assertThat(submitter.post("/api/jobs/jdl", sweep).status()).isEqualTo(201);

            Answer lowered = root.set("/Operations/demo/JobDescription/MaxParametricJobs", "4");
            assertThat(lowered.status()).as(lowered.toString()).isEqualTo(201);
            Answer refused = submitter.post("/api/jobs/jdl", sweep);
            assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
            assertThat(refused.json().path("code").asText()).isEqualTo("TOO_MANY_JOBS");
            assertThat(refused.detail()).contains("5").contains("4");

            assertThat(root.rollBack(before).status()).isEqualTo(201);
            assertThat(submitter.post("/api/jobs/jdl", sweep).status()).isEqualTo(201);
        }

        @Test
        void mergesWithWhatOthersChangedElsewhere() {
            root.set(own + "/Theirs", "1");

            Answer answer = root.set(before, own + "Beside/Mine", "2");

            assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
            assertThat(root.value(own + "/Theirs")).isEqualTo("1");
            assertThat(root.value(own + "Beside/Mine")).isEqualTo("2");
        }

        @Test
        void refusesWhatOthersChangedOtherwiseAndShowsBothSides() {
            root.set(MAX_RESCHEDULING, "4");

            Answer answer = root.set(before, MAX_RESCHEDULING, "5");

            problem(answer, 409, "CONFIGURATION_CONFLICT", "Somebody else has changed the same");
            assertThat(answer.detail())
                    .isEqualTo("Since revision " + before + ", on which your change is made, others have changed the"
                            + " same: " + MAX_RESCHEDULING + ". In force is revision " + (before + 1) + ".");
            JsonNode errors = answer.json().path("errors");
            assertThat(errors).hasSize(1);
            assertThat(errors.at("/0/field").asText()).isEqualTo(MAX_RESCHEDULING);
            assertThat(new ObjectMapper().convertValue(errors.at("/0/values"), Map.class))
                    .isEqualTo(Map.of(
                            "base", "3", "theirs", "4", "yours", "5", "by", "root", "revision", "" + (before + 1)));
            assertThat(root.value(MAX_RESCHEDULING)).isEqualTo("4");
        }

        @Test
        void makesNoSecondRevisionOfARepeat() {
            String key = JobsHttpIT.unique();
            ObjectNode body = edits(Map.of(own + "/Note", "once"));
            Answer first = root.commit(key, body);
            Answer repeat = root.commit(key, body);

            assertThat(first.status()).as(first.toString()).isEqualTo(201);
            assertThat(repeat.status()).isEqualTo(201);
            assertThat(repeat.json().path("revision")).isEqualTo(first.json().path("revision"));
            assertThat(repeat.json().path("changes")).isEqualTo(first.json().path("changes"));
            assertThat(root.inForce()).isEqualTo(before + 1);
            problem(
                    root.commit(key, edits(Map.of(own + "/Note", "twice"))),
                    409,
                    "IDEMPOTENCY_CONFLICT",
                    "The idempotency key was used for another request");
        }

        @Test
        void answers200AndMakesNoRevisionIfNothingDiffers() {
            Answer answer = root.set(MAX_RESCHEDULING, "3");

            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            assertThat(answer.json().has("revision")).isFalse();
            assertThat(answer.json().path("changes")).isEmpty();
            assertThat(root.inForce()).isEqualTo(before);
        }

        @Test
        void warnsOfAnOptionThatNothingKnows() {
            Answer answer = root.set("/Operations/Defaults/JobScheduling/MaxReschedulin", "3");

            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.json().at("/warnings/0/message").asText()).contains("MaxRescheduling");
        }

        @Test
        void takesAWholeDocumentAndKeepsItsComments() {
            String text = root.text("") + "# the end\n";

            Answer answer = root.commit(document(before, text));

            assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
            assertThat(root.text("")).isEqualTo(text);
            Answer yaml = root.caller().get("/api/config/document?format=yaml");
            Answer same = root.commit(
                    document(before + 1, yaml.json().path("document").asText()).put("format", "yaml"));
            assertThat(same.status()).as(same.toString()).isEqualTo(200);
        }

        @Test
        void laysADocumentOverWhatThereIs() {
            String text =
                    "Operations\n{\n  Defaults\n  {\n    JobScheduling\n    {\n      MaxRescheduling = 7\n    }\n  }\n}\n";

            Answer answer = root.commit(document(before, text).put("mode", "merge"));

            assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
            assertThat(answer.json().path("changes").toString())
                    .isEqualTo("[{\"path\":\"" + MAX_RESCHEDULING
                            + "\",\"kind\":\"changed\",\"before\":\"3\",\"after\":\"7\"}]");
        }
    }

    @Nested
    class Previewing {

        @Test
        void tellsWhatWouldChangeAndChangesNothing() {
            Answer answer = root.preview(edits(Map.of(MAX_RESCHEDULING, "9")));

            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            assertThat(answer.json().has("revision")).isFalse();
            assertThat(answer.json().at("/changes/0/before").asText()).isEqualTo("3");
            assertThat(answer.json().at("/changes/0/after").asText()).isEqualTo("9");
            assertThat(root.inForce()).isEqualTo(before);
        }

        @Test
        void refusesWhatACommitWouldRefuse() {
            problem(
                    root.preview(edits(Map.of(MAX_RESCHEDULING, "many"))),
                    400,
                    "INVALID_REQUEST",
                    "The request cannot be carried out");
            problem(alice.preview(edits(Map.of(MAX_RESCHEDULING, "9"))), 403, "FORBIDDEN", "Forbidden");
        }
    }

    @Nested
    class Refusing {

        @ParameterizedTest
        @CsvSource({
            "POST, /api/config/revisions",
            "POST, /api/config/rollback",
            "GET,  /api/config/revisions",
            "GET,  /api/config/revisions/1",
            "GET,  /api/config/diff?from=1&to=1",
            "GET,  /api/config/blame",
            "GET,  /api/config/document",
            "GET,  /api/config/option?path=/x",
        })
        void whoIsNotLoggedIn(String method, String path) {
            Http nobody = system.anonymous();
            Answer answer = method.equals("GET")
                    ? nobody.get(path)
                    : nobody.post(path, edits(Map.of(MAX_RESCHEDULING, "5")).toString());

            problem(answer, 401, "UNAUTHENTICATED", "Authentication required");
            assertThat(answer.detail()).isEqualTo("Authorization header is missing");
            assertThat(answer.header("WWW-Authenticate")).contains("Bearer");
        }

        @Test
        void whoHasNoRight() {
            Answer answer = alice.set(MAX_RESCHEDULING, "5");

            problem(answer, 403, "FORBIDDEN", "Forbidden");
            assertThat(answer.detail())
                    .isEqualTo("Changing the configuration needs the property CSAdministrator, or being named in"
                            + " VOAdmin or VOAdminGroup of the VO demo");
            problem(alice.rollBack(1), 403, "FORBIDDEN", "Forbidden");
        }

        @Test
        void aWrongValue() {
            Answer answer = root.set(MAX_RESCHEDULING, "many");

            problem(answer, 400, "INVALID_REQUEST", "The request cannot be carried out");
            assertThat(answer.json().path("errors")).hasSize(1);
            assertThat(answer.json().at("/errors/0/field").asText()).isEqualTo(MAX_RESCHEDULING);
            assertThat(answer.json().at("/errors/0/message").asText())
                    .isEqualTo("'many': The value is wrong: allowed is a whole number from 0 to 2147483647.");
            assertThat(root.inForce()).isEqualTo(before);
        }

        @Test
        void aSecretWithoutRepeatingIt() {
            String secret = "hunter2-" + JobsHttpIT.unique();
            String text =
                    "Systems\n{\n  Framework\n  {\n    SMTP\n    {\n      Password = " + secret + "\n    }\n  }\n}\n";
            List<Answer> answers = List.of(
                    root.set("/Systems/Framework/SMTP/Password", secret),
                    root.preview(edits(Map.of("/Systems/Framework/SMTP/Password", secret))),
                    root.commit(document(before, text).put("mode", "merge")));

            for (Answer answer : answers) {
                problem(answer, 400, "INVALID_REQUEST", "The request cannot be carried out");
                assertThat(answer.json().at("/errors/0/field").asText()).isEqualTo("/Systems/Framework/SMTP/Password");
                assertThat(answer.detail()).contains("credential:<alias>");
                assertThat(answer.text()).doesNotContain(secret);
            }
            assertThat(system.node(0).log()).doesNotContain(secret);
        }

        @Test
        void aFormatOrModeThatIsNone() {
            malformed(root.commit(document(before, "").put("format", "xml")), "format", "cfg and yaml");
            malformed(root.commit(document(before, "").put("mode", "append")), "mode", "replace and merge");
            malformed(root.caller().get("/api/config/document?format=xml"), "format", "cfg and yaml");
        }

        @Test
        void aDocumentBesideEditsOrNeither() {
            ObjectNode both = edits(Map.of(MAX_RESCHEDULING, "5")).put("document", "A = 1");
            malformed(root.commit(both), "document", "either edits or a document");
            malformed(root.commit(edits(Map.of())), "document", "either edits or a document");
        }

        @ParameterizedTest
        @ValueSource(strings = {"{\"message\": \"x\", \"edit\": []}", "{\"edits\": []}", "{", "[]", "null", ""})
        void aBodyOfAnotherShape(String body) {
            problem(
                    root.caller().post(ConfigurationCalls.REVISIONS, body),
                    422,
                    "MALFORMED_REQUEST",
                    "The request is malformed");
        }

        @Test
        void aBrokenFileAndNamesLineAndColumn() {
            Answer answer = root.commit(document(before, "Registry\n{\n  Users }\n}\n"));

            problem(answer, 400, "INVALID_REQUEST", "The request cannot be carried out");
            assertThat(answer.detail()).contains("line 3, column ");
            assertThat(answer.json().at("/errors/0/field").asText()).startsWith("line 3, column ");
            Answer yaml =
                    root.commit(document(before, "Registry:\n  Users: [\n").put("format", "yaml"));
            problem(yaml, 400, "INVALID_REQUEST", "The request cannot be carried out");
            assertThat(yaml.detail()).contains("line ").contains("column ");
        }

        @Test
        void aDocumentWithoutItsBase() {
            ObjectNode body = document(before, "A = 1");
            body.remove("base");

            Answer answer = root.commit(body);

            problem(answer, 400, "INVALID_REQUEST", "The request cannot be carried out");
            assertThat(answer.detail()).startsWith("base: ").contains("in force is " + before);
        }

        @Test
        void anEmptyMessage() {
            Answer answer = root.commit(edits(Map.of(MAX_RESCHEDULING, "5")).put("message", " "));

            problem(answer, 400, "INVALID_REQUEST", "The request cannot be carried out");
            assertThat(answer.detail()).startsWith("message: ");
        }

        @Test
        void aRevisionThatIsNone() {
            long none = before + 1000;
            for (Answer answer : List.of(
                    root.caller().get("/api/config/revisions/" + none),
                    root.caller().get("/api/config/document?revision=" + none),
                    root.caller().get("/api/config/diff?from=1&to=" + none),
                    root.rollBack(none),
                    root.set(none, MAX_RESCHEDULING, "5"))) {
                problem(answer, 404, "NOT_FOUND", "Not found");
                assertThat(answer.detail())
                        .isEqualTo("There is no revision " + none + " of the configuration: there are 1 to " + before);
            }
        }

        @Test
        void aBodyOverTheLimit() {
            Answer answer = root.commit(document(before, "#".repeat(33 * 1024 * 1024)));

            problem(answer, 413, "TOO_LARGE", "The content is too large");
            assertThat(answer.detail()).isEqualTo("The request body is too large: allowed here are 32 MiB");
        }
    }

    @Nested
    class VoAdministrators {

        @BeforeEach
        void appoint() {
            assertThat(root.set("/Registry/other/VOAdmin", "carol").status()).isEqualTo(201);
        }

        @Test
        void changeWhatIsTheirVos() {
            Answer answer = carol.set("/Operations/other/JobScheduling/MaxRescheduling", "5");

            assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
            assertThat(answer.json().at("/revision/author").asText()).isEqualTo("carol");
            assertThat(alice.value("/Operations/other/JobScheduling/MaxRescheduling"))
                    .isEqualTo("5");
        }

        @ParameterizedTest
        @CsvSource({
            "/Operations/Defaults/JobScheduling/MaxRescheduling, /Operations/Defaults/JobScheduling/MaxRescheduling",
            "/Operations/demo/JobScheduling/MaxRescheduling, /Operations/demo",
            "/Registry/demo/DefaultGroup, /Registry/demo/DefaultGroup",
            "/Registry/other/VOAdmin, /Registry/other/VOAdmin",
            "/Systems/Framework/Services/API/AllowedOrigins, /Systems/Framework/Services/API/AllowedOrigins"
        })
        void changeNothingElse(String path, String named) {
            Answer answer = carol.set(path, "5");

            problem(answer, 403, "FORBIDDEN", "Forbidden");
            assertThat(answer.detail())
                    .startsWith(named + " is not for administrators of the VO other: they change its section");
            assertThat(carol.preview(edits(Map.of(path, "5"))).status()).isEqualTo(403);
        }

        @Test
        void cannotMakeThemselvesMore() {
            Answer answer = carol.set("/Registry/other/Groups/other_user/Properties", "NormalUser, CSAdministrator");

            problem(answer, 403, "FORBIDDEN", "Forbidden");
        }

        @Test
        void areRefusedAsAWhole() {
            Answer answer = carol.commit(
                    edits(Map.of("/Operations/other/JobScheduling/MaxRescheduling", "5", MAX_RESCHEDULING, "5")));

            problem(answer, 403, "FORBIDDEN", "Forbidden");
            assertThat(alice.value("/Operations/other/JobScheduling/MaxRescheduling"))
                    .isEqualTo("3");
        }
    }

    @Nested
    class RollingBack {

        @Test
        void makesTheOldDocumentANewRevision() {
            String text = root.text("");
            root.set(MAX_RESCHEDULING, "4");

            Answer answer = root.rollBack(before);

            assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
            assertThat(answer.json().at("/revision/revision").asLong()).isEqualTo(before + 2);
            assertThat(answer.json().path("changes").toString())
                    .isEqualTo("[{\"path\":\"" + MAX_RESCHEDULING
                            + "\",\"kind\":\"changed\",\"before\":\"4\",\"after\":\"3\"}]");
            assertThat(root.text("")).isEqualTo(text);
            assertThat(root.text("?revision=" + before)).isEqualTo(text);
        }

        @Test
        void isRefusedIfTheRevisionInForceIsAnother() {
            root.set(MAX_RESCHEDULING, "4");

            Answer answer = root.caller()
                    .post(
                            "/api/config/rollback",
                            "{\"to\":1,\"base\":" + before + ",\"message\":\"A test wants it so\"}");

            problem(answer, 409, "CONFIGURATION_CONFLICT", "Somebody else has changed the same");
            assertThat(root.value(MAX_RESCHEDULING)).isEqualTo("4");
        }
    }

    @Nested
    class Looking {

        @Test
        void everybodySeesHistoryDifferenceAndBlame() {
            root.set(own + "/Note", "first");
            root.set(own + "/Note", "second");

            JsonNode page = alice.caller().get("/api/config/revisions?limit=2").json();
            assertThat(page.path("revisions").findValuesAsText("revision"))
                    .containsExactly(Long.toString(before + 2), Long.toString(before + 1));
            assertThat(page.path("next").asLong()).isEqualTo(before + 1);
            JsonNode older = alice.caller()
                    .get("/api/config/revisions?limit=1&before=" + (before + 1))
                    .json();
            assertThat(older.at("/revisions/0/revision").asLong()).isEqualTo(before);

            JsonNode made =
                    alice.caller().get("/api/config/revisions/" + (before + 2)).json();
            assertThat(made.at("/revision/message").asText()).isEqualTo("A test wants it so");
            assertThat(made.path("changes").toString())
                    .isEqualTo("[{\"path\":\"" + own
                            + "/Note\",\"kind\":\"changed\",\"before\":\"first\",\"after\":\"second\"}]");

            JsonNode difference = alice.caller()
                    .get("/api/config/diff?from=" + before + "&to=" + (before + 2))
                    .json();
            assertThat(difference.path("changes").findValuesAsText("path")).contains(own, own + "/Note");
            assertThat(difference.path("changes").findValuesAsText("kind")).containsOnly("added");

            JsonNode blame = alice.caller()
                    .get("/api/config/blame?path=" + own + "/Note")
                    .json();
            assertThat(blame).hasSize(1);
            assertThat(blame.at("/0/value").asText()).isEqualTo("second");
            assertThat(blame.at("/0/revision/revision").asLong()).isEqualTo(before + 2);
        }

        @Test
        void anOptionTellsWhereItsValueStandsAndWhatIsAllowed() {
            JsonNode option = alice.caller()
                    .get("/api/config/option?path=JobScheduling/MaxRescheduling&vo=demo")
                    .json();

            assertThat(option.path("path").asText()).isEqualTo("/Operations/demo/JobScheduling/MaxRescheduling");
            assertThat(option.path("value").asText()).isEqualTo("3");
            assertThat(option.path("source").asText()).isEqualTo(MAX_RESCHEDULING);
            assertThat(option.at("/declaration/pattern").asText())
                    .isEqualTo("/Operations/{vo}/JobScheduling/MaxRescheduling");
            assertThat(option.at("/declaration/type").asText()).isEqualTo("a whole number from 0 to 2147483647");
            assertThat(option.at("/declaration/default").asText()).isEqualTo("3");
            assertThat(option.at("/last_change/revision").asLong()).isPositive();
        }

        @Test
        void aSectionIsShownAlone() {
            assertThat(alice.text("?path=/Operations/Defaults/JobDescription"))
                    .isEqualTo("MaxParametricJobs = 100000\n");
            Answer nothing = alice.caller().get("/api/config/document?path=/Nowhere/At/All");
            problem(nothing, 404, "NOT_FOUND", "Not found");
            assertThat(nothing.detail())
                    .isEqualTo("There is nothing at /Nowhere/At/All in revision " + before + " of the configuration");
        }
    }

    private static void malformed(Answer answer, String field, String told) {
        problem(answer, 422, "MALFORMED_REQUEST", "The request is malformed");
        assertThat(answer.json().at("/errors/0/field").asText()).isEqualTo(field);
        assertThat(answer.json().at("/errors/0/message").asText()).contains(told);
        assertThat(answer.detail()).startsWith(field + ": ").contains(told);
    }

    private static void problem(Answer answer, int status, String code, String title) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.header("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        JsonNode problem = answer.json();
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("code").asText()).isEqualTo(code);
        assertThat(problem.path("title").asText()).isEqualTo(title);
        assertThat(problem.path("type").asText())
                .isEqualTo(
                        "urn:diracee:problem:" + code.toLowerCase(Locale.ROOT).replace('_', '-'));
        assertThat(problem.path("detail").asText()).isNotBlank();
        assertThat(problem.path("instance").asText()).isNotBlank();
    }
}
