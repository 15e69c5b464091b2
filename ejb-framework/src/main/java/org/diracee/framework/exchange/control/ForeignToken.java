/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.exchange.control;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.lang.JoseException;

/** What a provider gave for another service, looked at before it is handed on. */
public final class ForeignToken {

    private static final int LONGEST = 32_768;

    private ForeignToken() {}

    /**
     * Whether it is for this service and no other, and allows nothing that was not asked for. The provider itself sent it, over
     * TLS, so that its signature says no more.
     */
    public static boolean isAsAsked(String text, String audience, Collection<String> asked) {
        if (text.length() > LONGEST) {
            return false;
        }
        try {
            JsonWebSignature signature = new JsonWebSignature();
            signature.setCompactSerialization(text);
            JwtClaims claims = JwtClaims.parse(signature.getUnverifiedPayload());
            String scope = claims.getStringClaimValue("scope");
            return claims.getAudience().equals(List.of(audience))
                    && scope != null
                    && Arrays.stream(scope.strip().split("\\s+", -1)).allMatch(asked::contains);
        } catch (JoseException | InvalidJwtException | MalformedClaimException noToken) {
            return false;
        }
    }
}
