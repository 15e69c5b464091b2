/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** An OpenID provider of one person, made for tests that need to know every secret that it gives away. */
final class SmallProvider implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Base64.Encoder BASE64_URL = Base64.getUrlEncoder().withoutPadding();

    private final HttpServer server;
    private final KeyPair keys;
    private final Map<String, String> secrets;
    private volatile String nonce = "";

    /** What the token endpoint answers with; beyond 200 its body repeats all that it was sent. */
    volatile int tokenStatus = 200;

    /** @param secrets takes up what is given away, by its name */
    SmallProvider(Map<String, String> secrets) {
        this.secrets = secrets;
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            keys = generator.generateKeyPair();
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Logs the person in at the address that we were sent to; what the browser brings back. */
    String logIn(URI address) {
        Map<String, String> asked = parameters(address.getRawQuery());
        nonce = asked.get("nonce");
        String code = "code" + Pilots.unique();
        secrets.put("the provider's code of " + asked.get("state"), code);
        return "code=" + code + "&state=" + Http.encoded(asked.get("state"));
    }

    /** An access token of the provider for our API. */
    String accessToken(String subject) {
        ObjectNode claims = claims(subject);
        claims.put("aud", "dirac-api").put("scope", "openid");
        return signed(claims);
    }

    private ObjectNode claims(String subject) {
        long now = Instant.now().getEpochSecond();
        return JSON.createObjectNode()
                .put("iss", issuer())
                .put("sub", subject)
                .put("iat", now)
                .put("exp", now + 300);
    }

    private String signed(ObjectNode claims) {
        String input = encoded("{\"alg\":\"RS256\",\"kid\":\"small\"}") + "." + encoded(claims.toString());
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(input.getBytes(StandardCharsets.US_ASCII));
            String seal = BASE64_URL.encodeToString(signature.sign());
            secrets.put("the signature of a token of the provider " + secrets.size(), seal);
            return input + "." + seal;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().getPath();
        int status = path.equals("/token") ? tokenStatus : 200;
        String body = status == 200
                ? switch (path) {
                    case "/.well-known/openid-configuration" -> discovery();
                    case "/keys" -> keySet();
                    case "/token" -> tokens();
                    default -> "";
                }
                : "{\"error\":\"" + sent + " " + exchange.getRequestHeaders().getFirst("Authorization") + "\"}";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private String discovery() {
        return JSON.createObjectNode()
                .put("issuer", issuer())
                .put("authorization_endpoint", issuer() + "/authorize")
                .put("token_endpoint", issuer() + "/token")
                .put("jwks_uri", issuer() + "/keys")
                .toString();
    }

    private String keySet() {
        RSAPublicKey key = (RSAPublicKey) keys.getPublic();
        ObjectNode set = JSON.createObjectNode();
        set.putArray("keys")
                .addObject()
                .put("kty", "RSA")
                .put("kid", "small")
                .put("use", "sig")
                .put("alg", "RS256")
                .put("n", number(key.getModulus()))
                .put("e", number(key.getPublicExponent()));
        return set.toString();
    }

    private String tokens() {
        ObjectNode claims = claims("canary-1");
        claims.put("aud", "dirac").put("nonce", nonce);
        ObjectNode tokens = JSON.createObjectNode().put("token_type", "Bearer").put("id_token", signed(claims));
        for (String kind : new String[] {"access_token", "refresh_token"}) {
            String secret = kind + Pilots.unique();
            secrets.put("the provider's " + kind + " " + secrets.size(), secret);
            tokens.put(kind, secret);
        }
        return tokens.toString();
    }

    private static String number(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int from = bytes[0] == 0 ? 1 : 0;
        return BASE64_URL.encodeToString(java.util.Arrays.copyOfRange(bytes, from, bytes.length));
    }

    private static String encoded(String text) {
        return BASE64_URL.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            String[] both = pair.split("=", 2);
            parameters.put(both[0], URLDecoder.decode(both[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
