/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.certificate.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.emi.security.authn.x509.impl.KeyAndCertCredential;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.DERSequence;
import org.diracee.framework.certificate.control.Refusal;
import org.diracee.framework.fixture.CaDirectoryFiles;
import org.diracee.kernel.proxy.Pki;
import org.diracee.kernel.proxy.Pki.Holder;
import org.italiangrid.voms.asn1.VOMSACGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VomsServersTest {

    private static final KeyPair RSA = rsa(); // the library makes and knows no other signatures

    @TempDir
    Path directory;

    private final Instant now = Instant.now();
    private final Holder authority = Pki.authority("Test CA", RSA);
    private final Holder server = authority.certificateFor("voms.test.grid").make(RSA);
    private final Holder alice = authority.certificateFor("alice").make();
    private VomsServers servers;

    private static KeyPair rsa() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @BeforeEach
    void install() throws IOException {
        Path authorities = Files.createDirectory(directory.resolve("certificates"));
        CaDirectoryFiles.install(authorities, authority);
        trust("demo", "voms.test.grid", "/DC=test/DC=grid/CN=voms.test.grid");
        servers = new VomsServers(
                directory, new CaDirectory(authorities, false, false, Clock.systemUTC()), Clock.systemUTC());
    }

    private void trust(String vo, String host, String subject) throws IOException {
        Path file = directory.resolve(vo).resolve(host + ".lsc");
        Files.createDirectories(file.getParent());
        Files.writeString(file, subject + "\n/DC=test/DC=grid/CN=Test CA\n");
    }

    private List<X509Certificate> proxy(
            Holder of, Holder signer, X509Certificate holder, String vo, Instant until, String... fqans) {
        try {
            VOMSACGenerator generator = new VOMSACGenerator(
                    new KeyAndCertCredential(signer.key(), signer.chain().toArray(X509Certificate[]::new)));
            var attributes = generator.generateVOMSAttributeCertificate(
                    List.of(fqans),
                    List.of(),
                    List.of(),
                    holder,
                    BigInteger.ONE,
                    Date.from(until.minus(Duration.ofHours(12))),
                    Date.from(until),
                    vo,
                    "voms.test.grid",
                    15000);
            var extension = generator.generateVOMSExtension(List.of(attributes));
            return of.proxy()
                    .extension(extension.getOid(), new DERSequence(extension.getValue()))
                    .make()
                    .chain();
        } catch (java.security.KeyStoreException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private List<X509Certificate> proxy(String vo, String... fqans) {
        return proxy(alice, server, alice.certificate(), vo, now.plusSeconds(600), fqans);
    }

    private void refused(List<X509Certificate> chain, String reason) {
        assertThatThrownBy(() -> servers.fqans(chain))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(reason);
    }

    @Test
    void tellsWhatATrustedServerSaysOfTheHolder() throws Refusal {
        assertThat(servers.fqans(proxy("demo", "/demo/Role=production", "/demo")))
                .containsExactly("/demo/Role=production", "/demo");
        assertThat(servers.fqans(alice.proxy().make().chain())).isEmpty();
    }

    @Test
    void refusesAttributesOfAVoWithoutFileOrOfAnotherServer() throws IOException {
        refused(proxy("other", "/other"), "LSC");
        trust("third", "voms.test.grid", "/DC=test/DC=grid/CN=another");
        refused(proxy("third", "/third"), "LSC");
        Holder pretender =
                Pki.authority("Test CA", rsa()).certificateFor("voms.test.grid").make(RSA);
        refused(proxy(alice, pretender, alice.certificate(), "demo", now.plusSeconds(600), "/demo"), "");
    }

    @Test
    void refusesAttributesOfAnotherVo() {
        refused(proxy("demo", "/demo", "/other/Role=admin"), "speaks of /other/Role=admin");
        refused(proxy("demo", "/demonstration"), "speaks of /demonstration");
    }

    @Test
    void refusesAttributesOfAnotherHolder() {
        Holder mallory = authority.certificateFor("mallory").make();
        refused(
                proxy(mallory, server, alice.certificate(), "demo", now.plusSeconds(600), "/demo"),
                "another certificate");
        // the same name, another certificate: it may be that of somebody who had the name before
        Holder former = authority.certificateFor("alice").make();
        refused(
                proxy(alice, server, former.certificate(), "demo", now.plusSeconds(600), "/demo"),
                "another certificate");
    }

    @Test
    void refusesAttributesThatAreOver() {
        refused(proxy(alice, server, alice.certificate(), "demo", now.minusSeconds(1), "/demo"), "");
    }

    @Test
    void readsNoFileOutsideItsDirectory() throws IOException {
        Path outside = directory.resolve("certificates/voms.test.grid.lsc");
        Files.writeString(outside, "/DC=test/DC=grid/CN=voms.test.grid\n/DC=test/DC=grid/CN=Test CA\n");
        refused(proxy("demo/../certificates", "/demo/../certificates"), "LSC");
        refused(proxy("..", "/.."), "LSC");
    }
}
