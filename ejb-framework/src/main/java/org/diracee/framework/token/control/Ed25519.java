/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.control;

import org.jose4j.jwa.AlgorithmFactoryFactory;
import org.jose4j.jws.EdDsaAlgorithm;

/** jose4j's EdDSA under the fully specified name that DiracX writes. @see "RFC 9864" */
final class Ed25519 extends EdDsaAlgorithm {

    static final String NAME = "Ed25519";

    private Ed25519() {
        setAlgorithmIdentifier(NAME);
    }

    /** Makes jose4j know the name; repeated calls change nothing. */
    static void register() {
        AlgorithmFactoryFactory.getInstance().getJwsAlgorithmFactory().registerAlgorithm(new Ed25519());
    }
}
