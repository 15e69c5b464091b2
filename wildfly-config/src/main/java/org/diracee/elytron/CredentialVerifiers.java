/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.elytron;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Where the application leaves its {@link CredentialVerifier} for the server's authentication mechanism. */
public final class CredentialVerifiers {

    private static final AtomicReference<@Nullable CredentialVerifier> CURRENT = new AtomicReference<>();

    private CredentialVerifiers() {}

    /** Makes the verifier the one that is asked; a former one is forgotten. */
    public static void register(CredentialVerifier verifier) {
        CURRENT.set(verifier);
    }

    /** Forgets the verifier if it is still the one that is asked, so that an undeployed application can be collected. */
    public static void unregister(CredentialVerifier verifier) {
        CURRENT.compareAndSet(verifier, null);
    }

    static Optional<CredentialVerifier> current() {
        return Optional.ofNullable(CURRENT.get());
    }
}
