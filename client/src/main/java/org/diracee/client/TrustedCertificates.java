/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Makes a TLS context that trusts the certificates of a PEM file or of a directory of them. */
final class TrustedCertificates {

    private TrustedCertificates() {}

    /**
     * Makes it.
     *
     * @param pem without one, what Java trusts
     * @param own what to show to servers that ask
     */
    static SSLContext contextOf(@Nullable Path pem, @Nullable ClientCertificate own) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own == null ? null : new KeyManager[] {own}, pem == null ? null : trustManagers(pem), null);
            return context;
        } catch (GeneralSecurityException broken) {
            throw new IOException("The certificates cannot be used: " + broken.getMessage(), broken);
        }
    }

    private static TrustManager[] trustManagers(Path pem) throws IOException {
        Collection<Certificate> certificates = Files.isDirectory(pem) ? ofDirectory(pem) : ofFile(pem);
        if (certificates.isEmpty()) {
            throw new IOException("There is no PEM certificate in " + pem);
        }
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            int number = 0;
            for (Certificate certificate : certificates) {
                store.setCertificateEntry("ca-" + number++, certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            return trust.getTrustManagers();
        } catch (GeneralSecurityException broken) {
            throw new IOException("The certificates in " + pem + " cannot be used: " + broken.getMessage(), broken);
        }
    }

    private static Collection<Certificate> ofFile(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        try {
            return List.copyOf(
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(content)));
        } catch (CertificateException broken) {
            throw new IOException(file + " is no file of PEM certificates: " + broken.getMessage(), broken);
        }
    }

    private static Collection<Certificate> ofDirectory(Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> entries = Files.list(directory)) {
            // the hashed names of OpenSSL, the IGTF's bundle, and plain ones
            files = entries.filter(file -> file.getFileName().toString().matches(".*\\.(pem|crt|cer|[0-9])"))
                    .sorted()
                    .toList();
        }
        List<Certificate> all = new ArrayList<>();
        for (Path file : files) {
            all.addAll(ofFile(file));
        }
        return all;
    }
}
