/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.elytron;

import java.security.InvalidAlgorithmParameterException;
import java.security.KeyStore;
import java.security.Provider;
import java.time.Clock;
import java.util.List;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactorySpi;
import org.jspecify.annotations.Nullable;

/** Brings {@link ClientCertificates} to the server's TLS, which finds trust managers by the name of an algorithm. */
public final class DiracTrustProvider extends Provider {

    private static final long serialVersionUID = 1L;

    /** Name of the provider. */
    public static final String NAME = "DiracTrust";

    /** Name of the algorithm of its trust manager. */
    public static final String ALGORITHM = "DIRAC";

    /** Called by the server, which finds the class by its name. */
    public DiracTrustProvider() {
        super(NAME, "1.0", "Client certificates and RFC 3820 proxies for DIRAC EE");
        putService(new Service(this, "TrustManagerFactory", ALGORITHM, Factory.class.getName(), List.of(), null));
    }

    /** Makes the trust manager; the key store that the server insists on is of no use to it. */
    public static final class Factory extends TrustManagerFactorySpi {

        /** Called by Java's security framework. */
        public Factory() {}

        @Override
        protected void engineInit(@Nullable KeyStore ignored) {}

        @Override
        protected void engineInit(ManagerFactoryParameters parameters) throws InvalidAlgorithmParameterException {
            throw new InvalidAlgorithmParameterException("There is nothing to configure");
        }

        @Override
        protected TrustManager[] engineGetTrustManagers() {
            return new TrustManager[] {new ClientCertificates(AcceptedIssuers.ofEnvironment(Clock.systemUTC()))};
        }
    }
}
