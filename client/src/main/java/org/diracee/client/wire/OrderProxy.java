/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.util.Optional;

/**
 * Asks for a proxy that is made of a stored one.
 *
 * @param request for the caller's key, in PEM (PKCS #10)
 * @param user whose; absent: the caller's own
 * @param dn of which certificate; absent: that whose proxy ends last
 * @param group in which the holder is to act; absent: the caller's own
 * @param lifetime in seconds; absent: what is usual
 * @param limited absent: full if the caller may have that
 * @param voms whether it is to have the VOMS attribute that stands for the group; absent: no
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record OrderProxy(
        @NotNull @Size(max = 32_768) String request,
        Optional<@Size(max = 64) String> user,
        Optional<@Size(max = 1024) String> dn,
        Optional<@Size(max = 128) String> group,
        Optional<@Positive Long> lifetime,
        Optional<Boolean> limited,
        Optional<Boolean> voms) {}
