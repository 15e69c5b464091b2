/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.diracee.client.wire.WireMapper;

/**
 * How much of its life a bearer token has behind it. The token has been verified before; its id is a UUIDv7 and so tells
 * when it was made.
 */
final class TokenAge {

    private static final ObjectMapper JSON = WireMapper.lenient();
    private static final int TIME_SHIFT = 16;

    private TokenAge() {}

    /** Whether less than half of the life of the token in this header remains. */
    static boolean isPastHalf(String authorization, Instant now) {
        String[] parts = authorization.strip().split("[ .]+", -1);
        if (parts.length != 4) {
            return false;
        }
        try {
            JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[2]));
            Instant expires = Instant.ofEpochSecond(claims.path("exp").asLong());
            UUID id = UUID.fromString(claims.path("jti").asText());
            Instant made = Instant.ofEpochMilli(id.getMostSignificantBits() >>> TIME_SHIFT);
            return Duration.between(now, expires).multipliedBy(2).compareTo(Duration.between(made, expires)) < 0;
        } catch (JsonProcessingException | IllegalArgumentException notOurs) {
            return false;
        } catch (IOException impossible) {
            throw new java.io.UncheckedIOException(impossible);
        }
    }
}
