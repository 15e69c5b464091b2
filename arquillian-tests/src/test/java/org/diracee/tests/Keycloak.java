/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A real Keycloak, run by {@code testbed/keycloak.sh}, and the persons who log in there without a browser. */
final class Keycloak implements AutoCloseable {

    private static final Path DIRECTORY = Path.of(
                    System.getProperty("project.root", ".."), "arquillian-tests/target/keycloak")
            .toAbsolutePath();
    private static final Pattern ACTION = Pattern.compile("<form[^>]*\\baction=\"([^\"]*)\"");

    private final HttpClient http =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    private final Map<String, String> environment;
    private final String[] realms;
    private final int port;

    private Keycloak(URI dirac, String... realms) {
        this.realms = realms.clone();
        this.port = Integer.parseInt(FreePorts.one());
        environment = Map.of("DIRAC_URL", dirac.toString(), "KEYCLOAK_PORT", Integer.toString(port));
        script("install");
        script("stop");
        start();
    }

    /** Starts one whose clients send people back to this installation. */
    static Keycloak of(URI dirac, String... realms) {
        return new Keycloak(dirac, realms);
    }

    void start() {
        script("start", realms);
    }

    void stop() {
        script("stop");
    }

    String issuer(String realm) {
        return "http://127.0.0.1:" + port + "/realms/" + realm;
    }

    /** The secret of the confidential client of every realm. */
    String secret() {
        try {
            return Files.readString(DIRECTORY.resolve("secret")).strip();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** Gives the realm another key to sign with. */
    void rotate(String realm) {
        script("rotate", realm);
    }

    /** Puts a person into the group /prod of the realm, or takes it out. */
    void member(String realm, String name, boolean isMember) {
        script("member", realm, name, isMember ? "join" : "leave");
    }

    /** Makes a scope that the client may ask for. */
    void scope(String realm, String client, String scope) {
        script("scope", realm, client, scope);
    }

    /** Logs a person in at the address that we were sent to; tells where the person is sent back to. */
    URI logIn(URI address, String name) {
        HttpResponse<String> form = send(HttpRequest.newBuilder(address).GET());
        Matcher action = ACTION.matcher(form.body());
        if (form.statusCode() != 200 || !action.find()) {
            throw new AssertionError("no form at " + address + ": " + form.statusCode() + " " + form.body());
        }
        // by hand, because the cookies are for https only and the address is this machine's
        String cookies = form.headers().allValues("Set-Cookie").stream()
                .map(cookie -> cookie.split(";", 2)[0])
                .collect(Collectors.joining("; "));
        HttpResponse<String> done =
                send(HttpRequest.newBuilder(URI.create(action.group(1).replace("&amp;", "&")))
                        .header("Content-Type", Http.FORM)
                        .header("Cookie", cookies)
                        .POST(BodyPublishers.ofString(
                                Http.encoded(Map.of("username", name, "password", "pw-" + name, "credentialId", "")))));
        return URI.create(done.headers()
                .firstValue("Location")
                .orElseThrow(() -> new AssertionError("log-in of " + name + ": " + done.body())));
    }

    /** What a program gets for the person's password: access and ID token. */
    JsonNode tokens(String realm, String client, String name) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "password");
        form.put("client_id", client);
        form.put("username", name);
        form.put("password", "pw-" + name);
        form.put("scope", "openid");
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(URI.create(issuer(realm) + "/protocol/openid-connect/token"))
                        .header("Content-Type", Http.FORM)
                        .POST(BodyPublishers.ofString(Http.encoded(form))));
        try {
            return new ObjectMapper().readTree(answer.body());
        } catch (IOException noJson) {
            throw new UncheckedIOException(noJson);
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private void script(String action, String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = action;
        all[1] = DIRECTORY.toString();
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        RunningSystem.run(environment, "testbed/keycloak.sh", all);
    }

    @Override
    public void close() {
        stop();
    }
}
