/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.control;

import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.diracee.kernel.error.ExpiredToken;
import org.diracee.kernel.error.InvalidToken;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.lang.JoseException;

/** Signs and checks JSON Web Tokens; what the claims mean is decided by the callers. */
public final class Jwts {

    /** Longest token that is looked at; ours have less than 2 kB. */
    private static final int MAX_LENGTH = 16_384;

    /** So much another node's clock may be ahead of ours. */
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(30);

    private static final Pattern COMPACT = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

    private static final String TYPE = "typ";

    static {
        Ed25519.register();
    }

    private Jwts() {}

    public static String sign(TokenType type, JwtClaims claims, TokenKey key) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(key.algorithm().header());
        signature.setKeyIdHeaderValue(key.kid());
        signature.setHeader(TYPE, type.header());
        if (key.algorithm() == SigningAlgorithm.ED25519) {
            signature.setProviderContext(Ed25519.computation());
        }
        signature.setKey(key.privateKey());
        signature.setPayload(claims.toJson());
        try {
            return signature.getCompactSerialization();
        } catch (JoseException impossible) {
            throw new IllegalStateException("The key " + key.kid() + " does not sign", impossible);
        }
    }

    /** The id of the key that a token names which was {@linkplain #verified checked}. */
    public static String kid(String verified) {
        try {
            return JsonWebStructure.fromCompactSerialization(verified).getKeyIdHeaderValue();
        } catch (JoseException impossible) {
            throw new IllegalStateException("A token that was read cannot be read again", impossible);
        }
    }

    /**
     * The claims of a token of this type that we signed, that is in force and has not expired. The clock that it was signed by may
     * be 30 seconds ahead; its end counts by our own.
     *
     * @param keys finds our public key by its id
     * @throws InvalidToken otherwise; the detail tells why
     */
    public static JwtClaims verified(
            TokenType type, String token, Function<String, Optional<PublicKey>> keys, Instant now) {
        // the library would also read other spellings of the same token, padded or with line breaks
        if (token.length() > MAX_LENGTH || !COMPACT.matcher(token).matches()) {
            throw new InvalidToken("malformed");
        }
        JwtClaims claims;
        NumericDate expires;
        NumericDate notBefore;
        try {
            JsonWebSignature signature = new JsonWebSignature();
            signature.setAlgorithmConstraints(new AlgorithmConstraints(
                    AlgorithmConstraints.ConstraintType.PERMIT, type.checked().header()));
            signature.setCompactSerialization(token);
            String kid = signature.getKeyIdHeaderValue();
            PublicKey key = kid == null ? null : keys.apply(kid).orElse(null);
            if (key == null) {
                throw new InvalidToken("unknown signing key");
            }
            if (type.checked() == SigningAlgorithm.ED25519) {
                signature.setProviderContext(Ed25519.computation());
            }
            signature.setKey(key);
            if (!signature.verifySignature()) {
                throw new InvalidToken("bad signature");
            }
            if (!type.header().equals(signature.getHeader(TYPE))) {
                throw new InvalidToken("no " + type.words());
            }
            claims = JwtClaims.parse(signature.getPayload());
            expires = claims.getExpirationTime();
            notBefore = claims.getNotBefore();
        } catch (JoseException | InvalidJwtException | MalformedClaimException | ClassCastException broken) {
            // the library casts: a kid, for instance, may be a number
            throw new InvalidToken("malformed", broken);
        }
        if (expires == null) {
            throw new InvalidToken("without an end");
        }
        Instant end = Instant.ofEpochSecond(expires.getValue());
        if (!now.isBefore(end)) {
            throw new ExpiredToken(end);
        }
        if (notBefore != null && now.plus(CLOCKS_DIFFER).isBefore(Instant.ofEpochSecond(notBefore.getValue()))) {
            throw new InvalidToken("not in force yet");
        }
        return claims;
    }
}
