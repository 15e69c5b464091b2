/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A log-in that waits for a person's approval in a browser.
 *
 * @param userCode what the person types if the complete address was not opened
 * @param deviceCode what the device exchanges for tokens once approved; a secret
 * @param expiresIn seconds until it is void
 * @param interval seconds to wait between two questions whether it is approved; null leaves it to the device
 * @see "RFC 8628"
 */
public record DeviceAuthorization(
        @JsonProperty("user_code") String userCode,
        @JsonProperty("device_code") String deviceCode,
        @JsonProperty("verification_uri") String verificationUri,
        @JsonProperty("verification_uri_complete") String verificationUriComplete,
        @JsonProperty("expires_in") long expiresIn,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer interval) {}
