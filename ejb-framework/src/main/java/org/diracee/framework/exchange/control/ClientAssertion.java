/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.exchange.control;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.diracee.framework.client.boundary.ClientKeys;
import org.diracee.kernel.error.InvalidToken;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.lang.JoseException;

/**
 * What a client says of itself in a JWT that it has signed.
 *
 * @param jti its id, by which it is known when it comes a second time
 * @see "RFC 7523 3; OpenID Connect Core 1.0, 9"
 */
public record ClientAssertion(String jti, Instant expires) {

    private static final int LONGEST = 16_384;
    private static final int LONGEST_ID = 255;
    private static final Duration LONGEST_LIFE = Duration.ofMinutes(10);
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(30);

    /** No symmetric one: we know public keys alone. */
    private static final List<String> ALGORITHMS = List.of(
            "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519");

    /** The names of what may sign. */
    public static List<String> algorithms() {
        return ALGORITHMS;
    }

    /** The client that the text says it comes from, unverified. */
    public static Optional<String> named(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            JsonWebSignature signature = new JsonWebSignature();
            signature.setCompactSerialization(text);
            return Optional.ofNullable(
                    JwtClaims.parse(signature.getUnverifiedPayload()).getSubject());
        } catch (JoseException | InvalidJwtException | MalformedClaimException noToken) {
            return Optional.empty();
        }
    }

    /** Whether one of the keys signed the text. */
    public static boolean isSigned(String text, String keys) {
        try {
            JsonWebSignature signature = new JsonWebSignature();
            signature.setAlgorithmConstraints(new AlgorithmConstraints(
                    AlgorithmConstraints.ConstraintType.PERMIT, ALGORITHMS.toArray(String[]::new)));
            signature.setCompactSerialization(text);
            String algorithm = signature.getAlgorithmHeaderValue();
            String kid = signature.getKeyIdHeaderValue();
            return ALGORITHMS.contains(algorithm)
                    && ClientKeys.of(keys).stream()
                            .filter(key -> fits(key, kid, algorithm))
                            .anyMatch(key -> isSignedWith(key, signature));
        } catch (JoseException noToken) {
            return false;
        }
    }

    /**
     * What the text says, whose signature is good.
     *
     * @param audiences what it may be meant for: one of these and nothing else
     * @throws InvalidToken if it is not one that we take; the detail tells why
     */
    public static ClientAssertion read(String text, String client, Collection<String> audiences, Instant now) {
        try {
            JsonWebSignature signature = new JsonWebSignature();
            signature.setCompactSerialization(text);
            JwtClaims claims = JwtClaims.parse(signature.getUnverifiedPayload());
            if (!client.equals(claims.getIssuer()) || !client.equals(claims.getSubject())) {
                throw new InvalidToken("iss and sub must both be the client's id");
            }
            // one that is meant for another server, too, could have been taken from there
            if (claims.getAudience().size() != 1
                    || !audiences.contains(claims.getAudience().get(0))) {
                throw new InvalidToken("aud must be one of " + String.join(", ", audiences) + ", and nothing else");
            }
            Instant expires = expires(claims, now);
            String jti = claims.getJwtId();
            if (jti == null || jti.isBlank() || jti.length() > LONGEST_ID) {
                throw new InvalidToken("jti must be there, with at most " + LONGEST_ID + " characters");
            }
            return new ClientAssertion(jti, expires);
        } catch (JoseException | InvalidJwtException | MalformedClaimException broken) {
            throw new InvalidToken("malformed", broken);
        }
    }

    private static Instant expires(JwtClaims claims, Instant now) throws MalformedClaimException {
        NumericDate end = claims.getExpirationTime();
        if (end == null) {
            throw new InvalidToken("exp must be there");
        }
        Instant expires = Instant.ofEpochSecond(end.getValue());
        if (!now.isBefore(expires)) {
            throw new InvalidToken("it has expired");
        }
        if (expires.isAfter(now.plus(LONGEST_LIFE).plus(CLOCKS_DIFFER))) {
            throw new InvalidToken("exp must be at most " + LONGEST_LIFE.toMinutes() + " minutes ahead");
        }
        for (NumericDate begin : new NumericDate[] {claims.getNotBefore(), claims.getIssuedAt()}) {
            if (begin != null && Instant.ofEpochSecond(begin.getValue()).isAfter(now.plus(CLOCKS_DIFFER))) {
                throw new InvalidToken("it is not in force yet");
            }
        }
        return expires;
    }

    private static boolean fits(JsonWebKey key, String kid, String algorithm) {
        boolean isOfTheKind =
                switch (algorithm.substring(0, 2)) {
                    case "RS", "PS" -> key.getKeyType().equals("RSA");
                    case "ES" -> key.getKeyType().equals("EC");
                    default -> key.getKeyType().equals("OKP");
                };
        return isOfTheKind
                && (kid == null || key.getKeyId() == null || kid.equals(key.getKeyId()))
                && (key.getUse() == null || key.getUse().equals("sig"))
                && (key.getAlgorithm() == null || key.getAlgorithm().equals(algorithm));
    }

    private static boolean isSignedWith(JsonWebKey key, JsonWebSignature signature) {
        try {
            signature.setKey(key.getKey());
            return signature.verifySignature();
        } catch (JoseException unfitKey) {
            return false;
        }
    }
}
