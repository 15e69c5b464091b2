/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the authorization code flow refuses before any provider is asked; the rest is in {@link KeycloakIT}. */
class AuthorizationHttpIT {

    private static final String GOOD = "response_type=code&client_id=myDIRACClientID&scope=vo%3Ademo&state=s"
            + "&redirect_uri=https%3A%2F%2Fportal.test%2Fback&code_challenge_method=S256&code_challenge="
            + "c".repeat(43);

    static Http anonymous;

    @BeforeAll
    static void connect() {
        anonymous = RunningSystem.up().anonymous();
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
        "vo%3Ademo, vo%3Anone, 400, Invalid scope",
        "state=s, state=t, 400, has no identity provider"
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
    void isNamedByTheDiscoveryDocument() {
        assertThat(anonymous.get("/.well-known/openid-configuration").json().path("grant_types_supported"))
                .extracting(grant -> grant.asText())
                .contains("authorization_code", "urn:ietf:params:oauth:grant-type:device_code");
    }
}
