/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.control;

/** What a token is for; its header says so, and it is good for nothing else. @see "RFC 8725 3.11, RFC 9068 2.1" */
public enum TokenType {
    ACCESS("at+jwt", "access token"),
    REFRESH("rt+jwt", "refresh token"),
    /** For a storage or computing element; our own API never takes it. @see "WLCG Common JWT Profiles 1.0" */
    SCOPED("JWT", "scoped token");

    private final String header;
    private final String words;

    TokenType(String header, String words) {
        this.header = header;
        this.words = words;
    }

    String header() {
        return header;
    }

    String words() {
        return words;
    }
}
