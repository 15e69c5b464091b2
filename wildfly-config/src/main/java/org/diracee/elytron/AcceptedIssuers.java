/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.elytron;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.jboss.logging.Logger;

/**
 * The CAs that the server names when it asks a client for a certificate, so that browsers ask their users only if they have a
 * fitting one. A hint, not a decision: read from the directory of CAs, again every half minute by the handshake that comes then.
 */
final class AcceptedIssuers {

    private static final Logger LOG = Logger.getLogger(AcceptedIssuers.class);
    private static final Duration PAUSE = Duration.ofSeconds(30);

    /** More names than this make handshakes slow and some clients give up; then none are named, which means any. */
    private static final int MOST_BYTES = 16_000;

    /**
     * Named where no certificates count, and belonging to nobody: an empty list would mean that every certificate is welcome.
     * Its subject is {@code CN=No client certificates}; made once, its key was thrown away.
     */
    private static final String NOBODY = """
            -----BEGIN CERTIFICATE-----
            MIIBmjCCAT+gAwIBAgIUFZ/AY8Xrb8ox1dglwurMl0E2KAYwCgYIKoZIzj0EAwIw
            ITEfMB0GA1UEAwwWTm8gY2xpZW50IGNlcnRpZmljYXRlczAgFw0yNjExMjYxOTA4
            MjZaGA8yMTI2MTEwMjE5MDgyNlowITEfMB0GA1UEAwwWTm8gY2xpZW50IGNlcnRp
            ZmljYXRlczBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABAH8Qvl79zvr7lrrJyRO
            opL4BXbEnDif8QyS41oAHTyQ8n8qYlDYjEkfK14jRtWouLZ1bKlxUn0hOiXphDr8
            RGejUzBRMB0GA1UdDgQWBBSBqizf8O2JDooyTn62ZSY0c17GyDAfBgNVHSMEGDAW
            gBSBqizf8O2JDooyTn62ZSY0c17GyDAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49
            BAMCA0kAMEYCIQCG0lEJL6G9NcnqFOTsxSbs2FoAHVyftx+aCT7JPDDDKQIhAMvK
            qa2MV2ftELxYsErd9vFkHj9XNuNhosX4PXdEieIL
            -----END CERTIFICATE-----
            """;

    private final Optional<Path> directory;
    private final Clock clock;
    private volatile Known known = new Known(new X509Certificate[0], Instant.MIN);

    AcceptedIssuers(Optional<Path> directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /** Of the directory that {@code DIRAC_CA_DIR} names. */
    static AcceptedIssuers ofEnvironment(Clock clock) {
        return new AcceptedIssuers(
                Optional.ofNullable(System.getenv("DIRAC_CA_DIR"))
                        .filter(path -> !path.isBlank())
                        .map(Path::of),
                clock);
    }

    /** The CAs to name; the caller must not change the array. */
    X509Certificate[] certificates() {
        Known current = known;
        Instant now = clock.instant();
        if (now.isBefore(current.until())) {
            return current.certificates();
        }
        synchronized (this) {
            if (!now.isBefore(known.until())) {
                known = new Known(read(), now.plus(PAUSE));
            }
            return known.certificates();
        }
    }

    private X509Certificate[] read() {
        if (directory.isEmpty()) {
            return new X509Certificate[] {nobody()};
        }
        List<X509Certificate> found = new ArrayList<>();
        Set<X500Principal> names = new HashSet<>();
        int bytes = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory.get(), "[0-9a-f]*.[0-9]")) {
            for (Path file : files) {
                Optional<X509Certificate> certificate = read(file);
                if (certificate.isPresent() && names.add(certificate.get().getSubjectX500Principal())) {
                    bytes += certificate.get().getSubjectX500Principal().getEncoded().length + 2;
                    found.add(certificate.get());
                }
            }
        } catch (IOException unreadable) {
            LOG.debugf(unreadable, "The directory of CAs %s cannot be read now", directory.get());
        }
        if (found.isEmpty()) {
            return new X509Certificate[] {nobody()};
        }
        return bytes > MOST_BYTES ? new X509Certificate[0] : found.toArray(X509Certificate[]::new);
    }

    private static Optional<X509Certificate> read(Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            return Optional.of(
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(stream));
        } catch (IOException | CertificateException broken) {
            LOG.debugf(broken, "%s is no certificate", file); // the application warns of it when somebody needs it
            return Optional.empty();
        }
    }

    private static X509Certificate nobody() {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(NOBODY.getBytes(StandardCharsets.US_ASCII)));
        } catch (CertificateException impossible) {
            throw new IllegalStateException("The certificate of nobody is broken", impossible);
        }
    }

    private record Known(X509Certificate[] certificates, Instant until) {}
}
