/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What scripts of other sites may do from a browser: what the configuration allows to their site, errors included. */
class CorsHttpIT {

    private static final String PORTAL = "https://portal.test";
    private static final String STRANGER = "https://stranger.test";

    static RunningSystem system;
    static Http alice;

    @BeforeAll
    static void connect() {
        system = RunningSystem.up();
        alice = system.user("alice");
    }

    private static Answer preflight(String path, String origin) {
        Http anonymous = system.anonymous();
        return anonymous.send(anonymous
                .request(path)
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "PATCH")
                .header("Access-Control-Request-Headers", "authorization,content-type,x-request-id")
                .method("OPTIONS", BodyPublishers.noBody()));
    }

    private static Answer get(Http caller, String path, String origin) {
        return caller.send(caller.request(path).header("Origin", origin).GET());
    }

    private static Stream<String> corsHeaders(Answer answer) {
        return answer.response().headers().map().keySet().stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control-"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/jobs/status", "/api/config/", "/api/auth/token", "/api/no/such/route"})
    void aBrowserMayAskWithoutCredentials(String path) {
        Answer answer = preflight(path, PORTAL);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(204);
        assertThat(answer.text()).isEmpty();
        assertThat(answer.header("Access-Control-Allow-Origin")).contains(PORTAL);
        assertThat(answer.header("Access-Control-Allow-Methods").orElse("")).contains("PATCH", "DELETE");
        assertThat(answer.header("Access-Control-Allow-Headers")).contains("authorization,content-type,x-request-id");
        assertThat(answer.header("Access-Control-Max-Age")).contains("3600");
        assertThat(answer.header("Access-Control-Allow-Credentials")).isEmpty();
        assertThat(answer.response().headers().allValues("Vary")).contains("Origin");
    }

    @ParameterizedTest
    @ValueSource(strings = {STRANGER, "null", "https://portal.test.stranger.test", "http://portal.test"})
    void anotherSiteIsAllowedNothing(String origin) {
        Answer answer = preflight("/api/jobs/status", origin);
        assertThat(answer.status()).isEqualTo(204);
        assertThat(corsHeaders(answer)).isEmpty();

        assertThat(corsHeaders(get(alice, "/api/config/", origin))).isEmpty();
        assertThat(corsHeaders(get(system.anonymous(), "/api/config/", origin))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"/api/config/, 200", "/api/jobs/999999999, 404", "/api/no/such/route, 404", "/api/jobs/match, 405"})
    void answersAndErrorsMayBeRead(String path, int status) {
        Answer answer = get(alice, path, PORTAL);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.header("Access-Control-Allow-Origin")).contains(PORTAL);
        assertThat(answer.header("Access-Control-Expose-Headers").orElse(""))
                .contains("Content-Range", "ETag", "Location", "Retry-After", "X-Request-ID");
        assertThat(answer.response().headers().allValues("Vary")).containsOnlyOnce("Origin");
    }

    @Test
    void aRefusedTokenMayBeRead() {
        for (Http caller : new Http[] {system.anonymous(), system.anonymous().as("not.a.token")}) {
            Answer answer = get(caller, "/api/config/", PORTAL);

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.json().path("status").asInt()).isEqualTo(401);
            assertThat(answer.header("Access-Control-Allow-Origin")).contains(PORTAL);
            assertThat(answer.response().headers().allValues("Vary")).containsOnlyOnce("Origin");
        }
    }

    @Test
    void cachesAreToldThatAnswersDifferByOrigin() {
        assertThat(alice.get("/api/config/").response().headers().allValues("Vary"))
                .contains("Origin");
    }

    @Test
    void otherQuestionsAboutARouteOpenNothing() {
        Http anonymous = system.anonymous();
        Answer answer = anonymous.send(anonymous.request("/api/jobs/1").method("OPTIONS", BodyPublishers.noBody()));

        assertThat(answer.status()).as(answer.toString()).isLessThan(500);
        assertThat(answer.text()).doesNotContain("Status");
        assertThat(corsHeaders(answer)).isEmpty();
    }
}
