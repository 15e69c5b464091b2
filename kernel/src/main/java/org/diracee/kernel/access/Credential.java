/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.access;

import java.util.Optional;

/**
 * What a user showed with a request: for the audit log, and for rules that ask how and not only who.
 *
 * @param id the {@code jti} of a token, the DN of a certificate; empty for {@link CredentialKind#NONE}. No secret
 * @param actor the client that acts for the user, if it is not the user itself (claim {@code act} of RFC 8693)
 */
public record Credential(CredentialKind kind, String id, Optional<String> actor) {

    /** Nothing was shown: our own code speaks of the user. */
    public static final Credential NONE = new Credential(CredentialKind.NONE, "", Optional.empty());

    public static Credential of(CredentialKind kind, String id) {
        return new Credential(kind, id, Optional.empty());
    }
}
