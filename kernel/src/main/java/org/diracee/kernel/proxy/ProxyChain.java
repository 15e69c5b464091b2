/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.proxy;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;

/**
 * A certificate with those that issued it, each signed by the next: a proxy first, then the proxies it stems from, then the person's own
 * certificate. Nothing says that the signatures hold; that is another's work.
 */
public record ProxyChain(List<GridCertificate> certificates) {

    private static final String CERTIFICATE = "CERTIFICATE";
    private static final int MOST_CERTIFICATES = 20;
    private static final int LONGEST_TEXT = 256 * 1024;

    /** @throws InvalidCertificate unless there is at least one certificate, and not too many */
    public ProxyChain {
        certificates = List.copyOf(certificates);
        if (certificates.isEmpty()) {
            throw new InvalidCertificate("There is no certificate: expected is a chain in PEM, the proxy first");
        }
        if (certificates.size() > MOST_CERTIFICATES) {
            throw new InvalidCertificate(
                    "The chain has " + certificates.size() + " certificates: allowed are " + MOST_CERTIFICATES);
        }
    }

    /**
     * Reads the certificates of a text in PEM; what else it holds does not matter.
     *
     * @throws InvalidCertificate if it holds none, or one that is broken
     */
    public static ProxyChain read(String pem) {
        if (pem.length() > LONGEST_TEXT) {
            throw new InvalidCertificate("The chain is longer than " + LONGEST_TEXT + " characters");
        }
        List<GridCertificate> found = new ArrayList<>();
        try (PemReader reader = new PemReader(new StringReader(pem))) {
            for (PemObject next = reader.readPemObject(); next != null; next = reader.readPemObject()) {
                if (next.getType().equals(CERTIFICATE)) {
                    found.add(GridCertificate.of(next.getContent()));
                }
            }
        } catch (IOException | RuntimeException broken) {
            if (broken instanceof InvalidCertificate known) {
                throw known;
            }
            throw new InvalidCertificate("The text is no chain of certificates in PEM", broken);
        }
        return new ProxyChain(found);
    }

    /** @throws InvalidCertificate if there are too many, or none, or one is broken */
    public static ProxyChain of(List<X509Certificate> certificates) {
        List<GridCertificate> read = new ArrayList<>();
        for (X509Certificate certificate : certificates) {
            try {
                read.add(GridCertificate.of(certificate.getEncoded()));
            } catch (CertificateEncodingException broken) {
                throw new InvalidCertificate("A certificate of the chain cannot be read", broken);
            }
        }
        return new ProxyChain(read);
    }

    public GridCertificate leaf() {
        return certificates.get(0);
    }

    /** The person's own certificate: the first that is no proxy; empty if there are proxies only. */
    public Optional<GridCertificate> identity() {
        return certificates.stream()
                .filter(certificate -> !certificate.isProxy())
                .findFirst();
    }

    /** The name of the person; that of the last issuer if the person's own certificate is missing. */
    public String dn() {
        return identity()
                .map(GridCertificate::dn)
                .orElseGet(() -> certificates.get(certificates.size() - 1).issuerDn());
    }

    /** The proxies of the chain, the last made first; none if the person's own certificate comes first. */
    public List<GridCertificate> proxies() {
        return certificates.stream().takeWhile(GridCertificate::isProxy).toList();
    }

    public boolean isLimited() {
        return proxies().stream().anyMatch(GridCertificate::isLimited);
    }

    /** The group in which DIRAC takes the holder to act: that of the oldest proxy that names one. */
    public Optional<String> diracGroup() {
        List<GridCertificate> oldestFirst = new ArrayList<>(proxies());
        Collections.reverse(oldestFirst);
        return oldestFirst.stream()
                .flatMap(proxy -> proxy.diracGroup().stream())
                .findFirst();
    }

    public boolean hasVomsAttributes() {
        return certificates.stream().anyMatch(GridCertificate::hasVomsAttributes);
    }

    /** The groups and roles of VOMS; nobody has checked its signature. */
    public List<String> unverifiedFqans() {
        return proxies().stream()
                .map(GridCertificate::unverifiedFqans)
                .filter(fqans -> !fqans.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    /** Whether a proxy that is signed by the first certificate would be accepted, as far as the number of proxies goes. */
    public boolean allowsAnother() {
        List<GridCertificate> proxies = proxies();
        for (int above = 0; above < proxies.size(); above++) {
            if (proxies.get(above).pathLength().isPresent()
                    && proxies.get(above).pathLength().getAsInt() <= above) {
                return false;
            }
        }
        return true;
    }

    /** When the first of the certificates ends. */
    public Instant expires() {
        return certificates.stream()
                .map(GridCertificate::notAfter)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** The same for whoever speaks the platform's language. */
    public List<X509Certificate> x509() {
        return certificates.stream().map(GridCertificate::x509).toList();
    }

    public String pem() {
        return pem(certificates);
    }

    static String pem(List<GridCertificate> certificates) {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            for (GridCertificate certificate : certificates) {
                writer.writeObject(new PemObject(CERTIFICATE, certificate.encoded()));
            }
        } catch (IOException impossible) {
            throw new IllegalStateException("Text in memory can always be written", impossible);
        }
        return text.toString();
    }
}
