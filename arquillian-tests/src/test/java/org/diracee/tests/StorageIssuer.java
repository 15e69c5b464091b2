/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import org.diracee.framework.exchange.boundary.ScopedTokens;
import org.diracee.framework.exchange.boundary.ServiceToken;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.value.VoName;

/** Makes tokens for storage as the server does, with a key of its own, and publishes that as the server does. */
final class StorageIssuer extends ScopedTokens implements AutoCloseable {

    private static final int COORDINATE = 32;

    private final HttpsServer server;
    private final KeyPair keys;
    private volatile Duration life = Duration.ofMinutes(20);
    private volatile String instead = "";

    /** @param tls what it is known by as localhost */
    StorageIssuer(SSLContext tls) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            keys = generator.generateKeyPair();
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        publish(
                "/.well-known/openid-configuration",
                "{\"issuer\":\"" + url() + "\",\"jwks_uri\":\"" + url() + "/jwks.json\"}");
        ECPublicKey key = (ECPublicKey) keys.getPublic();
        publish(
                "/jwks.json",
                "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"use\":\"sig\",\"alg\":\"ES256\",\"kid\":\"one\",\"x\":\""
                        + encoded(key.getW().getAffineX().toByteArray()) + "\",\"y\":\""
                        + encoded(key.getW().getAffineY().toByteArray()) + "\"}]}");
        server.start();
    }

    String url() {
        return "https://localhost:" + server.getAddress().getPort();
    }

    /** Tokens are made with this life until further notice. */
    void lives(Duration span) {
        life = span;
    }

    /** Tokens have this scope instead of what they should, until it is empty. */
    void allowsInstead(String scope) {
        instead = scope;
    }

    @Override
    public ServiceToken forStorage(Caller caller, VoName vo, String subject, String audience, String scope) {
        Instant now = Instant.now();
        String said = instead.isEmpty() ? scope : instead;
        String claims =
                "{\"sub\":\"%s:%s\",\"iss\":\"%s\",\"aud\":\"%s\",\"jti\":\"%s\",\"iat\":%d,\"nbf\":%d,\"exp\":%d,\"wlcg.ver\":\"1.0\",\"scope\":\"%s\"}"
                        .formatted(
                                vo,
                                subject,
                                url(),
                                audience,
                                UUID.randomUUID(),
                                now.getEpochSecond() - 1,
                                now.getEpochSecond() - 1,
                                now.plus(life).getEpochSecond(),
                                said);
        String text = base64("{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"one\"}".getBytes(StandardCharsets.UTF_8))
                + "." + base64(claims.getBytes(StandardCharsets.UTF_8));
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(keys.getPrivate());
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return new ServiceToken(text + "." + base64(signature.sign()), now.plus(life), audience, said);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void publish(String path, String json) {
        server.createContext(path, exchange -> {
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private static String encoded(byte[] number) {
        byte[] fixed = new byte[COORDINATE];
        int length = Math.min(number.length, COORDINATE);
        System.arraycopy(number, number.length - length, fixed, COORDINATE - length, length);
        return base64(fixed);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static Map<String, String> environment(StorageIssuer issuer, String port) {
        return Map.of("XROOTD_PORT", port, "XROOTD_ISSUER", issuer.url());
    }
}
