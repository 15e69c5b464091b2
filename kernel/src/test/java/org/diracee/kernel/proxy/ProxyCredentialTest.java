/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.diracee.kernel.value.GroupName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ProxyCredentialTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final ProxyTerms TERMS = ProxyTerms.full(NOW, NOW.plus(Duration.ofHours(12)));
    private static final TestAuthority AUTHORITY = new TestAuthority("Test CA", NOW);
    private static final ProxyCredential ALICE = AUTHORITY.person("alice");
    private static final ProxyKey KEY = ProxyKey.generate();

    @Nested
    class Signing {

        @Test
        void makesAProxyThatItsIssuerSigned() throws GeneralSecurityException {
            ProxyChain chain = ALICE.sign(KEY.request(), TERMS);

            X509Certificate proxy = chain.x509().get(0);
            proxy.verify(chain.x509().get(1).getPublicKey());
            assertThat(proxy.getIssuerX500Principal())
                    .isEqualTo(chain.x509().get(1).getSubjectX500Principal());
            assertThat(chain.leaf().dn())
                    .matches("/DC=test/DC=grid/CN=alice/CN=[0-9]+")
                    .endsWith("/CN=" + proxy.getSerialNumber());
            assertThat(chain.leaf().policy()).contains(ProxyPolicy.FULL);
            assertThat(chain.isLimited()).isFalse();
            assertThat(chain.diracGroup()).isEmpty();
            assertThat(chain.dn()).isEqualTo("/DC=test/DC=grid/CN=alice");
            assertThat(chain.expires()).isEqualTo(NOW.plus(Duration.ofHours(12)));
            assertThat(chain.leaf().notBefore()).isEqualTo(NOW.minus(Duration.ofMinutes(5)));
            assertThat(proxy.getCriticalExtensionOIDs()).contains("1.3.6.1.5.5.7.1.14", "2.5.29.15");
            assertThat(proxy.getKeyUsage()).startsWith(true, false, true);
        }

        @Test
        void writesTheGroupAsDiracReadsIt() {
            ProxyChain chain = ALICE.sign(KEY.request(), TERMS.in(new GroupName("demo_user")));

            assertThat(chain.diracGroup()).contains("demo_user");
            // OCTET STRING around IA5String (tag 22): what DIRAC's decodeDIRACGroup takes
            assertThat(chain.x509().get(0).getExtensionValue("1.2.42.42"))
                    .startsWith(4, 11, 22, 9)
                    .endsWith("demo_user".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }

        @Test
        void neverGivesMoreThanItsIssuersHave() {
            ProxyCredential limited = ALICE.proxy(TERMS.limitedIf(true));
            Instant later = NOW.plus(Duration.ofDays(1));

            ProxyChain chain = limited.sign(KEY.request(), ProxyTerms.full(NOW, later));

            assertThat(chain.proxies()).hasSize(2).allMatch(GridCertificate::isLimited);
            assertThat(chain.isLimited()).isTrue();
            assertThat(chain.expires()).isEqualTo(NOW.plus(Duration.ofHours(12)));
            assertThat(chain.leaf().notAfter()).isEqualTo(chain.expires());
        }

        @Test
        void knowsWhetherAnotherProxyMayFollow() {
            KeyPair pair = TestAuthority.rsa(2048);
            ProxyCredential alice = AUTHORITY.person("alice");
            ProxyChain last = TestAuthority.forged(
                    alice, pair.getPrivate(), pair, List.of(proxyInfo(Optional.of(0), "1.3.6.1.5.5.7.21.1")));
            ProxyChain one = TestAuthority.forged(
                    alice, pair.getPrivate(), pair, List.of(proxyInfo(Optional.of(1), "1.3.6.1.5.5.7.21.1")));

            assertThat(last.allowsAnother()).isFalse();
            assertThat(one.allowsAnother()).isTrue();
            assertThat(new ProxyCredential(pair.getPrivate(), one)
                            .sign(KEY.request(), TERMS)
                            .allowsAnother())
                    .isFalse();
            assertThat(ALICE.sign(KEY.request(), TERMS).allowsAnother()).isTrue();
        }
    }

    @Nested
    class Files {

        @Test
        void areReadAsTheyWereWritten() {
            ProxyCredential proxy = ALICE.proxy(TERMS);

            String text = proxy.pem();

            assertThat(text)
                    .startsWith("-----BEGIN CERTIFICATE-----")
                    .contains("-----BEGIN RSA PRIVATE KEY-----")
                    .endsWith("-----END CERTIFICATE-----\n");
            assertThat(ProxyCredential.read(text).chain()).isEqualTo(proxy.chain());
            assertThat(ProxyCredential.read(text).pem()).isEqualTo(text);
            assertThat(proxy.toString()).doesNotContain("PRIVATE");
        }

        @Test
        void ofAnotherKeyAreRefused() {
            String mixed =
                    AUTHORITY.person("bob").pem().replaceAll("(?s)-----BEGIN CERT.*?-----END CERTIFICATE-----\n", "")
                            + ALICE.chain().pem();

            assertThatThrownBy(() -> ProxyCredential.read(mixed))
                    .isInstanceOf(InvalidCertificate.class)
                    .hasMessageContaining("is not for this private key");
            assertThatThrownBy(() -> KEY.with(ALICE.chain())).isInstanceOf(InvalidCertificate.class);
        }

        @Test
        void withoutWhatTheyNeedAreRefusedWithTheReason() {
            assertThatThrownBy(() -> ProxyCredential.read(ALICE.chain().pem()))
                    .hasMessageContaining("no private key beside the certificates");
            assertThatThrownBy(() -> ProxyChain.read("nonsense")).hasMessageContaining("There is no certificate");
            assertThatThrownBy(() -> ProxyChain.read("-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n"))
                    .isInstanceOf(InvalidCertificate.class);
            assertThatThrownBy(() -> ProxyChain.read("x".repeat(300_000))).hasMessageContaining("longer than");
        }
    }

    @Nested
    class Requests {

        @Test
        void areReadAsTheyWereWritten() {
            ProxyRequest read = ProxyRequest.read(KEY.request().pem());

            assertThat(KEY.with(ALICE.sign(read, TERMS)).chain().dn()).isEqualTo("/DC=test/DC=grid/CN=alice");
            assertThat(ProxyKey.read(KEY.pem()).with(ALICE.sign(read, TERMS))).isNotNull();
        }

        @Test
        void ofWeakKeysAreRefused() throws Exception {
            assertThatThrownBy(() -> ProxyRequest.read(request(TestAuthority.rsa(1024), null)))
                    .isInstanceOf(InvalidCertificate.class)
                    .hasMessageContaining("RSA 1024");
        }

        @Test
        void thatAnotherKeySignedAreRefused() throws Exception {
            assertThatThrownBy(() -> ProxyRequest.read(request(TestAuthority.rsa(2048), TestAuthority.rsa(2048))))
                    .isInstanceOf(InvalidCertificate.class)
                    .hasMessageContaining("not signed by the key");
        }

        @Test
        void thatAreNoneAreRefused() {
            assertThatThrownBy(() -> ProxyRequest.read(ALICE.chain().pem())).hasMessageContaining("PKCS #10");
            assertThatThrownBy(() -> ProxyRequest.read("")).isInstanceOf(InvalidCertificate.class);
            assertThatThrownBy(() -> ProxyRequest.read(
                            "-----BEGIN CERTIFICATE REQUEST-----\nMAA=\n-----END CERTIFICATE REQUEST-----\n"))
                    .isInstanceOf(InvalidCertificate.class);
        }

        private String request(KeyPair pair, @org.jspecify.annotations.Nullable KeyPair signer) throws Exception {
            StringWriter text = new StringWriter();
            try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
                writer.writeObject(new JcaPKCS10CertificationRequestBuilder(ProxyRequest.NAMELESS, pair.getPublic())
                        .build(new JcaContentSignerBuilder("SHA256withRSA")
                                .build((signer == null ? pair : signer).getPrivate())));
            }
            return text.toString();
        }
    }

    @Nested
    class Policies {

        @Test
        void areToldApart() {
            assertThat(policy("1.3.6.1.5.5.7.21.1")).isEqualTo(ProxyPolicy.FULL);
            assertThat(policy("1.3.6.1.4.1.3536.1.1.1.9")).isEqualTo(ProxyPolicy.LIMITED);
            assertThat(policy("1.3.6.1.5.5.7.21.2")).isEqualTo(ProxyPolicy.INDEPENDENT);
            assertThat(policy("1.2.3.4")).isEqualTo(ProxyPolicy.OTHER);
        }

        @Test
        void ofAPersonsOwnCertificateThereIsNone() {
            assertThat(ALICE.chain().leaf().isProxy()).isFalse();
            assertThat(ALICE.chain().proxies()).isEmpty();
            assertThat(AUTHORITY.certificate().isProxy()).isFalse();
        }

        private ProxyPolicy policy(String oid) {
            KeyPair pair = TestAuthority.rsa(2048);
            return TestAuthority.forged(ALICE, pair.getPrivate(), pair, List.of(proxyInfo(Optional.empty(), oid)))
                    .leaf()
                    .policy()
                    .orElseThrow();
        }
    }

    private static Extension proxyInfo(Optional<Integer> pathLength, String policy) {
        DERSequence language = new DERSequence(new ASN1ObjectIdentifier(policy));
        try {
            return new Extension(
                    ProxyOids.PROXY_INFO,
                    true,
                    pathLength
                            .map(length -> new DERSequence(
                                    new org.bouncycastle.asn1.ASN1Encodable[] {new ASN1Integer(length), language}))
                            .orElse(new DERSequence(language))
                            .getEncoded());
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
