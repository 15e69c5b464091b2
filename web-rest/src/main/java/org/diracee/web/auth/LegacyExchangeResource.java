/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.auth;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diracee.client.wire.TokenResponse;
import org.diracee.framework.login.boundary.LegacyExchange;
import org.diracee.kernel.error.FieldError;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.error.MalformedRequest;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The tokens that servers of DIRAC 8 and 9 get for their users. @see "DiracX REST reference 4" */
@OAuth
@Path("api/auth/legacy-exchange")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class LegacyExchangeResource {

    private static final Pattern HEADER = Pattern.compile("Bearer diracx:legacy:([A-Za-z0-9_-]{1,512}={0,2})");
    private static final Pattern MINUTES = Pattern.compile("[1-9][0-9]{0,7}");

    private LegacyExchange exchange;

    /** RESTEasy insists on it. */
    public LegacyExchangeResource() {}

    @Inject
    public LegacyExchangeResource(LegacyExchange exchange) {
        this.exchange = exchange;
    }

    @GET
    @Operation(hidden = true)
    public TokenResponse exchange(
            @HeaderParam(HttpHeaders.AUTHORIZATION) @DefaultValue("") String authorization,
            @QueryParam("preferred_username") @DefaultValue("") String username,
            @QueryParam("scope") @DefaultValue("") String scope,
            @QueryParam("expires_minutes") @DefaultValue("") String minutes) {
        return TokenResource.answer(exchange.exchange(
                key(authorization), required("preferred_username", username), required("scope", scope), life(minutes)));
    }

    private static byte[] key(String authorization) {
        Matcher matcher = HEADER.matcher(authorization);
        if (matcher.matches()) {
            try {
                return Base64.getUrlDecoder().decode(matcher.group(1));
            } catch (IllegalArgumentException noBase64) {
                // told below
            }
        }
        throw new InvalidRequest("Invalid authorization header: it must be 'Bearer diracx:legacy:' and the key");
    }

    private static String required(String name, String value) {
        if (value.isBlank()) {
            throw malformed(name, "is missing");
        }
        return value;
    }

    private static Optional<Duration> life(String minutes) {
        if (minutes.isEmpty()) {
            return Optional.empty();
        }
        if (!MINUTES.matcher(minutes).matches()) {
            throw malformed("expires_minutes", "must be a whole number of at least 1");
        }
        return Optional.of(Duration.ofMinutes(Long.parseLong(minutes)));
    }

    private static MalformedRequest malformed(String name, String what) {
        return new MalformedRequest(name + " " + what, List.of(new FieldError(name, what)));
    }
}
