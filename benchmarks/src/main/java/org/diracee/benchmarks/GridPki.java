/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.benchmarks;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.X509CertSelector;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * The keys and certificates of both ends of a mutual TLS connection, as {@code dev/make-tls} and {@code testbed/ca.sh} made them.
 *
 * @param directory of the run
 */
record GridPki(Path directory) {

    private static final char[] NONE = {};

    /** What the client shows and trusts; to be made into a context for each connection, so that none resumes another. */
    record ClientSide(KeyManager[] own, TrustManager[] trusted) {

        SSLContext context() throws GeneralSecurityException {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own, trusted, null);
            return context;
        }
    }

    ClientSide client() throws IOException, GeneralSecurityException {
        Path user = directory.resolve("grid/users/alice");
        KeyStore own = empty();
        own.setKeyEntry(
                "alice",
                key(user.resolve("userkey.pem")),
                NONE,
                certificates(user.resolve("usercert.pem")).toArray(Certificate[]::new));
        KeyStore trusted = empty();
        int number = 0;
        for (Certificate certificate : certificates(directory.resolve("tls/ca.pem"))) {
            trusted.setCertificateEntry("ca-" + number++, certificate);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        return new ClientSide(keyManagers(own, NONE), trust.getTrustManagers());
    }

    /** A server's context that lets in who is certified by the CA and not on its revocation list. */
    SSLContext bareServer() throws IOException, GeneralSecurityException {
        char[] password =
                Files.readString(directory.resolve("tls/password")).strip().toCharArray();
        KeyStore own = KeyStore.getInstance("PKCS12");
        try (InputStream store = Files.newInputStream(directory.resolve("tls/server.p12"))) {
            own.load(store, password);
        }
        KeyStore authorities = empty();
        List<Object> lists = new ArrayList<>();
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory.resolve("grid/certificates"))) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (name.endsWith(".0")) {
                    authorities.setCertificateEntry(
                            name, certificates(file).iterator().next());
                } else if (name.endsWith(".r0")) {
                    lists.add(factory.generateCRL(new ByteArrayInputStream(Files.readAllBytes(file))));
                }
            }
        }
        PKIXBuilderParameters rules = new PKIXBuilderParameters(authorities, new X509CertSelector());
        rules.setRevocationEnabled(true);
        rules.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(lists)));
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(new CertPathTrustManagerParameters(rules));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers(own, password), trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static KeyManager[] keyManagers(KeyStore store, char[] password) throws GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
        factory.init(store, password);
        return factory.getKeyManagers();
    }

    private static Collection<? extends Certificate> certificates(Path pem)
            throws IOException, GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(pem)));
    }

    private static PrivateKey key(Path pem) throws IOException, GeneralSecurityException {
        String text = Files.readString(pem, StandardCharsets.US_ASCII).replaceAll("-----[A-Z ]+-----", "");
        return KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(text)));
    }
}
