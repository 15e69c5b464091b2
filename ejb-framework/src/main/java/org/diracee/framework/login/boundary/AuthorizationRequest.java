/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.login.boundary;

/**
 * What a program in a browser asks for when it lets a person log in.
 *
 * @param redirectUri where the person and the code are to go
 * @param codeChallenge SHA-256 of the secret that the program keeps, base64url
 * @param state what the program wants to have back, as it is
 * @see "RFC 6749 4.1.1; RFC 7636 4.3"
 */
public record AuthorizationRequest(
        String clientId, String redirectUri, String scope, String codeChallenge, String state) {}
