/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.sealing.gateway;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.crypto.SecretKey;
import org.diracee.framework.sealing.control.KeySource;
import org.diracee.framework.sealing.control.UnusableSealingKey;
import org.wildfly.security.credential.SecretKeyCredential;
import org.wildfly.security.credential.store.CredentialStore;
import org.wildfly.security.credential.store.CredentialStoreException;

/** Takes the key from the credential store {@code dirac} of the server's Elytron subsystem. */
@ApplicationScoped
public class ServerCredentialStore implements KeySource {

    /** The name that Elytron gives to the key which it makes together with a store of secret keys. */
    private static final String ALIAS = "key";

    private static final long PATIENCE_SECONDS = 30;

    @Override
    public SecretKey key() {
        try {
            CredentialStore store = CredentialStoreActivator.store().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            SecretKeyCredential credential = store.retrieve(ALIAS, SecretKeyCredential.class);
            if (credential == null) {
                throw UnusableSealingKey.missing(ALIAS);
            }
            return credential.getSecretKey();
        } catch (CredentialStoreException unreadable) {
            throw UnusableSealingKey.missing(ALIAS, unreadable);
        } catch (TimeoutException | ExecutionException absent) {
            throw UnusableSealingKey.unreachable(absent);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw UnusableSealingKey.unreachable(stopping);
        }
    }
}
