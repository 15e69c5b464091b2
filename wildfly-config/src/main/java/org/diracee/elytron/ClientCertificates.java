/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.elytron;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Lets clients show certificates without believing them.
 *
 * <p>TLS makes sure that the client has the private key of the first certificate. Whether the chain is to be trusted, the
 * application decides at each request: so a bad one gets an answer that says what is wrong instead of a broken handshake,
 * the directory of CAs is read in one place, and a resumed session does not outlive a revocation. Java's own trust manager knows no
 * proxies at all. Nothing else may use this trust manager; as a client it trusts nobody.
 */
final class ClientCertificates extends X509ExtendedTrustManager {

    private static final int LONGEST_CHAIN = 20;

    private final AcceptedIssuers issuers;

    ClientCertificates(AcceptedIssuers issuers) {
        this.issuers = issuers;
    }

    @Override
    public void checkClientTrusted(X509Certificate @Nullable [] chain, @Nullable String keyType)
            throws CertificateException {
        if (chain == null || chain.length == 0 || chain.length > LONGEST_CHAIN) {
            throw new CertificateException("A chain has 1 to " + LONGEST_CHAIN + " certificates");
        }
    }

    @Override
    public void checkClientTrusted(
            X509Certificate @Nullable [] chain, @Nullable String keyType, @Nullable Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, keyType);
    }

    @Override
    public void checkClientTrusted(
            X509Certificate @Nullable [] chain, @Nullable String keyType, @Nullable SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, keyType);
    }

    @Override
    public void checkServerTrusted(X509Certificate @Nullable [] chain, @Nullable String keyType)
            throws CertificateException {
        throw new CertificateException("This trust manager is for the clients of a server");
    }

    @Override
    public void checkServerTrusted(
            X509Certificate @Nullable [] chain, @Nullable String keyType, @Nullable Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, keyType);
    }

    @Override
    public void checkServerTrusted(
            X509Certificate @Nullable [] chain, @Nullable String keyType, @Nullable SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, keyType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return issuers.certificates();
    }
}
