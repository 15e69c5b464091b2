/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.control;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/**
 * One of the issuer's key pairs, ready for use.
 *
 * @param kid its id in the headers of tokens
 * @param signing whether new tokens are signed with it
 * @param publicJwk its public part as other parties read it
 * @param lastExpiry the database knows that it signs tokens that live so long, and keeps it until then
 */
public record TokenKey(
        String kid,
        SigningAlgorithm algorithm,
        boolean signing,
        PrivateKey privateKey,
        PublicKey publicKey,
        Map<String, Object> publicJwk,
        Instant lastExpiry) {

    private static final int RSA_BITS = 2048;

    public TokenKey {
        publicJwk = Map.copyOf(publicJwk);
    }

    /** Makes a new pair and writes it in the JWK format, with its private part. */
    public static String generate(SigningAlgorithm algorithm, String kid) {
        try {
            PublicJsonWebKey pair =
                    switch (algorithm) {
                        case ED25519 -> OkpJwkGenerator.generateJwk(OctetKeyPairJsonWebKey.SUBTYPE_ED25519);
                        case ES256 -> EcJwkGenerator.generateJwk(EllipticCurves.P256);
                        case RS256 -> RsaJwkGenerator.generateJwk(RSA_BITS);
                    };
            pair.setKeyId(kid);
            return pair.toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE);
        } catch (JoseException impossible) {
            throw new IllegalStateException("This Java makes no keys for " + algorithm.header(), impossible);
        }
    }

    public static TokenKey read(
            String kid, SigningAlgorithm algorithm, boolean signing, String privateJwk, Instant lastExpiry) {
        try {
            Map<String, Object> parameters = JsonUtil.parseJson(privateJwk);
            PublicJsonWebKey pair =
                    switch (algorithm) {
                        case ED25519 -> new OctetKeyPairJsonWebKey(parameters);
                        case ES256 -> new EllipticCurveJsonWebKey(parameters);
                        case RS256 -> new RsaJsonWebKey(parameters);
                    };
            PrivateKey privateKey = pair.getPrivateKey();
            if (privateKey == null) {
                throw new IllegalStateException("The stored signing key " + kid + " has no private part");
            }
            Map<String, Object> jwk = new HashMap<>(pair.toParams(JsonWebKey.OutputControlLevel.PUBLIC_ONLY));
            jwk.put("kid", kid);
            jwk.put("alg", algorithm.header());
            jwk.put("use", "sig");
            // what DiracX tells: a key still in use signs, one kept for old tokens only verifies
            jwk.put("key_ops", signing ? List.of("sign", "verify") : List.of("verify"));
            boolean isOurOwn = algorithm == SigningAlgorithm.ED25519;
            return new TokenKey(
                    kid,
                    algorithm,
                    signing,
                    isOurOwn ? Ed25519.own(privateKey) : privateKey,
                    isOurOwn ? Ed25519.own(pair.getPublicKey()) : pair.getPublicKey(),
                    jwk,
                    lastExpiry);
        } catch (JoseException unreadable) {
            // not kept as the cause: it could quote the key
            throw new IllegalStateException("The stored signing key " + kid + " is unreadable");
        }
    }

    @Override
    public String toString() {
        return "TokenKey " + kid; // never the private part
    }
}
