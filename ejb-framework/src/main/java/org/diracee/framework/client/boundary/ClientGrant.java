/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.client.boundary;

import java.util.Arrays;
import java.util.List;

/** What a registered client may come with to the token route. */
public enum ClientGrant {
    /** Its own name: it acts as the user that the registry gives it. @see "RFC 6749 4.4" */
    CLIENT_CREDENTIALS("client_credentials"),
    /** Another token. @see "RFC 8693" */
    TOKEN_EXCHANGE("token-exchange"),
    /** The refresh token of a session that it began. @see "RFC 6749 6" */
    REFRESH_TOKEN("refresh_token");

    private final String text;

    ClientGrant(String text) {
        this.text = text;
    }

    /** Its name in the configuration. */
    public String text() {
        return text;
    }

    public static ClientGrant of(String text) {
        return Arrays.stream(values())
                .filter(grant -> grant.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(text + " is no grant"));
    }

    /** The names of all. */
    public static List<String> texts() {
        return Arrays.stream(values()).map(ClientGrant::text).toList();
    }
}
