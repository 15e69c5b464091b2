/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Answers as A-REX 6.17 was seen to answer, word for word; runs nothing. It has a token endpoint of an issuer, too. */
final class SmallArex implements AutoCloseable {

    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]*)\"");
    private static final Pattern DESCRIPTION = Pattern.compile("jobname=\"([^\"]*)\".*?queue=\"([^\"]*)\"");
    private static final Pattern DELEGATION =
            Pattern.compile("(POST|PUT) /arex/rest/1.0/delegations(?:/([^?]+))?(?:\\?action=(.*))?");
    private static final Pattern SESSION = Pattern.compile("/arex/rest/1.0/jobs/([^/]+)/session/(.+)");
    private static final char[] PASSWORD = "changeit".toCharArray();

    /** Those of jobs, by id. */
    final Map<String, String> states = new LinkedHashMap<>();

    /** What descriptions call jobs, by id. */
    final Map<String, String> names = new LinkedHashMap<>();

    /** By id and name, as {@code id/stdout}. */
    final Map<String, String> files = new ConcurrentHashMap<>();

    /** What was asked, without its body. */
    final List<String> requests = new ArrayList<>();

    final List<String> descriptions = new ArrayList<>();

    /** What its token endpoint was sent: credentials and form. */
    final List<String> forms = new ArrayList<>();

    /** Of how many jobs each action was asked in each request. */
    final Map<String, List<Integer>> asked = new HashMap<>();

    /** The chains that were delegated, by id. */
    final Map<String, String> delegations = new LinkedHashMap<>();

    /** What a proxy is to be signed for. */
    String request = "";

    String version = "\"1.0\"";
    String token = "";
    boolean breaksOff;
    boolean takesFiles = true;
    boolean givesFiles = true;

    /** Whether it tells of jobs that it is asked about, or asked to kill. */
    boolean tells = true;

    /** With this status, unless 0. */
    int createFails;

    private static @Nullable KeyStore made;

    private final Map<Integer, String> firstTokens = new HashMap<>();

    private final HttpsServer server;

    private SmallArex(HttpsServer server) {
        this.server = server;
    }

    /** @param certificate where its certificate is written */
    static SmallArex start(Path certificate) throws IOException, GeneralSecurityException {
        KeyStore keys = keys(certificate.resolveSibling("arex.p12"));
        Files.writeString(
                certificate,
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(keys.getCertificate("arex").getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        HttpsServer https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(context));
        SmallArex arex = new SmallArex(https);
        https.createContext("/", arex::answer);
        https.start();
        return arex;
    }

    /** Made once, as that takes a second. */
    private static synchronized KeyStore keys(Path store) throws IOException, GeneralSecurityException {
        KeyStore known = made;
        if (known == null) {
            Process keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-keyalg",
                            "EC",
                            "-alias",
                            "arex",
                            "-dname",
                            "CN=localhost",
                            "-ext",
                            "san=dns:localhost",
                            "-keystore",
                            store.toString(),
                            "-storepass",
                            new String(PASSWORD))
                    .redirectErrorStream(true)
                    .start();
            keytool.getInputStream().readAllBytes();
            known = KeyStore.getInstance("PKCS12");
            try (InputStream file = Files.newInputStream(store)) {
                known.load(file, PASSWORD);
            }
            made = known;
        }
        return known;
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String asked = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        requests.add(asked);
        if (asked.equals("POST /token")) {
            forms.add(exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
            send(exchange, 200, "{\"access_token\":\"" + token + "\",\"expires_in\":600}");
            return;
        }
        // the first token of a connection is that of all requests on it
        String shown = firstTokens.computeIfAbsent(
                exchange.getRemoteAddress().getPort(),
                connection -> String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        if (!token.isEmpty() && !shown.equals("Bearer " + token)) {
            send(exchange, 403, "");
        } else if (createFails > 0 && asked.endsWith("action=new")) {
            send(exchange, createFails, "");
        } else if (breaksOff && asked.endsWith("action=new")) {
            send(exchange, 201, created(body)); // taken, but the answer is lost
        } else if (asked.equals("GET /arex/rest")) {
            send(exchange, 200, "{\"version\":" + version + "}");
        } else if (asked.endsWith("/jobs?action=new")) {
            send(exchange, 201, created(body));
        } else if (asked.contains("/delegations")) {
            delegation(exchange, asked, body);
        } else if (asked.contains("/jobs?action=")) {
            send(exchange, 201, acted(asked.substring(asked.indexOf('=') + 1), body));
        } else if (asked.endsWith("/jobs")) {
            send(
                    exchange,
                    200,
                    jobs(states.keySet().stream()
                            .map(id -> "{\"id\":\"" + id + "\"}")
                            .toList()));
        } else {
            session(exchange, body);
        }
    }

    private void delegation(HttpExchange exchange, String asked, String body) throws IOException {
        Matcher parts = DELEGATION.matcher(asked);
        String id = parts.matches() ? parts.group(2) : null;
        if (asked.endsWith("delegations?action=new")) {
            exchange.getResponseHeaders()
                    .add("location", "/arex/rest/1.0/delegations?action=new/149c340a3bf" + delegations.size());
            send(exchange, 201, request);
        } else if (asked.startsWith("PUT")) {
            delegations.put(String.valueOf(id), body);
            send(exchange, 200, "");
        } else {
            boolean known = delegations.containsKey(String.valueOf(id));
            send(exchange, known ? 201 : 404, known ? request : "");
        }
    }

    private void session(HttpExchange exchange, String body) throws IOException {
        Matcher path = SESSION.matcher(exchange.getRequestURI().getPath());
        if (!path.matches() || !states.containsKey(path.group(1))) {
            send(exchange, 404, "");
            return;
        }
        String file = path.group(1) + "/" + path.group(2);
        if (exchange.getRequestMethod().equals("PUT")) {
            files.put(file, body);
            send(exchange, takesFiles ? 200 : 500, "");
        } else {
            String content = files.get(file);
            send(exchange, !givesFiles ? 500 : content == null ? 404 : 200, content == null ? "" : content);
        }
    }

    private String created(String body) {
        descriptions.add(body);
        List<String> answers = new ArrayList<>();
        Matcher each = DESCRIPTION.matcher(body);
        while (each.find()) {
            if (each.group(2).equals("fork")) {
                String id = "82eLDmFe6qAoOSAtDmABFKDmABFKDmABFKDmoWGKDmABFKDmh3o" + states.size();
                states.put(id, "ACCEPTING");
                names.put(id, each.group(1));
                answers.add("{\"status-code\":\"201\",\"reason\":\"Created\",\"id\":\"" + id
                        + "\",\"state\":\"ACCEPTING\"}");
            } else {
                answers.add("{\"status-code\":\"500\",\"reason\":\"Requested queue " + each.group(2)
                        + " is not allowed for this user\"}");
            }
        }
        return jobs(answers);
    }

    private String acted(String action, String body) {
        List<String> answers = new ArrayList<>();
        asked.computeIfAbsent(action, none -> new ArrayList<>())
                .add((int) ID.matcher(body).results().count());
        Matcher ids = ID.matcher(body);
        while (tells && ids.find()) {
            answers.add(acted(action, ids.group(1), states.get(ids.group(1))));
        }
        return jobs(answers);
    }

    private String acted(String action, String id, String state) {
        boolean status = action.equals("status");
        if (state == null) {
            return "{\"status-code\":\"404\",\"reason\":\"Job not found\",\"id\":\"" + id + "\""
                    + (status ? ",\"state\":\"None\"" : "") + "}";
        }
        if (status) {
            return "{\"status-code\":\"200\",\"reason\":\"OK\",\"id\":\"" + id + "\",\"state\":\"" + state + "\"}";
        }
        if (action.equals("info")) {
            return "{\"status-code\":\"200\",\"reason\":\"OK\",\"id\":\"" + id
                    + "\",\"info_document\":{\"ComputingActivity\":{\"ID\":\"urn:caid:localhost:org.nordugrid.arcrest:"
                    + id
                    + "\",\"Name\":\"" + names.get(id)
                    + "\",\"State\":[\"nordugrid:FAILED::INLRMS\",\"arcrest:FAILED\"],\"ExitCode\":\"7\","
                    + "\"Error\":\"LRMS error: (7) Job finished with wrong exit code - 7 != 0\"}}}";
        }
        if (action.equals("clean")) {
            states.remove(id);
        }
        return "{\"status-code\":\"202\",\"reason\":\"Queued for " + (action.equals("kill") ? "killing" : "cleaning")
                + "\",\"id\":\"" + id + "\"}";
    }

    /** One is an object, none is nothing. */
    private static String jobs(List<String> answers) {
        return switch (answers.size()) {
            case 0 -> "";
            case 1 -> "{\"job\":" + answers.get(0) + "}";
            default -> "{\"job\":[" + String.join(",", answers) + "]}";
        };
    }

    private void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        if (breaksOff && status == 201) {
            exchange.close();
            return;
        }
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
