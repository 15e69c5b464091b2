/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client;

import com.fasterxml.jackson.core.type.TypeReference;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diracee.client.wire.DeviceAuthorization;
import org.diracee.client.wire.ServerMetadata;
import org.diracee.client.wire.SessionRow;
import org.diracee.client.wire.TokenResponse;
import org.diracee.client.wire.UserInfo;

/** Sessions: how users and pilots get their tokens, prolong and end them. */
public final class Logins {

    /** The client id that every installation accepts. */
    public static final String CLIENT_ID = "myDIRACClientID";

    private static final String TOKEN = "/api/auth/token";
    private static final String SESSIONS = "/api/auth/refresh-tokens";
    private static final String DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code";

    private static final Pattern ALERT = Pattern.compile("role=\"alert\"[^>]*>([^<]*)");
    private static final int BAD_REQUEST = 400;

    private final ApiClient client;

    public Logins(ApiClient client) {
        this.client = client;
    }

    /** Returns the VOs and groups that one can log in to. */
    public ServerMetadata metadata() {
        return client.call(ApiRequest.get("/.well-known/dirac-metadata").anonymous(), ServerMetadata.class);
    }

    /** Makes the scope of a log-in: the VO, the group or else the VO's default, and properties beside the group's own. */
    public static String scope(String vo, Optional<String> group, List<String> properties) {
        StringBuilder scope = new StringBuilder("vo:").append(vo);
        group.ifPresent(name -> scope.append(" group:").append(name));
        properties.forEach(property -> scope.append(" property:").append(property));
        return scope.toString();
    }

    /** Begins a log-in that a person approves in a browser. */
    public DeviceAuthorization begin(String scope) {
        return client.call(
                ApiRequest.post("/api/auth/device")
                        .query("client_id", CLIENT_ID)
                        .query("scope", scope)
                        .anonymous(),
                DeviceAuthorization.class);
    }

    /** Asks once whether the log-in is approved; empty while it is not. */
    public Optional<TokenResponse> poll(String deviceCode) {
        try {
            return Optional.of(token(Map.of("grant_type", DEVICE_GRANT, "device_code", deviceCode)));
        } catch (ApiError error) {
            if (isPending(error)) {
                return Optional.empty();
            }
            throw error;
        }
    }

    /** Tokens for the certificate or proxy that the client shows. */
    public TokenResponse byCertificate(String scope) {
        return client.call(
                ApiRequest.post("/api/auth/certificate")
                        .form(Map.of("scope", scope))
                        .anonymous(),
                TokenResponse.class);
    }

    /** Exchanges a refresh token, which is void then, for new tokens. */
    public TokenResponse refresh(String refreshToken) {
        return token(Map.of("grant_type", "refresh_token", "refresh_token", refreshToken));
    }

    /** Ends the session of a refresh token. */
    public void revoke(String refreshToken) {
        client.exchange(ApiRequest.post("/api/auth/revoke")
                .form(Map.of("token", refreshToken, "token_type_hint", "refresh_token", "client_id", CLIENT_ID))
                .anonymous()
                .repeatable());
    }

    /** The caller's sessions; to those who manage proxies, all of the VO. */
    public List<SessionRow> sessions() {
        return client.call(ApiRequest.get(SESSIONS), new TypeReference<>() {});
    }

    /**
     * Ends a session by the id of its refresh token.
     *
     * @throws ApiError 404 if there is none, 403 if it is another's
     */
    public void revokeSession(String id) {
        client.exchange(
                ApiRequest.delete(SESSIONS + "/" + ApiRequest.segment(id)).repeatable());
    }

    public UserInfo userInfo() {
        return client.call(ApiRequest.get("/api/auth/userinfo"), UserInfo.class);
    }

    /** Exchanges the one-time secret of a pilot for its tokens. */
    public TokenResponse exchangeSecret(String pilotStamp, String secret) {
        return client.call(
                ApiRequest.post("/api/auth/secret-exchange")
                        .json(Map.of("pilot_stamp", pilotStamp, "pilot_secret", secret))
                        .anonymous(),
                TokenResponse.class);
    }

    /** Exchanges the refresh token of a pilot, which is void then, for new tokens. */
    public TokenResponse refreshPilot(String pilotStamp, String refreshToken) {
        return client.call(
                ApiRequest.post("/api/auth/pilot-token")
                        .json(Map.of("refresh_token", refreshToken, "pilot_stamp", pilotStamp))
                        .anonymous(),
                TokenResponse.class);
    }

    /**
     * Does what a person does on the page of a device log-in: fills in the form of a local account and approves. For
     * scripts; a person should use the page, where the password goes to nobody but the server.
     *
     * @throws ApiError if the server refuses the account
     */
    public void approve(DeviceAuthorization device, String username, String password) {
        URI page = URI.create(device.verificationUriComplete());
        ApiRequest open = ApiRequest.get(page.getRawPath() + "?" + page.getRawQuery())
                .header("Accept", "text/html")
                .anonymous();
        ApiResponse opened = client.exchange(open);
        HtmlForm form = HtmlForm.of(opened.text());
        Map<String, String> fields = new LinkedHashMap<>(form.hiddenFields());
        fields.put("username", username);
        fields.put("password", password);
        fields.put("decision", "approve");
        ApiRequest answer = ApiRequest.post(page.resolve(form.action()).getRawPath())
                .header("Accept", "text/html, application/problem+json")
                .form(fields)
                .anonymous();
        Optional<String> cookie = opened.header("Set-Cookie").map(set -> set.split(";", 2)[0]);
        ApiResponse answered =
                client.exchange((cookie.isPresent() ? answer.header("Cookie", cookie.get()) : answer).anyStatus());
        if (answered.status() >= BAD_REQUEST) {
            Matcher reason = ALERT.matcher(answered.text());
            throw ApiError.withDetail(
                    answered.status(),
                    reason.find() ? HtmlForm.plain(reason.group(1)) : "HTTP status " + answered.status());
        }
    }

    private TokenResponse token(Map<String, String> grant) {
        Map<String, String> form = new LinkedHashMap<>(grant);
        form.put("client_id", CLIENT_ID);
        return client.call(ApiRequest.post(TOKEN).form(form).anonymous(), TokenResponse.class);
    }

    private static boolean isPending(ApiError error) {
        return error.status() == BAD_REQUEST
                && error.oauthError()
                        .filter(name -> name.equals("authorization_pending") || name.equals("slow_down"))
                        .isPresent();
    }
}
