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
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.lang.JoseException;

/**
 * One of the issuer's Ed25519 key pairs, ready for use.
 *
 * @param kid its id in the headers of tokens
 * @param signing whether new tokens are signed with it
 * @param publicJwk its public part as other parties read it
 * @param lastExpiry the database knows that it signs tokens that live so long, and keeps it until then
 */
public record TokenKey(
        String kid,
        boolean signing,
        PrivateKey privateKey,
        PublicKey publicKey,
        Map<String, Object> publicJwk,
        Instant lastExpiry) {

    public TokenKey {
        publicJwk = Map.copyOf(publicJwk);
    }

    /** Makes a new pair and writes it in the JWK format, with its private part. */
    public static String generate(String kid) {
        try {
            OctetKeyPairJsonWebKey pair = OkpJwkGenerator.generateJwk(OctetKeyPairJsonWebKey.SUBTYPE_ED25519);
            pair.setKeyId(kid);
            return pair.toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE);
        } catch (JoseException impossible) {
            throw new IllegalStateException("This Java makes no Ed25519 keys", impossible);
        }
    }

    public static TokenKey read(String kid, boolean signing, String privateJwk, Instant lastExpiry) {
        try {
            OctetKeyPairJsonWebKey pair = new OctetKeyPairJsonWebKey(JsonUtil.parseJson(privateJwk));
            PrivateKey privateKey = pair.getPrivateKey();
            if (privateKey == null) {
                throw new IllegalStateException("The stored signing key " + kid + " has no private part");
            }
            Map<String, Object> jwk = new HashMap<>(pair.toParams(JsonWebKey.OutputControlLevel.PUBLIC_ONLY));
            jwk.put("kid", kid);
            jwk.put("alg", Ed25519.NAME);
            jwk.put("use", "sig");
            // what DiracX tells: a key still in use signs, one kept for old tokens only verifies
            jwk.put("key_ops", signing ? List.of("sign", "verify") : List.of("verify"));
            return new TokenKey(
                    kid, signing, Ed25519.own(privateKey), Ed25519.own(pair.getPublicKey()), jwk, lastExpiry);
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
