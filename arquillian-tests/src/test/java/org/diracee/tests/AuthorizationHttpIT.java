/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The authorization code flow of members of a VO without a provider, and what it refuses before any provider is asked; the rest is in
 * {@link KeycloakIT}.
 */
class AuthorizationHttpIT {

    private static final String GOOD = "response_type=code&client_id=myDIRACClientID&scope=vo%3Ademo&state=s"
            + "&redirect_uri=https%3A%2F%2Fportal.test%2Fback&code_challenge_method=S256&code_challenge="
            + "c".repeat(43);

    static RunningSystem system;
    static Http anonymous;

    @BeforeAll
    static void connect() {
        system = RunningSystem.up();
        anonymous = system.anonymous();
    }

    @ParameterizedTest
    @CsvSource({
        "response_type=code, response_type=token, 422, response_type",
        "response_type=code&, '', 422, response_type",
        "S256, plain, 422, code_challenge_method",
        "client_id=myDIRACClientID&, '', 422, client_id",
        "&state=s, '', 422, state",
        "myDIRACClientID, other, 400, Bad client_id",
        "portal.test, evil.test, 400, Invalid redirect_uri",
        "portal.test%2Fback, portal.test%2Fback%2F, 400, Invalid redirect_uri",
        "https%3A%2F%2Fportal.test%2Fback, http%3A%2F%2Fportal.test%2Fback, 400, Invalid redirect_uri",
        "vo%3Ademo, vo%3Anone, 400, Invalid scope"
    })
    void refusesToBegin(String part, String other, int status, String named) {
        Answer answer = anonymous.get("/api/auth/authorize?" + GOOD.replace(part, other));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.detail()).contains(named);
    }

    @ParameterizedTest
    @CsvSource({"device, ?code=c&state=s", "device, ''", "authorize, ?code=c&state=s", "authorize, ?error=access_denied"
    })
    void knowsWhomItHasNotSentAway(String route, String query) {
        String path = "/api/auth/" + route + "/complete" + query;

        Answer problem = anonymous.get(path);
        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.detail()).startsWith("Invalid state");
        Answer page = anonymous.send(
                anonymous.request(path).header("Accept", "text/html").GET());
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.header("Content-Type").orElse("")).startsWith("text/html");
        assertThat(page.header("Cache-Control")).contains("no-store");
    }

    @Test
    void givesACodeForAPasswordAndTokensForTheCodeOnce() {
        CodeFlow flow = CodeFlow.of(system, "vo:demo group:demo_user");
        Answer back = flow.page().submit("alice", "pw-alice", "approve");
        assertThat(back.status()).as(back.toString()).isEqualTo(303);
        assertThat(back.header("Location").orElseThrow())
                .startsWith("https://portal.test/back?code=")
                .endsWith("&state=" + flow.state());

        Answer tokens = flow.exchange(CodeFlow.code(back));
        assertThat(tokens.status()).as(tokens.toString()).isEqualTo(200);
        JsonNode me = anonymous
                .as(tokens.json().path("access_token").asText())
                .get("/api/auth/userinfo")
                .json();
        assertThat(me.path("preferred_username").asText()).isEqualTo("alice");
        assertThat(me.path("dirac_group").asText()).isEqualTo("demo_user");
        assertThat(flow.exchange(CodeFlow.code(back)).detail()).isEqualTo("Code was already used");
    }

    @Test
    void thePageLeadsToTheProgramAndNowhereElse() {
        CodeFlow.Page page = CodeFlow.of(system, "vo:demo").page();

        assertThat(page.answer().header("Content-Security-Policy").orElseThrow())
                .contains("form-action 'self' https://portal.test;", "frame-ancestors 'none'", "default-src 'none'");
        assertThat(page.answer().header("Cache-Control")).contains("no-store");
        assertThat(page.answer().text())
                .contains("https://portal.test", "demo_user", "NormalUser")
                .doesNotContain("<script");
    }

    @Test
    void aPersonMayRefuseWithoutAPasswordAndOnce() {
        CodeFlow flow = CodeFlow.of(system, "vo:demo");
        CodeFlow.Page page = flow.page();
        Answer back = page.submit("", "", "refuse");

        assertThat(back.header("Location"))
                .contains("https://portal.test/back?error=access_denied&state=" + flow.state());
        Answer later = page.submit("alice", "pw-alice", "approve");
        assertThat(later.status()).isEqualTo(400);
        assertThat(later.text()).contains("expired or is decided");
    }

    @ParameterizedTest
    @CsvSource({
        "vo:demo group:demo_user, alice, pw-bob, User name or password is wrong.",
        "vo:demo group:demo_user, nobody, pw-alice, User name or password is wrong.",
        "vo:other group:other_user, alice, pw-alice, User name or password is wrong.",
        "vo:demo group:demo_admin, alice, pw-alice, alice is not a member of the group demo_admin."
    })
    void showsThePageAgainToWhomItDoesNotLetIn(String scope, String user, String password, String told) {
        Answer answer = CodeFlow.of(system, scope).page().submit(user, password, "approve");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).contains(told, "<form").doesNotContain(password);
    }

    @Test
    void letsThePortalInWithoutConfigurationButNoOtherAddressOfTheServer() {
        String portal = system.base() + "/portal/";
        assertThat(CodeFlow.of(system, "vo:demo", portal).begin().status()).isEqualTo(200);
        for (String other : List.of("/portal", "/portal/x", "/portal/?x=1", "/", "/portal/#x", "/api/auth/token")) {
            Answer answer =
                    CodeFlow.of(system, "vo:demo", system.base() + other).begin();
            assertThat(answer.status()).as(other).isEqualTo(400);
            assertThat(answer.header("Location")).isEmpty();
        }
    }

    @Test
    void isNamedByTheDiscoveryDocument() {
        assertThat(anonymous.get("/.well-known/openid-configuration").json().path("grant_types_supported"))
                .extracting(grant -> grant.asText())
                .contains("authorization_code", "urn:ietf:params:oauth:grant-type:device_code");
    }
}
