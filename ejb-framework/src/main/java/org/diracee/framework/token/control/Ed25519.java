/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.control;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Security;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jose4j.jca.ProviderContext;
import org.jose4j.jwa.AlgorithmFactoryFactory;
import org.jose4j.jws.EdDsaAlgorithm;

/**
 * jose4j's EdDSA under the fully specified name that DiracX writes, computed by Bouncy Castle: the JDK's own takes ten times
 * as long, which was half of the work of handing out a job.
 *
 * @see "RFC 9864"
 */
final class Ed25519 extends EdDsaAlgorithm {

    static final String NAME = "Ed25519";

    private Ed25519() {
        setAlgorithmIdentifier(NAME);
    }

    /** Makes jose4j and this Java know it; repeated calls change nothing. */
    static void register() {
        if (Security.getProvider(BouncyCastleProvider.PROVIDER_NAME) == null) {
            Security.addProvider(new BouncyCastleProvider());
        }
        AlgorithmFactoryFactory.getInstance().getJwsAlgorithmFactory().registerAlgorithm(new Ed25519());
    }

    /** What makes jose4j compute with Bouncy Castle; the keys must be its own. */
    static ProviderContext computation() {
        ProviderContext context = new ProviderContext();
        context.getSuppliedKeyProviderContext().setSignatureProvider(BouncyCastleProvider.PROVIDER_NAME);
        return context;
    }

    /** The same key as Bouncy Castle's own. */
    static PrivateKey own(PrivateKey key) {
        try {
            return keys().generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded()));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Bouncy Castle does not read an Ed25519 key", impossible);
        }
    }

    /** The same key as Bouncy Castle's own. */
    static PublicKey own(PublicKey key) {
        try {
            return keys().generatePublic(new X509EncodedKeySpec(key.getEncoded()));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Bouncy Castle does not read an Ed25519 key", impossible);
        }
    }

    private static KeyFactory keys() throws GeneralSecurityException {
        register();
        return KeyFactory.getInstance(NAME, BouncyCastleProvider.PROVIDER_NAME);
    }
}
