/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.auth;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.diracee.framework.exchange.boundary.ClientCredentials;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.InvalidRequest;
import org.jspecify.annotations.Nullable;

/**
 * Who asks at the routes of token and revocation: the public client by its name, or a registered one by a secret or an assertion, in one way.
 *
 * @param id the name that it gives itself, if it does
 * @param credentials what it shows; empty for the public client
 * @see "RFC 6749 2.3.1; RFC 7523 2.2"
 */
public record ShownClient(Optional<String> id, Optional<ClientCredentials> credentials) {

    /** In which ways, as discovery documents name them. */
    public static final List<String> METHODS =
            List.of("none", "client_secret_basic", "client_secret_post", "private_key_jwt");

    private static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final String BASIC = "basic ";

    static ShownClient of(@Nullable String authorization, Form form) {
        Optional<ClientCredentials> basic = basic(authorization);
        Optional<String> named = form.optional("client_id");
        Optional<String> secret = form.optional("client_secret");
        Optional<String> assertion = form.optional("client_assertion");
        if (Stream.of(basic, secret, assertion).filter(Optional::isPresent).count() > 1) {
            throw invalid("The client must prove who it is in one way, not in several");
        }
        if (assertion.isPresent()
                && !form.optional("client_assertion_type")
                        .filter(ASSERTION_TYPE::equals)
                        .isPresent()) {
            throw invalid("client_assertion_type must be " + ASSERTION_TYPE);
        }
        if (basic.isPresent()) {
            ClientCredentials shown = basic.get();
            if (named.isPresent() && !named.equals(shown.id())) {
                throw invalid("client_id names another client than the Authorization header");
            }
            // what the public client sends through libraries that know no other way
            return shown.secret().isEmpty()
                    ? new ShownClient(shown.id(), Optional.empty())
                    : new ShownClient(shown.id(), basic);
        }
        if (secret.isPresent() && named.isEmpty()) {
            throw invalid("client_id is missing");
        }
        return new ShownClient(
                named,
                secret.isPresent() || assertion.isPresent()
                        ? Optional.of(new ClientCredentials(named, secret, assertion))
                        : Optional.empty());
    }

    /** The name of a client that shows nothing else. */
    String publicId() {
        return id.orElseThrow(() -> invalid("client_id is missing"));
    }

    private static Optional<ClientCredentials> basic(@Nullable String authorization) {
        if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(BASIC)) {
            return Optional.empty(); // of another kind: never looked at here
        }
        try {
            String text = new String(
                    Base64.getDecoder()
                            .decode(authorization.substring(BASIC.length()).strip()),
                    StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            if (colon > 0) {
                return Optional.of(new ClientCredentials(
                        Optional.of(decoded(text.substring(0, colon))),
                        Optional.of(decoded(text.substring(colon + 1))).filter(secret -> !secret.isEmpty()),
                        Optional.empty()));
            }
        } catch (IllegalArgumentException noBase64) {
            // told below
        }
        throw invalid("The Authorization header is not understood: after Basic comes client_id:secret, both"
                + " form-encoded, in base64");
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static InvalidRequest invalid(String detail) {
        return new InvalidRequest(ErrorCode.INVALID_TOKEN_REQUEST, detail);
    }
}
