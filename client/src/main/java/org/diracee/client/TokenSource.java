/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client;

import java.util.Optional;

/** Where the bearer token of a call comes from; called by many threads at once. */
public interface TokenSource {

    /** Returns the token to send, renewed if it is about to expire; empty to send none. */
    Optional<String> token();

    /** Returns another token after the server refused this one with 401; empty if there is no other. */
    default Optional<String> replacement(String refused) {
        return Optional.empty();
    }

    /** Sends no token. */
    static TokenSource none() {
        return Optional::empty;
    }

    /** Sends always this token. */
    static TokenSource fixed(String token) {
        return () -> Optional.of(token);
    }
}
