/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.control;

/** What a token is for; its header says so, and it is good for nothing else. @see "RFC 8725 3.11, RFC 9068 2.1" */
public enum TokenType {
    ACCESS("at+jwt", "access token", SigningAlgorithm.ED25519),
    REFRESH("rt+jwt", "refresh token", SigningAlgorithm.ED25519),
    /**
     * For a storage or computing element; our own API never takes it. Those for storage come back to our own storage elements, those for
     * computing elements, signed with another algorithm, never.
     *
     * @see "WLCG Common JWT Profiles 1.0"
     */
    SCOPED("JWT", "scoped token", SigningAlgorithm.ES256);

    private final String header;
    private final String words;
    private final SigningAlgorithm checked;

    TokenType(String header, String words, SigningAlgorithm checked) {
        this.header = header;
        this.words = words;
        this.checked = checked;
    }

    /** What those are signed with that we check ourselves. */
    public SigningAlgorithm checked() {
        return checked;
    }

    String header() {
        return header;
    }

    String words() {
        return words;
    }
}
