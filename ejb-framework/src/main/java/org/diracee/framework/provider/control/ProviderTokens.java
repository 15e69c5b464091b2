/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.provider.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.Key;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.diracee.framework.provider.boundary.IdentityProvider;
import org.diracee.framework.provider.boundary.ProviderFailed;
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
 * Decides whether a token is what a provider says of a person to us.
 *
 * @see "OpenID Connect Core 1.0, 3.1.3.7; RFC 9068; RFC 8725"
 */
@ApplicationScoped
public class ProviderTokens {

    /** How far the clocks of a provider and of ours may be apart. */
    static final Duration SKEW = Duration.ofSeconds(30);

    private static final int LONGEST = 32_768;
    private static final int TRIED_KEYS = 4;

    /** Claims that only ID tokens have, and those of tokens that end sessions. */
    private static final Set<String> NOT_OF_ACCESS = Set.of("nonce", "at_hash", "c_hash", "s_hash", "events");

    private static final Set<String> ACCESS_HEADERS = Set.of("at+jwt", "application/at+jwt");

    private ProviderDocuments documents;
    private Clock clock;

    protected ProviderTokens() {} // for the container's proxy

    @Inject
    public ProviderTokens(ProviderDocuments documents, Clock clock) {
        this.documents = documents;
        this.clock = clock;
    }

    /**
     * What an ID token says of the person who logged in.
     *
     * @throws InvalidToken unless it is the provider's, for us, for this log-in, and not over
     * @throws ProviderFailed if the provider's keys cannot be had
     */
    public JwtClaims idToken(IdentityProvider provider, String token, String nonce) {
        Signed signed = verified(provider, token);
        JwtClaims claims = signed.claims();
        try {
            if (ACCESS_HEADERS.contains(signed.type())) {
                throw new InvalidToken("no ID token");
            }
            List<String> audience = claims.getAudience();
            String party = claims.getStringClaimValue("azp");
            boolean isForUs = audience.contains(provider.clientId())
                    && (party == null ? audience.size() == 1 : party.equals(provider.clientId()));
            if (!isForUs) {
                throw new InvalidToken("for another client");
            }
            if (!nonce.equals(claims.getStringClaimValue("nonce"))) {
                throw new InvalidToken("of another log-in");
            }
            issuedAt(claims, provider.maxTokenAge());
            return claims;
        } catch (MalformedClaimException unusable) {
            throw new InvalidToken("unusable claims", unusable);
        }
    }

    /**
     * What an access token says of its holder.
     *
     * @throws InvalidToken unless it is the provider's, an access token, for our API, not over, and young enough
     * @throws ProviderFailed if the provider's keys cannot be had
     */
    public JwtClaims accessToken(IdentityProvider provider, String token) {
        Signed signed = verified(provider, token);
        JwtClaims claims = signed.claims();
        try {
            if (!isAccessToken(signed)) {
                throw new InvalidToken("no access token");
            }
            List<String> audience = claims.getAudience();
            if (provider.audiences().stream().noneMatch(audience::contains)
                    || audience.contains(provider.clientId()) && !ACCESS_HEADERS.contains(signed.type())) {
                throw new InvalidToken("for another audience");
            }
            issuedAt(claims, provider.maxTokenAge());
            return claims;
        } catch (MalformedClaimException unusable) {
            throw new InvalidToken("unusable claims", unusable);
        }
    }

    /** The issuer that a token names, unverified; empty if it is no token. */
    public static Optional<String> namedIssuer(String token) {
        if (token.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            JsonWebSignature signature = new JsonWebSignature();
            signature.setCompactSerialization(token);
            return Optional.ofNullable(
                    JwtClaims.parse(signature.getUnverifiedPayload()).getIssuer());
        } catch (JoseException | InvalidJwtException | MalformedClaimException noToken) {
            return Optional.empty();
        }
    }

    /** It must say in some way that it is one: what does not is taken for something else. */
    private static boolean isAccessToken(Signed signed) throws MalformedClaimException {
        JwtClaims claims = signed.claims();
        if (ACCESS_HEADERS.contains(signed.type())) {
            return true;
        }
        // Keycloak tells in a claim what a token is for
        String use = claims.hasClaim("typ") ? claims.getStringClaimValue("typ") : "Bearer";
        return (signed.type().isEmpty() || signed.type().equals("jwt"))
                && "Bearer".equalsIgnoreCase(use)
                && (claims.hasClaim("scope") || claims.hasClaim("scp"))
                && NOT_OF_ACCESS.stream().noneMatch(claims::hasClaim);
    }

    private Signed verified(IdentityProvider provider, String token) {
        if (token.length() > LONGEST) {
            throw new InvalidToken("malformed");
        }
        try {
            JsonWebSignature signature = new JsonWebSignature();
            signature.setAlgorithmConstraints(new AlgorithmConstraints(
                    AlgorithmConstraints.ConstraintType.PERMIT,
                    provider.algorithms().toArray(String[]::new)));
            signature.setCompactSerialization(token);
            String algorithm = signature.getAlgorithmHeaderValue();
            // before any key is looked for: the provider must not be asked because of what can never count
            if (!provider.algorithms().contains(algorithm)) {
                throw new InvalidToken("signed with what is not allowed");
            }
            JwtClaims claims = JwtClaims.parse(signature.getUnverifiedPayload());
            if (!documents.metadata(provider).issuer().equals(claims.getIssuer())) {
                throw new InvalidToken("another issuer's");
            }
            notOver(claims);
            String kid = signature.getKeyIdHeaderValue();
            List<JsonWebKey> keys = documents.keys(provider, key -> fits(key, kid, algorithm));
            if (keys.isEmpty()) {
                throw new InvalidToken("unknown signing key");
            }
            if (keys.stream().limit(TRIED_KEYS).noneMatch(key -> isSignedWith(key.getKey(), signature))) {
                throw new InvalidToken("bad signature");
            }
            if (claims.getSubject() == null || claims.getSubject().isBlank()) {
                throw new InvalidToken("unusable claims");
            }
            String type = signature.getHeader("typ");
            return new Signed(type == null ? "" : type.toLowerCase(Locale.ROOT), claims);
        } catch (JoseException | InvalidJwtException | MalformedClaimException | ClassCastException broken) {
            // the library casts: a kid, for instance, may be a number
            throw new InvalidToken("malformed", broken);
        }
    }

    private void notOver(JwtClaims claims) throws MalformedClaimException {
        Instant now = clock.instant();
        NumericDate expires = claims.getExpirationTime();
        if (expires == null
                || !now.isBefore(Instant.ofEpochSecond(expires.getValue()).plus(SKEW))) {
            throw new InvalidToken("expired");
        }
        NumericDate notBefore = claims.getNotBefore();
        if (notBefore != null && now.plus(SKEW).isBefore(Instant.ofEpochSecond(notBefore.getValue()))) {
            throw new InvalidToken("not valid yet");
        }
    }

    private void issuedAt(JwtClaims claims, Duration greatestAge) throws MalformedClaimException {
        NumericDate issued = claims.getIssuedAt();
        if (issued == null) {
            throw new InvalidToken("without its time of issue");
        }
        Instant now = clock.instant();
        Instant at = Instant.ofEpochSecond(issued.getValue());
        if (at.isAfter(now.plus(SKEW)) || at.plus(greatestAge).plus(SKEW).isBefore(now)) {
            throw new InvalidToken("too old, or of the future");
        }
    }

    private static boolean fits(JsonWebKey key, String kid, String algorithm) {
        boolean isOfTheKind =
                switch (algorithm.substring(0, 2)) {
                    case "RS", "PS" -> key.getKeyType().equals("RSA");
                    case "ES" -> key.getKeyType().equals("EC");
                    default -> key.getKeyType().equals("OKP");
                };
        return isOfTheKind
                && (kid == null || kid.equals(key.getKeyId()))
                && (key.getUse() == null || key.getUse().equals("sig"))
                && (key.getAlgorithm() == null || key.getAlgorithm().equals(algorithm));
    }

    private static boolean isSignedWith(Key key, JsonWebSignature signature) {
        try {
            signature.setKey(key);
            return signature.verifySignature();
        } catch (JoseException unfitKey) {
            return false;
        }
    }

    /**
     * A token with a good signature.
     *
     * @param type the header {@code typ} in small letters; empty if it has none
     */
    private record Signed(String type, JwtClaims claims) {}
}
