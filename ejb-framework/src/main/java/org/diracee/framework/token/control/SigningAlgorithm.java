/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.control;

import java.util.Arrays;

/** What tokens are signed with: of each kind the issuer has keys. */
public enum SigningAlgorithm {
    /** Of the tokens that come back to us. */
    ED25519("Ed25519"),
    /** Of those for others: one of the two that the WLCG profile allows. @see "WLCG Common JWT Profiles 1.0, 4" */
    ES256("ES256"),
    /** The other one, of those for computing elements: A-REX reads no key of an elliptic curve before version 7. */
    RS256("RS256");

    private final String header;

    SigningAlgorithm(String header) {
        this.header = header;
    }

    /** Its name in headers of tokens, in keys and in the database. */
    public String header() {
        return header;
    }

    public static SigningAlgorithm of(String header) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.header.equals(header))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("We sign nothing with " + header));
    }
}
