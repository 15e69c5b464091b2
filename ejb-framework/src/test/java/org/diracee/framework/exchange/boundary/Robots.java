/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.exchange.boundary;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.diracee.framework.fixture.Installation;
import org.diracee.kernel.value.Sha256;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** Programs with an identity of their own in the VO demo, for tests. */
final class Robots {

    static final String SECRET = "s".repeat(43);
    static final EllipticCurveJsonWebKey KEY = newKey();
    static final String SE = "https://se.test:8443";

    private Robots() {}

    /** An installation with the robot of a secret, one of a key, a gateway, and one that nobody has approved. */
    static Installation installation() {
        Installation installation = Installation.configured();
        configure(installation, 2, "yes");
        return installation;
    }

    static void configure(Installation installation, long revision, String robotApproved) {
        installation.configure(revision, configuration(robotApproved));
        installation.configuration.refresh();
    }

    /** One request of a client at once, and one within each 10 s. */
    static void limited(Installation installation) {
        installation.configure(
                3,
                configuration("yes")
                        + "Operations\n{\n  demo\n  {\n    Services\n    {\n      API\n      {\n        RateLimits\n        {\n"
                        + "TokensOfClientRate = 0.1\nTokensOfClientBurst = 1\n}\n}\n}\n}\n}\n");
        installation.configuration.refresh();
    }

    private static String configuration(String robotApproved) {
        return Installation.with("""
                Registry
                {
                  demo
                  {
                    Users
                    {
                      r-1
                      {
                        PreferedUsername = robot
                      }
                    }
                    Groups
                    {
                      demo_robot
                      {
                        Properties = NormalUser, JobAdministrator
                        Users = r-1
                      }
                    }
                    Clients
                    {
                      monitor
                      {
                        Approved = %3$s
                        User = robot
                        Group = demo_robot
                        SecretHash = %1$s
                        Grants = client_credentials, token-exchange
                        Scopes = storage.read:/demo
                        Audiences = https://se.test:8443
                      }
                      signer
                      {
                        Approved = yes
                        User = robot
                        Group = demo_robot
                        Keys = %2$s
                      }
                      gateway
                      {
                        Approved = yes
                        SecretHash = %1$s
                        Grants = token-exchange, refresh_token
                        ActForUsers = yes
                        RefreshTokenLifetime = 600
                        SessionLifetime = 1800
                      }
                      stranger
                      {
                        User = robot
                        Group = demo_robot
                        SecretHash = %1$s
                      }
                    }
                    ScopedTokens
                    {
                      demo_user
                      {
                        Scopes = storage.read:/demo, storage.create:/demo/user/$initial/$user
                        Audiences = https://se.test:8443, https://other-se.test
                      }
                      demo_robot
                      {
                        Scopes = storage.read:/, storage.modify:/demo
                        Audiences = https://se.test:8443, https://other-se.test, https://dirac.test/
                      }
                    }
                  }
                  other
                  {
                    Clients
                    {
                      foreign
                      {
                        Approved = yes
                        SecretHash = %1$s
                        Grants = token-exchange
                        ActForUsers = yes
                      }
                    }
                  }
                }
                """.formatted(Sha256.hex(SECRET), publicKeys(), robotApproved));
    }

    static ClientCredentials secret(String id) {
        return new ClientCredentials(Optional.of(id), Optional.of(SECRET), Optional.empty());
    }

    static ClientCredentials assertion(String text) {
        return new ClientCredentials(Optional.empty(), Optional.empty(), Optional.of(text));
    }

    /** A good assertion of the signer. */
    static JwtClaims claims(Instant now) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer("signer");
        claims.setSubject("signer");
        claims.setAudience("https://dirac.test/api/auth/token");
        claims.setJwtId(UUID.randomUUID().toString());
        claims.setIssuedAt(NumericDate.fromSeconds(now.getEpochSecond()));
        claims.setExpirationTime(
                NumericDate.fromSeconds(now.plus(Duration.ofMinutes(1)).getEpochSecond()));
        return claims;
    }

    static String signed(JwtClaims claims, EllipticCurveJsonWebKey key) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue("ES256");
        signature.setKey(key.getPrivateKey());
        signature.setPayload(claims.toJson());
        try {
            return signature.getCompactSerialization();
        } catch (JoseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static EllipticCurveJsonWebKey newKey() {
        try {
            return EcJwkGenerator.generateJwk(EllipticCurves.P256);
        } catch (JoseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String publicKeys() {
        return new JsonWebKeySet(KEY).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
    }
}
