/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.certificate.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.diracee.framework.certificate.boundary.ChainVerification;
import org.diracee.framework.certificate.boundary.UntrustedChain;
import org.diracee.framework.certificate.boundary.VerifiedChain;
import org.diracee.framework.certificate.control.Refusal;
import org.diracee.framework.fixture.CaDirectoryFiles;
import org.diracee.kernel.proxy.Pki;
import org.diracee.kernel.proxy.Pki.Holder;
import org.diracee.kernel.value.GroupName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChainVerificationTest {

    /** The library looks at the machine's clock, so this one starts there. */
    private static final class ShiftedClock extends Clock {
        private Duration shift = Duration.ZERO;

        void advance(Duration by) {
            shift = shift.plus(by);
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(shift);
        }

        @Override
        public java.time.ZoneId getZone() {
            return java.time.ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }

    /** The longest that anything is remembered, and a moment. */
    private static final Duration REMEMBERED = Duration.ofSeconds(31);

    @TempDir
    Path directory;

    private final ShiftedClock clock = new ShiftedClock();
    private final Holder authority = Pki.authority("Test CA");
    private final Holder alice = authority.certificateFor("alice").make();
    private ChainVerification verification;

    @BeforeEach
    void install() {
        CaDirectoryFiles.install(directory, authority);
        verification = verification(false, false);
    }

    private ChainVerification verification(boolean requireRevocationList, boolean requireNamespaces) {
        return new ChainVerification(
                new CaDirectory(directory, requireRevocationList, requireNamespaces, clock),
                chain -> {
                    throw new Refusal("none here");
                },
                clock);
    }

    private VerifiedChain verify(Holder holder) {
        return verification.verify(holder.chain());
    }

    private void refused(Holder holder, String reason) {
        assertThatThrownBy(() -> verify(holder))
                .isInstanceOf(UntrustedChain.class)
                .hasMessageContaining(reason);
    }

    @Test
    void knowsTheHolderOfACertificateByItsNameWithSlashes() {
        VerifiedChain verified = verify(alice);
        assertThat(verified.dn().text()).isEqualTo("/DC=test/DC=grid/CN=alice");
        assertThat(verified.proxy()).isFalse();
        assertThat(verified.limited()).isFalse();
        assertThat(verified.fqans()).isEmpty();
    }

    @Test
    void writesAddressesAndLettersBeyondAsciiAsOpensslDoes() {
        Holder named = authority
                .certificateFor("x")
                .named(new X500NameBuilder(BCStyle.INSTANCE)
                        .addRDN(BCStyle.C, "CH")
                        .addRDN(BCStyle.CN, "Zoë host/a.example")
                        .addRDN(BCStyle.EmailAddress, new DERIA5String("zoe@example.org"))
                        .build())
                .make();
        assertThat(verify(named).dn().text())
                .isEqualTo("/C=CH/CN=Zo\\xC3\\xAB host/a.example/emailAddress=zoe@example.org");
    }

    @Test
    void refusesANameThatReadsAsAnother() {
        refused(authority.certificateFor("mallory/CN=alice").make(), "can be read in two ways");
    }

    @Test
    void takesAProxyForTheOneWhoMadeIt() {
        Holder proxy = alice.proxy().make();
        VerifiedChain verified = verify(proxy);
        assertThat(verified.dn().text()).isEqualTo("/DC=test/DC=grid/CN=alice");
        assertThat(verified.proxy()).isTrue();
        assertThat(verified.limited()).isFalse();
        assertThat(verified.expires()).isBefore(Instant.now().plus(Duration.ofHours(12)));
        assertThat(verify(proxy.proxy().make()).dn()).isEqualTo(verified.dn());
    }

    @Test
    void takesAProxyOfALimitedOneForLimitedWhateverItSays() {
        Holder limited = alice.proxy().limited().make();
        assertThat(verify(limited).limited()).isTrue();
        assertThat(verify(limited.proxy().limited().make()).limited()).isTrue();
        assertThat(verify(limited.proxy().make()).limited()).isTrue();
        assertThat(verify(alice.proxy().make().proxy().limited().make()).limited())
                .isTrue();
    }

    @Test
    void refusesProxiesWhosePolicyGivesNothing() {
        refused(alice.proxy().policy(Pki.INDEPENDENT).make(), "1.3.6.1.5.5.7.21.2");
        refused(alice.proxy().policy("1.2.3.4").make(), "1.2.3.4");
    }

    @Test
    void refusesMoreProxiesThanAProxyAllows() {
        Holder last = alice.proxy().with(0).make();
        assertThat(verify(last).proxy()).isTrue();
        refused(last.proxy().make(), "proxy");
        Holder one = alice.proxy().with(1).make();
        Holder second = one.proxy().make();
        assertThat(verify(second).proxy()).isTrue();
        refused(second.proxy().make(), "proxy");
    }

    @Test
    void refusesWhatIsOverAlsoByAMoment() {
        refused(alice.proxy().until(Instant.now().minusSeconds(1)).make(), "the proxy expired");
        refused(
                authority
                        .certificateFor("old")
                        .until(Instant.now().minusSeconds(1))
                        .make(),
                "it expired");
        Holder late = authority
                .certificateFor("late")
                .until(Instant.now().minusSeconds(1))
                .make();
        refused(late.proxy().make(), "it expired");
        refused(alice.proxy().from(Instant.now().plusSeconds(900)).make(), "good only from");
    }

    @Test
    void refusesACertificateOfACaThatIsNotThere() {
        refused(Pki.authority("Foreign CA").certificateFor("alice").make(), "");
    }

    @Test
    void refusesAForgedCaOfTheSameName() {
        refused(Pki.authority("Test CA").certificateFor("alice").make(), "");
    }

    @Test
    void refusesAProxyThatAnotherMade() {
        Holder mallory = authority.certificateFor("mallory").make();
        Holder forged = alice.proxy().make();
        List<X509Certificate> chain = new ArrayList<>(List.of(forged.certificate()));
        chain.addAll(mallory.chain());
        refused(new Holder(forged.key(), chain), "");
        // signed by mallory's key, in alice's name
        Holder pretended = new Holder(mallory.key(), alice.chain()).proxy().make();
        refused(pretended, "");
    }

    @Test
    void refusesAUserWhoPlaysCa() {
        refused(alice.certificateFor("bob").make(), "");
    }

    @Test
    void refusesACaAsAClientAndAProxyOfOne() {
        Holder below = authority.certificateFor("Lower CA").authority().make();
        CaDirectoryFiles.install(directory, below);
        refused(below, "does not act as a client");
        refused(authority, "does not act as a client");
        refused(below.proxy().make(), "does not act as a client");
        assertThat(verify(below.certificateFor("carol").make()).dn().text()).endsWith("CN=carol");
    }

    @Test
    void takesAnIntermediateCaFromTheClient() {
        Holder below = authority.certificateFor("Lower CA").authority().make();
        assertThat(verify(below.certificateFor("carol").make()).dn().text()).endsWith("CN=carol");
    }

    @Test
    void refusesProxiesOfTheKindsBeforeTheStandard() {
        X500NameBuilder name = new X500NameBuilder(BCStyle.INSTANCE);
        for (var rdn : alice.name().getRDNs()) {
            name.addRDN(rdn.getFirst().getType(), rdn.getFirst().getValue());
        }
        Holder old = alice.certificateFor("x")
                .named(name.addRDN(BCStyle.CN, "proxy").build())
                .make();
        refused(old, "before RFC 3820");
    }

    @Test
    void refusesACertificateForWebServersAlone() {
        refused(
                authority
                        .certificateFor("web")
                        .meantFor(KeyPurposeId.id_kp_serverAuth)
                        .make(),
                "not meant for clients");
        assertThat(verify(authority
                                .certificateFor("both")
                                .meantFor(KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth)
                                .make())
                        .dn()
                        .text())
                .endsWith("CN=both");
    }

    @Test
    void readsTheGroupThatAProxyIsMeantFor() {
        Holder proxy = alice.proxy()
                .extension("1.2.42.42", new DERIA5String("demo_user"))
                .make();
        assertThat(verify(proxy).group()).contains(new GroupName("demo_user"));
        assertThat(verify(proxy.proxy().make()).group()).contains(new GroupName("demo_user"));
        refused(
                proxy.proxy()
                        .extension("1.2.42.42", new DERIA5String("demo_admin"))
                        .make(),
                "different groups");
    }

    @Test
    void aRevocationCountsWithinHalfAMinuteWithoutARestart() {
        assertThat(verify(alice).dn().text()).endsWith("alice");
        CaDirectoryFiles.install(directory, authority, list(alice.certificate()));
        assertThat(verify(alice).dn().text()).endsWith("alice");
        clock.advance(REMEMBERED);
        refused(alice, "revoked");
        refused(alice.proxy().make(), "revoked");
        assertThat(verify(authority.certificateFor("bob").make()).dn().text()).endsWith("bob");
        CaDirectoryFiles.install(directory, authority, list());
        clock.advance(REMEMBERED);
        assertThat(verify(alice).dn().text()).endsWith("alice");
    }

    private java.security.cert.X509CRL list(X509Certificate... revoked) {
        return Pki.revocationList(
                authority, Instant.now().minusSeconds(60), Instant.now().plusSeconds(86_400), revoked);
    }

    @Test
    void refusesAllOfACaWhoseRevocationListIsOutOfDateBrokenOrForged() throws IOException {
        CaDirectoryFiles.install(
                directory,
                authority,
                Pki.revocationList(
                        authority,
                        Instant.now().minusSeconds(600),
                        Instant.now().minusSeconds(1)));
        refused(alice, "out of date");
        clock.advance(REMEMBERED);
        CaDirectoryFiles.install(
                directory,
                authority,
                Pki.revocationList(
                        Pki.authority("Test CA"),
                        Instant.now().minusSeconds(60),
                        Instant.now().plusSeconds(600)));
        refused(alice, "not that CA's");
        clock.advance(REMEMBERED);
        Files.writeString(directory.resolve(CaDirectoryFiles.hash(authority) + ".r0"), "no list");
        refused(alice, "cannot be read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.5.29.27", "2.5.29.28"})
    void refusesAllOfACaWhoseRevocationListSpeaksOfSomeAlone(String extension) {
        CaDirectoryFiles.install(
                directory,
                authority,
                Pki.partialRevocationList(
                        authority, Instant.now().minusSeconds(60), Instant.now().plusSeconds(600), extension));
        assertThatThrownBy(() -> verify(alice)).isInstanceOf(UntrustedChain.class);
    }

    @Test
    void refusesACaWithoutRevocationListIfTheSettingsSaySo() {
        verification = verification(true, false);
        refused(alice, "no revocation list");
        CaDirectoryFiles.install(directory, authority, list());
        clock.advance(REMEMBERED);
        assertThat(verify(alice).dn().text()).endsWith("alice");
    }

    @Test
    void anIntermediateCaCanBeRevoked() {
        Holder below = authority.certificateFor("Lower CA").authority().make();
        Holder carol = below.certificateFor("carol").make();
        CaDirectoryFiles.install(directory, authority, list(below.certificate()));
        refused(carol, "revoked");
    }

    @Test
    void aNewCaCountsWithoutARestart() {
        Holder later = Pki.authority("Later CA");
        Holder dave = later.certificateFor("dave").make();
        refused(dave, "");
        CaDirectoryFiles.install(directory, later);
        clock.advance(REMEMBERED);
        assertThat(verify(dave).dn().text()).endsWith("dave");
    }

    @Test
    void aBrokenCaFileLocksOutOnlyItsOwn() throws IOException {
        Holder later = Pki.authority("Later CA");
        Files.writeString(directory.resolve(CaDirectoryFiles.hash(later) + ".0"), "no certificate");
        refused(later.certificateFor("dave").make(), "");
        assertThat(verify(alice).dn().text()).endsWith("alice");
    }

    @Test
    void aCaThatIsOverVouchesForNobody() {
        Holder old = Pki.authority(Pki.grid("Old CA"), Duration.ofSeconds(-1));
        CaDirectoryFiles.install(directory, old);
        refused(old.certificateFor("erin").make(), "");
    }

    @Test
    void obeysTheNamesThatACaIsAllowed() throws IOException {
        Files.writeString(directory.resolve(CaDirectoryFiles.hash(authority) + ".signing_policy"), """
                access_id_CA X509 '/DC=test/DC=grid/CN=Test CA'
                pos_rights globus CA:sign
                cond_subjects globus '"/DC=test/DC=grid/*"'
                """);
        assertThat(verify(alice).dn().text()).endsWith("alice");
        Holder stranger = authority
                .certificateFor("x")
                .named(new X500NameBuilder(BCStyle.INSTANCE)
                        .addRDN(BCStyle.O, "Elsewhere")
                        .addRDN(BCStyle.CN, "alice")
                        .build())
                .make();
        refused(stranger, "");
    }

    @Test
    void obeysNamespacesToo() throws IOException {
        Files.writeString(directory.resolve(CaDirectoryFiles.hash(authority) + ".namespaces"), """
                TO Issuer "/DC=test/DC=grid/CN=Test CA" \\
                  PERMIT Subject "/DC=test/DC=elsewhere/.*"
                """);
        refused(alice, "");
    }

    @Test
    void refusesACaThatNamesNoNamesIfTheSettingsSaySo() {
        verification = verification(false, true);
        refused(alice, "");
    }

    @Test
    void refusesChainsThatAreNone() {
        assertThatThrownBy(() -> verification.verify(List.of())).isInstanceOf(UntrustedChain.class);
        assertThatThrownBy(
                        () -> verification.verify(List.of(alice.proxy().make().certificate())))
                .isInstanceOf(UntrustedChain.class)
                .hasMessageContaining("comes with the certificate");
    }

    @Test
    void holdsAttributesThatNobodyVouchesForToBeNone() {
        Holder proxy = alice.proxy()
                .extension("1.3.6.1.4.1.8005.100.100.5", new DERIA5String("nonsense"))
                .make();
        assertThat(verify(proxy).fqans()).isEmpty();
    }
}
