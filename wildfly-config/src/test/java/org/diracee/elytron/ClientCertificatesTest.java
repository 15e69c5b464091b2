/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.elytron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientCertificatesTest {

    private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

    @TempDir
    Path directory;

    private final X509Certificate nobody = new AcceptedIssuers(Optional.empty(), CLOCK).certificates()[0];

    @Test
    void letsEveryChainOfSensibleLengthThroughForTheApplicationToDecide() throws CertificateException {
        X509ExtendedTrustManager trust = new ClientCertificates(new AcceptedIssuers(Optional.empty(), CLOCK));
        trust.checkClientTrusted(new X509Certificate[] {nobody}, "EC");
        assertThatThrownBy(() -> trust.checkClientTrusted(new X509Certificate[0], "EC"))
                .isInstanceOf(CertificateException.class);
        X509Certificate[] endless = new X509Certificate[21];
        Arrays.fill(endless, nobody);
        assertThatThrownBy(() -> trust.checkClientTrusted(endless, "EC")).isInstanceOf(CertificateException.class);
    }

    @Test
    void trustsNoServer() {
        X509ExtendedTrustManager trust = new ClientCertificates(new AcceptedIssuers(Optional.empty(), CLOCK));
        assertThatThrownBy(() -> trust.checkServerTrusted(new X509Certificate[] {nobody}, "EC"))
                .isInstanceOf(CertificateException.class);
    }

    @Test
    void namesNobodyWhereNoCertificatesCount() {
        assertThat(nobody.getSubjectX500Principal().getName()).isEqualTo("CN=No client certificates");
        assertThat(new AcceptedIssuers(Optional.of(directory), CLOCK).certificates())
                .containsExactly(nobody);
        assertThat(new AcceptedIssuers(Optional.of(directory.resolve("none")), CLOCK).certificates())
                .containsExactly(nobody);
    }

    @Test
    void namesTheCasOfTheDirectoryAndPassesOverOtherFiles() throws IOException, GeneralSecurityException {
        String pem = "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder().encodeToString(nobody.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
        Files.writeString(directory.resolve("0123abcd.0"), pem);
        Files.writeString(directory.resolve("0123abcd.1"), pem); // the same name again
        Files.writeString(directory.resolve("89abcdef.0"), "no certificate");
        Files.writeString(directory.resolve("0123abcd.r0"), "a list");
        assertThat(new AcceptedIssuers(Optional.of(directory), CLOCK).certificates())
                .containsExactly(nobody);
    }

    @Test
    void isFoundByTheNameOfItsAlgorithm() throws GeneralSecurityException {
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(DiracTrustProvider.ALGORITHM, new DiracTrustProvider());
        factory.init((KeyStore) null);
        TrustManager[] managers = factory.getTrustManagers();
        assertThat(managers).hasSize(1).hasOnlyElementsOfType(ClientCertificates.class);
    }
}
