/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.certificate.gateway;

import static org.diracee.framework.log.boundary.FrameworkLog.LOG;

import eu.emi.security.authn.x509.helpers.trust.OpensslTruststoreHelper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.diracee.framework.certificate.control.Refusal;

/**
 * The CA certificates and revocation lists of a directory in IGTF's layout: {@code <hash>.0} and {@code <hash>.r0}, with OpenSSL's
 * hash of the CA's name, and further numbers for further ones of the same hash.
 */
final class CaFiles {

    /** As many CAs of one hash as anybody has ever seen, and more. */
    private static final int MOST_OF_ONE_HASH = 10;

    private final Path directory;
    private final WatchedFiles<X509Certificate> certificates;
    private final WatchedFiles<RevocationList> lists;

    CaFiles(Path directory, Clock clock) {
        this.directory = directory;
        this.certificates = new WatchedFiles<>(CaFiles::certificate, clock);
        this.lists = new WatchedFiles<>(CaFiles::list, clock);
    }

    Path directory() {
        return directory;
    }

    /** The CAs of this name; those whose file is broken are left out, with a word in the log. */
    List<X509Certificate> authorities(X500Principal name) {
        List<X509Certificate> found = new ArrayList<>();
        String hash = hash(name);
        for (int i = 0; i < MOST_OF_ONE_HASH; i++) {
            Path file = directory.resolve(hash + "." + i);
            try {
                Optional<X509Certificate> certificate = certificates.read(file);
                if (certificate.isEmpty()) {
                    break;
                }
                certificate
                        .filter(ca -> ca.getSubjectX500Principal().equals(name))
                        .ifPresent(found::add);
            } catch (IOException broken) {
                LOG.caFileBroken(file.toString(), String.valueOf(broken.getMessage()));
            }
        }
        return found;
    }

    /**
     * The revocation lists of the CA of this name, whoever signed them.
     *
     * @throws Refusal if one is there that cannot be read: not to know who is revoked is no reason to trust all
     */
    List<RevocationList> revocationLists(X500Principal name) throws Refusal {
        List<RevocationList> found = new ArrayList<>();
        String hash = hash(name);
        for (int i = 0; i < MOST_OF_ONE_HASH; i++) {
            Path file = directory.resolve(hash + ".r" + i);
            try {
                Optional<RevocationList> list = lists.read(file);
                if (list.isEmpty()) {
                    break;
                }
                list.filter(ca -> ca.issuer().equals(name)).ifPresent(found::add);
            } catch (IOException broken) {
                LOG.caFileBroken(file.toString(), String.valueOf(broken.getMessage()));
                throw new Refusal("the revocation list of its CA cannot be read");
            }
        }
        return found;
    }

    private static String hash(X500Principal name) {
        return OpensslTruststoreHelper.getOpenSSLCAHash(name, true);
    }

    private static X509Certificate certificate(Path file) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(stream);
        } catch (CertificateException broken) {
            throw new IOException("it is no certificate", broken);
        }
    }

    private static RevocationList list(Path file) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            return new RevocationList(
                    (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(stream));
        } catch (CertificateException | CRLException broken) {
            throw new IOException("it is no revocation list", broken);
        }
    }
}
