/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.control;

/**
 * Who we are in our tokens.
 *
 * @param name the claim {@code iss}
 * @param audience the claim {@code aud} of access tokens: the services that they are for
 */
public record Issuer(String name, String audience) {}
