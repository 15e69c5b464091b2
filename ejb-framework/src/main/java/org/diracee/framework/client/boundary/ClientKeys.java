/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.client.boundary;

import java.util.List;
import java.util.Map;
import org.diracee.kernel.value.InvalidValue;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;

/** The public keys of clients, as JSON Web Key Sets. */
public final class ClientKeys {

    private static final int MOST = 10;
    private static final List<String> PRIVATE = List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");
    private static final List<String> KINDS = List.of("RSA", "EC", "OKP");

    private ClientKeys() {}

    /** The text itself. @throws InvalidValue unless it is a set of public keys; says nothing of its content */
    public static String checked(String text) {
        try {
            Object keys = JsonUtil.parseJson(text).get("keys");
            boolean isPublic = keys instanceof List<?> list
                    && !list.isEmpty()
                    && list.size() <= MOST
                    && list.stream().allMatch(ClientKeys::isPublic);
            if (isPublic && keys instanceof List<?> list && of(text).size() == list.size()) {
                return text;
            }
        } catch (JoseException noJson) {
            // told below
        }
        throw new InvalidValue("keys of a client", "(not shown)", "a JSON Web Key Set of public RSA, EC or OKP keys");
    }

    /** The keys of the text. */
    public static List<JsonWebKey> of(String text) {
        try {
            return new JsonWebKeySet(text).getJsonWebKeys();
        } catch (JoseException impossible) {
            throw new IllegalStateException("Keys of a client that were readable are not", impossible);
        }
    }

    private static boolean isPublic(Object key) {
        return key instanceof Map<?, ?> parameters
                && parameters.get("kty") instanceof String kind
                && KINDS.contains(kind)
                && PRIVATE.stream().noneMatch(parameters::containsKey);
    }
}
