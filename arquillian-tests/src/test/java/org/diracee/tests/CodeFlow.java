/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A log-in of a program in a browser with a password, step by step.
 *
 * @param verifier the secret of PKCE
 */
record CodeFlow(Http browser, String scope, String redirect, String state, String verifier) {

    static final String BACK = "https://portal.test/back";

    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">");
    private static final Pattern ACTION = Pattern.compile("<form[^>]*\\baction=\"([^\"]*)\"");

    static CodeFlow of(RunningSystem system, String scope) {
        return of(system, scope, BACK);
    }

    static CodeFlow of(RunningSystem system, String scope, String redirect) {
        return new CodeFlow(
                system.anonymous(), scope, redirect, "s" + Pilots.unique(), Pilots.unique() + Pilots.unique());
    }

    /** The page that a person sees, with the cookie that it brought. */
    record Page(CodeFlow flow, Answer answer) {

        /** Fills the form in and sends it. */
        Answer submit(String user, String password, String decision) {
            return send(fields(user, password, decision), cookie(), "same-origin");
        }

        Map<String, String> fields(String user, String password, String decision) {
            Map<String, String> fields = new LinkedHashMap<>();
            Matcher hidden = HIDDEN.matcher(answer.text());
            while (hidden.find()) {
                fields.put(hidden.group(1), hidden.group(2));
            }
            fields.putAll(Map.of("username", user, "password", password, "decision", decision));
            return fields;
        }

        String cookie() {
            return answer.header("Set-Cookie").orElseThrow().split(";", 2)[0];
        }

        Answer send(Map<String, String> fields, String cookie, String site) {
            Matcher action = ACTION.matcher(answer.text());
            assertThat(action.find()).as(answer.toString()).isTrue();
            var request = flow.browser
                    .request(action.group(1))
                    .header("Content-Type", Http.FORM)
                    .header("Accept", "text/html")
                    .header("Sec-Fetch-Site", site)
                    .POST(BodyPublishers.ofString(Http.encoded(fields)));
            if (!cookie.isEmpty()) {
                request.header("Cookie", cookie);
            }
            return flow.browser.send(request);
        }
    }

    /** What the program sends the person to. */
    Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("response_type", "code");
        parameters.put("client_id", RunningSystem.CLIENT);
        parameters.put("redirect_uri", redirect);
        parameters.put("scope", scope);
        parameters.put("state", state);
        parameters.put("code_challenge", challenge(verifier));
        parameters.put("code_challenge_method", "S256");
        return parameters;
    }

    Answer begin() {
        return begin(parameters());
    }

    Answer begin(Map<String, String> parameters) {
        return browser.send(browser.request("/api/auth/authorize?" + Http.encoded(parameters))
                .header("Accept", "text/html")
                .GET());
    }

    Page page() {
        Answer answer = begin();
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return new Page(this, answer);
    }

    /** The code with which the person comes back. */
    static String code(Answer back) {
        return Arrays.stream(URI.create(back.header("Location").orElseThrow())
                        .getRawQuery()
                        .split("&"))
                .filter(parameter -> parameter.startsWith("code="))
                .findFirst()
                .orElseThrow()
                .substring("code=".length());
    }

    Answer exchange(String code) {
        return exchange(Map.of("code", code));
    }

    /** Exchanges the code; {@code other} replaces fields, an empty one takes it out. */
    Answer exchange(Map<String, String> other) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("grant_type", "authorization_code");
        fields.put("client_id", RunningSystem.CLIENT);
        fields.put("redirect_uri", redirect);
        fields.put("code_verifier", verifier);
        fields.putAll(other);
        fields.values().removeIf(String::isEmpty);
        return browser.form("/api/auth/token", fields);
    }

    static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
