/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.net.URISyntaxException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.client.wire.AssignOutputSandbox;
import org.diracee.client.wire.WireMapper;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.error.Unavailable;
import org.diracee.web.error.FailureMapper;
import org.diracee.web.error.ProcessingMapper;
import org.diracee.web.error.ViolationMapper;
import org.diracee.web.http.ClientVersionFilter;
import org.diracee.web.json.BodyLimit;
import org.diracee.web.json.JsonBody;
import org.diracee.web.json.SecretKeys;
import org.jboss.resteasy.mock.MockDispatcherFactory;
import org.jboss.resteasy.mock.MockHttpRequest;
import org.jboss.resteasy.mock.MockHttpResponse;
import org.jboss.resteasy.spi.Dispatcher;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every route does alike, seen through the server's JAX-RS runtime with its own providers present. */
class ConventionsTest {

    private static final ObjectMapper JSON = WireMapper.strict();
    private static final Dispatcher SERVER = MockDispatcherFactory.createDispatcher();

    record Filter(String parameter, Optional<String> value, List<@Valid Entry> entries) {
        Filter {
            entries = entries == null ? List.of() : List.copyOf(entries);
        }
    }

    record Entry(@NotNull @Size(max = 4) String name, int number) {}

    enum Direction {
        asc,
        desc
    }

    record Sort(Direction direction, boolean distinct, Double factor) {}

    @Path("things")
    @Consumes("application/json")
    @Produces("application/json")
    public static class ThingsResource {

        @POST
        public Filter echo(@NotNull @Valid Filter filter) {
            return filter;
        }

        @POST
        @Path("sort")
        public Sort sort(Sort sort) {
            return sort;
        }

        @POST
        @Path("times")
        public Map<Long, Map<Instant, String>> times(Map<Long, Map<Instant, String>> times) {
            return times;
        }

        @POST
        @Path("text")
        public String text(String text) {
            return text;
        }

        @POST
        @Path("pfn")
        public AssignOutputSandbox pfn(AssignOutputSandbox pfn) {
            return pfn;
        }

        @POST
        @Path("secrets")
        public int secrets(@SecretKeys Map<String, @NotNull @Valid Entry> secrets) {
            return secrets.size();
        }

        @POST
        @Path("small")
        public int small(@BodyLimit(mebibytes = 1) List<String> texts) {
            return texts.size();
        }

        @POST
        @Path("any")
        public Map<String, Object> any(Map<String, Object> value) {
            return value;
        }

        @GET
        @Path("page")
        public int page(@QueryParam("page") int page) {
            return page;
        }

        @GET
        @Path("failing/{how}")
        public String fail(@PathParam("how") String how) throws SQLException {
            throw switch (how) {
                case "forbidden" -> new Forbidden();
                case "wrapped" -> new IllegalStateException("wrapped", new InvalidRequest("too many apples"));
                case "unavailable" -> new Unavailable("The database is down", new SQLException("secret host"));
                case "connection" -> new IllegalStateException("pool", new SQLException("secret host", "08006"));
                case "pending" -> new InvalidRequest(ErrorCode.AUTHORIZATION_PENDING, "not yet");
                default -> new IllegalStateException("password=secret in org.diracee.Internals");
            };
        }
    }

    @BeforeAll
    static void startServer() {
        List.of(
                        JsonBody.class,
                        FailureMapper.class,
                        ViolationMapper.class,
                        ProcessingMapper.class,
                        ClientVersionFilter.class)
                .forEach(SERVER.getProviderFactory()::registerProvider);
        SERVER.getRegistry().addPerRequestResource(ThingsResource.class);
    }

    @Test
    void readsAndWritesRecords() throws Exception {
        MockHttpResponse answer = post("/things", "{\"parameter\":\"Status\",\"value\":null}");
        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(answer.getContentAsString()).isEqualTo("{\"parameter\":\"Status\",\"value\":null,\"entries\":[]}");
    }

    @Test
    void writesTimesInUtcWithMicrosecondsAndNumbersAsKeys() throws Exception {
        MockHttpResponse answer = post("/things/times", """
                {"17": {"2026-11-22T15:30:05.1234567+01:00": "a", "2026-11-22 14:00:00+0000": "b"}}""");
        assertThat(JSON.readTree(answer.getContentAsString())).isEqualTo(JSON.readTree("""
                {"17": {"2026-11-22T14:30:05.123456Z": "a", "2026-11-22T14:00:00Z": "b"}}"""));
    }

    @Test
    void takesABareJsonText() throws Exception {
        assertThat(post("/things/text", "\"SB:x|/S3/y\"").getContentAsString()).isEqualTo("\"SB:x|/S3/y\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/things      | {\"parametr\":\"x\"}                          | parametr",
                "/things      | {\"entries\":[{\"name\":\"a\",\"number\":1,\"size\":1}]}  | entries[0].size",
                "/things      | {\"entries\":{}}                              | entries",
                "/things      | {\"entries\":[{\"name\":\"a\",\"number\":1.5}]} | entries[0].number",
                "/things      | {\"entries\":[{\"name\":\"a\",\"number\":99999999999}]} | entries[0].number",
                "/things      | {\"entries\":[{\"name\":\"a\",\"number\":null}]} | entries[0].number",
                "/things      | {\"entries\":[{\"name\":\"a\",\"number\":\"1\"}]} | entries[0].number",
                "/things      | {\"entries\":[{\"name\":\"abcde\",\"number\":1}]} | entries[0].name",
                "/things/sort | {\"direction\":\"up\"}                        | direction",
                "/things/sort | {\"factor\":\"much\"}                         | factor",
            })
    void refusesAWrongShapeAndNamesTheField(String path, String body, String field) throws Exception {
        MockHttpResponse answer = post(path, body);
        JsonNode problem = problem(answer, 422, "MALFORMED_REQUEST");
        assertThat(problem.at("/errors/0/field").asText()).isEqualTo(field);
        assertThat(problem.get("detail").asText()).startsWith(field + ": ").doesNotContain("org.diracee", "java.");
    }

    @Test
    void namesTheFieldsThatAreKnown() throws Exception {
        assertThat(detail(post("/things", "{\"parametr\":\"x\"}")))
                .isEqualTo("parametr: the field is unknown; known are entries, parameter, value");
        assertThat(detail(post("/things/sort", "{\"direction\":\"up\"}")))
                .isEqualTo("direction: 'up' is not allowed: expected is one of asc, desc");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"parameter\":             | The JSON is broken at line 1, column",
                "{\"parameter\" \"x\"}       | The JSON is broken at line 1, column 14: Unexpected character",
                "{\"value\":\"a\",\"value\":\"b\"} | The JSON is broken at line 1",
                "{} {}                       | There is something after the end of the JSON at line 1, column",
                "null                        | The request body is null",
                "[]                          | The request body is wrong: expected is an object",
            })
    void saysWhereTheJsonIsBroken(String body, String detail) throws Exception {
        MockHttpResponse answer = post("/things", body);
        assertThat(problem(answer, 422, "MALFORMED_REQUEST").get("detail").asText())
                .startsWith(detail)
                .doesNotContain("com.fasterxml", "REDACTED");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"s3cr3t\": 5}                                            | *: expected is an object",
                "{\"s3cr3t\": {\"number\": 1, \"nam\": \"a\"}}              | *.nam: the field is unknown",
                "{\"s3cr3t\": {\"number\": \"x\"}}                          | *.number: ",
                "{\"s3cr3t\": {\"name\": \"abcde\", \"number\": 1}}         | *.name: ",
                "{\"s3cr3t\": null}                                         | *: ",
                "{\"s3cr3t\": {\"number\": 1}, \"s3cr3t\": {\"number\": 1}} | The JSON is broken at line 1, column",
                "{\"s3cr3t\": s3cr3t}                                       | The JSON is broken at line 1, column",
                "s3cr3t                                                     | The JSON is broken at line 1, column",
                "[\"s3cr3t\"]                                               | The request body is wrong",
            })
    void repeatsNoKeysThatAreSecrets(String body, String detail) throws Exception {
        MockHttpResponse answer = post("/things/secrets", body);
        assertThat(problem(answer, 422, "MALFORMED_REQUEST").get("detail").asText())
                .startsWith(detail);
        assertThat(answer.getContentAsString()).doesNotContain("s3cr3t");
    }

    @Test
    void namesAFieldThatIsThereTwiceHoweverDeep() throws Exception {
        assertThat(detail(post("/things/any", "{\"a\":[{\"b\":1,\"b\":2}]}")))
                .startsWith("The JSON is broken at line 1, column")
                .endsWith("the field 'b' is there twice");
        assertThat(detail(post("/things/any", "{\"a\":[tru]}"))).startsWith("The JSON is broken at line 1, column");
    }

    @Test
    void expectsAValueWhereARecordIsWrittenAsOne() throws Exception {
        assertThat(detail(post("/things/pfn", "{\"pfn\":\"SB:x\"}")))
                .isEqualTo("The request body is wrong: expected is a text");
        assertThat(post("/things/pfn", "\"SB:x\"").getContentAsString()).isEqualTo("\"SB:x\"");
    }

    @Test
    void refusesAMissingBody() throws Exception {
        assertThat(detail(post("/things", ""))).isEqualTo("The request body is missing");
    }

    @Test
    void refusesTimesWithoutOffset() throws Exception {
        MockHttpResponse answer = post("/things/times", "{\"17\": {\"2026-11-22T15:30:05\": \"a\"}}");
        assertThat(problem(answer, 400, "INVALID_REQUEST").get("detail").asText())
                .contains("'2026-11-22T15:30:05' is no time: allowed is ISO-8601 with an offset");
    }

    @Test
    void refusesABodyBeyondItsLimitAndStatesTheLimit() throws Exception {
        MockHttpResponse answer = post("/things/small", "[\"" + "x".repeat(1024 * 1024) + "\"]");
        assertThat(problem(answer, 413, "TOO_LARGE").get("detail").asText())
                .isEqualTo("The request body is too large: allowed here are 1 MiB");
    }

    @Test
    void refusesEndlessNesting() throws Exception {
        assertThat(problem(post("/things/any", "{\"a\":" + "[".repeat(200_000)), 422, "MALFORMED_REQUEST")
                        .get("detail")
                        .asText())
                .contains("nested too deeply");
    }

    @Test
    void namesTheContentTypesThatAreAllowed() throws Exception {
        MockHttpResponse answer =
                call(MockHttpRequest.post("/things").contentType("text/plain").content("x".getBytes(UTF_8)));
        assertThat(problem(answer, 415, "UNSUPPORTED_MEDIA_TYPE").get("detail").asText())
                .isEqualTo("The content type 'text/plain' is not supported at /things: allowed is application/json");
    }

    @Test
    void namesTheMethodsThatAreAllowed() throws Exception {
        MockHttpResponse answer = call(MockHttpRequest.delete("/things"));
        assertThat(problem(answer, 405, "METHOD_NOT_ALLOWED").get("detail").asText())
                .startsWith("DELETE is not allowed at /things: allowed is ")
                .contains("POST");
        assertThat(answer.getOutputHeaders().getFirst("Allow").toString()).contains("POST");
    }

    @Test
    void answersUnknownPathsWithAProblem() throws Exception {
        MockHttpResponse answer = call(MockHttpRequest.get("/nowhere?x=1"));
        assertThat(problem(answer, 404, "NOT_FOUND").get("detail").asText()).isEqualTo("There is nothing at /nowhere");
    }

    @Test
    void answersUnacceptableContentTypesWithAProblem() throws Exception {
        problem(call(MockHttpRequest.get("/things/page").accept("image/png")), 406, "NOT_ACCEPTABLE");
    }

    @ParameterizedTest
    @CsvSource({
        "forbidden, 403, FORBIDDEN, Forbidden",
        "wrapped, 400, INVALID_REQUEST, too many apples",
        "unavailable, 503, UNAVAILABLE, The database is down",
        "pending, 400, AUTHORIZATION_PENDING, not yet",
    })
    void answersOurErrorsByTheirKind(String how, int status, String code, String detail) throws Exception {
        assertThat(problem(call(MockHttpRequest.get("/things/failing/" + how)), status, code)
                        .get("detail")
                        .asText())
                .isEqualTo(detail);
    }

    @Test
    void tellsWhenARepeatMakesSense() throws Exception {
        MockHttpResponse answer = call(MockHttpRequest.get("/things/failing/connection"));
        problem(answer, 503, "UNAVAILABLE");
        assertThat(answer.getOutputHeaders().getFirst("Retry-After")).hasToString("10");
    }

    @Test
    void namesOauthErrorsAsOauthDoes() throws Exception {
        assertThat(problem(call(MockHttpRequest.get("/things/failing/pending")), 400, "AUTHORIZATION_PENDING")
                        .get("error")
                        .asText())
                .isEqualTo("authorization_pending");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bug", "connection", "unavailable"})
    void showsNothingOfTheInsideInAServerError(String how) throws Exception {
        MockHttpResponse answer = call(MockHttpRequest.get("/things/failing/" + how));
        assertThat(answer.getStatus()).isGreaterThanOrEqualTo(500);
        assertThat(answer.getContentAsString()).doesNotContain("secret", "org.diracee", "Exception", "java.");
        assertThat(JSON.readTree(answer.getContentAsString()).get("instance").asText())
                .isNotBlank();
    }

    @Test
    void checksTheClientsVersionEverywhere() throws Exception {
        MockHttpResponse answer = call(MockHttpRequest.get("/nowhere").header("DiracX-Client-Version", "0.0.1a0"));
        problem(answer, 400, "INVALID_REQUEST");
    }

    private static JsonNode problem(MockHttpResponse answer, int status, String code) throws Exception {
        assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(status);
        assertThat(answer.getOutputHeaders().getFirst("Content-Type")).hasToString("application/problem+json");
        JsonNode problem = JSON.readTree(answer.getContentAsString());
        assertThat(problem.get("code").asText()).isEqualTo(code);
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("type").asText()).startsWith("urn:diracee:problem:");
        assertThat(problem.get("title").asText())
                .isEqualTo(ErrorCode.valueOf(code).title());
        return problem;
    }

    private static String detail(MockHttpResponse answer) throws Exception {
        return problem(answer, 422, "MALFORMED_REQUEST").get("detail").asText();
    }

    private static MockHttpResponse post(String path, String body) throws URISyntaxException {
        return call(MockHttpRequest.post(path)
                .contentType("application/json")
                .content(body.getBytes(UTF_8))
                .header("Content-Length", String.valueOf(body.length())));
    }

    private static MockHttpResponse call(MockHttpRequest request) {
        MockHttpResponse answer = new MockHttpResponse();
        SERVER.invoke(request, answer);
        return answer;
    }
}
