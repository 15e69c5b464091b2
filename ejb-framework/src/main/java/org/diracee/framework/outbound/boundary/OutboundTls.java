/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.outbound.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.diracee.framework.configuration.boundary.Deployment;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.proxy.ProxyCredential;

/**
 * Whom this server trusts when it calls computing and storage elements, and what it shows them. They are trusted by the CA directory,
 * and by a file of certificates of their configuration; if there is neither, by the authorities that the platform trusts. Revocation
 * lists are not looked at.
 */
@ApplicationScoped
public class OutboundTls {

    /** As OpenSSL and IGTF name the certificates of CAs. */
    private static final Pattern CA = Pattern.compile(".*\\.(pem|[0-9])");

    private static final String UNSET = "";

    private Deployment deployment;

    protected OutboundTls() {} // for the container's proxy

    @Inject
    public OutboundTls(Deployment deployment) {
        this.deployment = deployment;
    }

    /**
     * What connections are made with.
     *
     * @param file of certificates that count beside the CA directory
     * @param person what is shown to whoever asks for a certificate
     * @throws IOException if the certificates cannot be read or used
     */
    @OpenAccess("called by features that call others for whom they have made sure")
    public SSLContext context(Optional<Path> file, Optional<ProxyCredential> person) throws IOException {
        Set<Certificate> anchors = anchors(file);
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    person.isPresent() ? keys(person.get()) : new KeyManager[0],
                    anchors.isEmpty() ? null : trust(anchors),
                    null);
            return context;
        } catch (GeneralSecurityException unusable) {
            throw new IOException("The certificates cannot be used: " + unusable.getMessage(), unusable);
        }
    }

    private Set<Certificate> anchors(Optional<Path> file) throws IOException {
        Set<Certificate> found = new HashSet<>();
        if (file.isPresent()) {
            found.addAll(read(file.get()));
        }
        Optional<Path> directory = deployment.certificateAuthorities();
        if (directory.isPresent()) {
            try (Stream<Path> files = Files.list(directory.get())) {
                for (Path each : files.filter(
                                path -> CA.matcher(path.toString()).matches())
                        .toList()) {
                    found.addAll(read(each));
                }
            }
        }
        return found;
    }

    private static TrustManager[] trust(Set<Certificate> certificates) throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        int number = 0;
        for (Certificate certificate : certificates) {
            store.setCertificateEntry(Integer.toString(number++), certificate);
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        return managers.getTrustManagers();
    }

    private static KeyManager[] keys(ProxyCredential person) throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        store.setKeyEntry(
                "person",
                person.privateKey(),
                UNSET.toCharArray(),
                person.chain().x509().toArray(X509Certificate[]::new));
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, UNSET.toCharArray());
        return managers.getKeyManagers();
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Set<Certificate> read(Path file) throws IOException {
        try (InputStream text = Files.newInputStream(file)) {
            return Set.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(text));
        } catch (CertificateException broken) {
            throw new IOException(file + " holds no certificates: " + broken.getMessage(), broken);
        }
    }
}
