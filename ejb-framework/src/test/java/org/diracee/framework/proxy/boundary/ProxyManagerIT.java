/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.proxy.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.Extension;
import org.diracee.framework.agent.boundary.CycleReport;
import org.diracee.framework.certificate.boundary.ChainVerification;
import org.diracee.framework.certificate.control.PathValidation;
import org.diracee.framework.certificate.control.Refusal;
import org.diracee.framework.fixture.Installation;
import org.diracee.framework.fixture.Together;
import org.diracee.framework.fixture.VomsDouble;
import org.diracee.framework.proxy.entity.KeptAttributesRepository;
import org.diracee.framework.proxy.entity.ProxyRequestRepository;
import org.diracee.framework.proxy.entity.StoredProxyRepository;
import org.diracee.framework.proxy.gateway.HttpVomsServers;
import org.diracee.framework.registry.boundary.CertificateHolders;
import org.diracee.framework.suspension.boundary.Suspended;
import org.diracee.framework.suspension.boundary.SuspendedKind;
import org.diracee.framework.suspension.boundary.Suspension;
import org.diracee.framework.suspension.boundary.SuspensionTarget;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.error.Unavailable;
import org.diracee.kernel.proxy.ProxyChain;
import org.diracee.kernel.proxy.ProxyCredential;
import org.diracee.kernel.proxy.ProxyKey;
import org.diracee.kernel.proxy.ProxyRequest;
import org.diracee.kernel.proxy.ProxyTerms;
import org.diracee.kernel.proxy.TestAuthority;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ProxyManagerIT {

    private static final VoName DEMO = new VoName("demo");
    private static final GroupName USERS = new GroupName("demo_user");
    private static final String ALICES_DN = "/DC=test/DC=grid/CN=alice";
    private static final String FULL = "1.3.6.1.5.5.7.21.1";

    private final Installation installation = Installation.configured();
    private boolean aliceIsRevoked;
    private final TestAuthority authority = new TestAuthority("Test CA", installation.clock.instant());
    private final ProxyCredential aliceCertificate = authority.person("alice");
    private final ProxyRecords records = installation.database.service(
            ProxyRecords.class,
            new ProxyRequestRepository(installation.database.entities()),
            new StoredProxyRepository(installation.database.entities()),
            installation.sealing,
            installation.audit,
            installation.registry,
            installation.clock);
    private final ChainVerification verification = new ChainVerification(
            new OneAuthority(authority.certificate().x509(), () -> aliceIsRevoked),
            chain -> {
                throw new Refusal("nobody signs attributes here");
            },
            installation.clock);
    private final ProxyManager proxies = installation.database.service(
            ProxyManager.class,
            records,
            verification,
            installation.audit,
            installation.registry,
            installation.suspensionList,
            installation.configuration,
            installation.clock);
    private final VomsRecords attributes = installation.database.service(
            VomsRecords.class,
            new KeptAttributesRepository(installation.database.entities()),
            installation.sealing,
            installation.clock);
    private final VomsProxies voms = new VomsProxies(
            new HttpVomsServers(verification),
            attributes,
            new CertificateHolders(installation.configuration),
            installation.configuration,
            installation.clock);
    private final TrustedProxies trusted = new TrustedProxies(records, verification, installation.suspensionList);
    private final ProxyDelivery delivery = installation.database.service(
            ProxyDelivery.class,
            records,
            trusted,
            voms,
            installation.audit,
            installation.registry,
            installation.configuration,
            installation.clock);
    private final VomsRenewal renewal = new VomsRenewal(voms, attributes, records, trusted, installation.registry);
    private final ProxyRenewalAgent agent =
            new ProxyRenewalAgent(records, attributes, renewal, installation.configuration);

    private final Caller.User alice = user("a-1", "alice", Property.NORMAL_USER);
    private final Caller.User bob = user("b-2", "bob", Property.NORMAL_USER);
    private final Caller.User manager = user("b-2", "bob", Property.NORMAL_USER, Property.PROXY_MANAGEMENT);
    private final Caller.User service = user("b-2", "bob", Property.FULL_DELEGATION);

    /** Trusts what one CA has signed; the library's own rules are looked at elsewhere. */
    private record OneAuthority(X509Certificate certificate, BooleanSupplier revoked) implements PathValidation {

        @Override
        public boolean enabled() {
            return true;
        }

        @Override
        public void validate(List<X509Certificate> chain) throws Refusal {
            if (revoked.getAsBoolean()) {
                throw new Refusal("it has been revoked");
            }
            try {
                for (int i = 0; i + 1 < chain.size(); i++) {
                    chain.get(i).verify(chain.get(i + 1).getPublicKey());
                }
                chain.get(chain.size() - 1).verify(certificate.getPublicKey());
            } catch (GeneralSecurityException broken) {
                throw new Refusal("a signature does not hold");
            }
        }
    }

    private static Caller.User user(String subject, String name, Property... properties) {
        return new Caller.User(subject, new UserName(name), USERS, DEMO, Set.of(properties));
    }

    @BeforeEach
    void register() {
        installation.configure(2, Installation.with("""
                Registry
                {
                  demo
                  {
                    Users
                    {
                      a-1
                      {
                        DNs = /dc=test/dc=grid/cn=alice, /DC=test/DC=grid/CN=alice two
                      }
                      s-9
                      {
                        DNs = /DC=test/DC=grid/CN=sam
                      }
                    }
                    Groups
                    {
                      demo_closed
                      {
                        Users = a-1
                        Properties = PrivateLimitedDelegation
                        DownloadableProxy = no
                      }
                    }
                  }
                }
                """));
        installation.configuration.refresh();
    }

    private ProxyTerms terms(Duration life) {
        Instant now = installation.clock.instant();
        return ProxyTerms.full(now, now.plus(life));
    }

    private UploadedProxy upload(Caller.User caller, ProxyCredential signer, Duration life) {
        ProxyUpload upload = proxies.beginUpload(caller);
        return proxies.completeUpload(
                caller,
                upload.id(),
                signer.sign(ProxyRequest.read(upload.request()), terms(life)).pem());
    }

    private String count(String table) {
        return installation.database.value("select count(*) from framework." + table);
    }

    private String audited(String act) {
        installation.refusalWriter.write();
        return installation.database.value("""
                select string_agg(outcome || ' ' || username || ' ' || target || ' ' || detail, '; ' order by id)
                from framework.audit where act = '%s'""".formatted(act));
    }

    @Nested
    class Upload {

        @Test
        void storesWhatTheUserSignedForTheServersKey() {
            UploadedProxy stored = upload(alice, aliceCertificate, Duration.ofDays(20));

            Instant end = installation
                    .clock
                    .instant()
                    .plus(Duration.ofDays(20))
                    .truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
            assertThat(stored).isEqualTo(new UploadedProxy(ALICES_DN, true, end));
            assertThat(proxies.list(alice)).singleElement().satisfies(proxy -> {
                assertThat(proxy.dn()).isEqualTo(ALICES_DN);
                assertThat(proxy.user()).isEqualTo("alice");
                assertThat(proxy.expires()).isEqualTo(end);
                assertThat(proxy.warning()).isEmpty();
            });
            assertThat(count("proxy_request")).isEqualTo("0");
            assertThat(audited("proxy-upload")).isEqualTo("DONE alice " + ALICES_DN + " until " + end);
        }

        @Test
        void keepsNothingInTheClear() {
            ProxyUpload open = proxies.beginUpload(alice);
            upload(alice, aliceCertificate, Duration.ofDays(1));

            String requests =
                    installation.database.value("select string_agg(r::text, '') from framework.proxy_request r");
            String stored = installation.database.value("select string_agg(p::text, '') from framework.stored_proxy p");
            assertThat(requests).contains(open.id().toString(), "sealed:").doesNotContain("BEGIN", "PRIVATE", "MII");
            assertThat(stored).contains(ALICES_DN, "sealed:").doesNotContain("BEGIN", "PRIVATE", "MII");
        }

        @Test
        void isForWhoBeganItAlone() {
            ProxyUpload upload = proxies.beginUpload(alice);
            String chain = aliceCertificate
                    .sign(ProxyRequest.read(upload.request()), terms(Duration.ofDays(1)))
                    .pem();

            assertThatThrownBy(() -> proxies.completeUpload(bob, upload.id(), chain))
                    .isInstanceOf(ProxyNotFound.class);
            Caller.User sameSubjectElsewhere = new Caller.User(
                    "a-1", new UserName("alice"), new GroupName("other_user"), new VoName("other"), Set.of());
            assertThatThrownBy(() -> proxies.completeUpload(sameSubjectElsewhere, upload.id(), chain))
                    .isInstanceOf(ProxyNotFound.class);
            assertThat(proxies.completeUpload(alice, upload.id(), chain).stored())
                    .isTrue();
            assertThatThrownBy(() -> proxies.completeUpload(bob, upload.id(), chain))
                    .isInstanceOf(ProxyNotFound.class);
        }

        @Test
        void answersTheSameAgainIfTheAnswerWasLost() {
            ProxyUpload upload = proxies.beginUpload(alice);
            ProxyRequest request = ProxyRequest.read(upload.request());
            String chain =
                    aliceCertificate.sign(request, terms(Duration.ofDays(1))).pem();
            String another =
                    aliceCertificate.sign(request, terms(Duration.ofDays(2))).pem();

            UploadedProxy first = proxies.completeUpload(alice, upload.id(), chain);

            assertThat(proxies.completeUpload(alice, upload.id(), chain)).isEqualTo(first);
            assertThat(audited("proxy-upload")).isEqualTo("DONE alice " + ALICES_DN + " until " + first.expires());
            for (String other : List.of(another, "nonsense")) {
                assertThatThrownBy(() -> proxies.completeUpload(alice, upload.id(), other))
                        .isInstanceOf(ProxyNotFound.class);
            }
        }

        @Test
        void hasToBeFinishedInTime() {
            ProxyUpload upload = proxies.beginUpload(alice);
            String chain = aliceCertificate
                    .sign(ProxyRequest.read(upload.request()), terms(Duration.ofDays(1)))
                    .pem();
            installation.clock.advance(Duration.ofSeconds(300));

            assertThatThrownBy(() -> proxies.completeUpload(alice, upload.id(), chain))
                    .isInstanceOf(ProxyNotFound.class)
                    .hasMessageContaining("it is over");
            assertThat(count("stored_proxy")).isEqualTo("0");
        }

        @Test
        void mayNotBeBegunEndlessly() {
            for (int i = 0; i < 10; i++) {
                records.add(
                        alice,
                        UUID.randomUUID(),
                        ProxyKeys.ONE,
                        installation.clock.instant().plusSeconds(60));
            }

            assertThatThrownBy(() -> proxies.beginUpload(alice))
                    .isInstanceOfSatisfying(InvalidRequest.class, refused -> assertThat(refused.code())
                            .isEqualTo(ErrorCode.TOO_MANY_ITEMS))
                    .hasMessageContaining("allowed are 10");
            installation.clock.advance(Duration.ofSeconds(60));
            proxies.beginUpload(alice);
        }

        @Test
        void mayNotBeBegunEndlesslyByManyAtOnce() throws InterruptedException {
            Instant end = installation.clock.instant().plusSeconds(60);

            List<Object> outcomes = Together.run(java.util.Collections.nCopies(16, () -> {
                records.add(alice, UUID.randomUUID(), ProxyKeys.ONE, end);
                return "begun";
            }));

            assertThat(outcomes)
                    .filteredOn(outcome -> outcome instanceof InvalidRequest)
                    .hasSize(6);
            assertThat(count("proxy_request")).isEqualTo("10");
        }

        @Test
        void keepsTheLongerOneAndSaysSo() {
            upload(alice, aliceCertificate, Duration.ofDays(20));

            UploadedProxy shorter = upload(alice, aliceCertificate, Duration.ofDays(2));
            assertThat(shorter.stored()).isFalse();
            assertThat(shorter.expires()).isAfter(installation.clock.instant().plus(Duration.ofDays(19)));
            UploadedProxy longer = upload(alice, aliceCertificate, Duration.ofDays(30));
            assertThat(longer.stored()).isTrue();
            assertThat(proxies.list(alice)).singleElement().satisfies(proxy -> assertThat(proxy.expires())
                    .isEqualTo(longer.expires()));
        }

        @Test
        void ofManyAtOnceLeavesTheLongest() throws InterruptedException {
            List<ProxyUpload> uploads = java.util.stream.IntStream.range(0, 6)
                    .mapToObj(i -> proxies.beginUpload(alice))
                    .toList();
            List<Callable<UploadedProxy>> works = new java.util.ArrayList<>();
            for (int i = 0; i < 6; i++) {
                ProxyUpload upload = uploads.get(i);
                String chain = aliceCertificate
                        .sign(ProxyRequest.read(upload.request()), terms(Duration.ofDays(2L + i % 3)))
                        .pem();
                works.add(() -> proxies.completeUpload(alice, upload.id(), chain));
            }

            assertThat(Together.run(works)).allMatch(outcome -> outcome instanceof UploadedProxy);
            assertThat(proxies.list(alice)).singleElement().satisfies(proxy -> assertThat(proxy.expires())
                    .isAfter(installation
                            .clock
                            .instant()
                            .plus(Duration.ofDays(4))
                            .minusSeconds(2)));
            assertThat(count("proxy_request")).isEqualTo("0");
        }

        @Test
        void ofOneKeyCountsOnceHoweverManyBringIt() throws InterruptedException {
            ProxyUpload upload = proxies.beginUpload(alice);
            String chain = aliceCertificate
                    .sign(ProxyRequest.read(upload.request()), terms(Duration.ofDays(1)))
                    .pem();

            List<Object> outcomes = Together.run(
                    java.util.Collections.nCopies(4, () -> proxies.completeUpload(alice, upload.id(), chain)));

            assertThat(outcomes)
                    .hasSize(4)
                    .allMatch(outcome -> outcome instanceof UploadedProxy proxy && proxy.stored());
            assertThat(audited("proxy-upload")).doesNotContain(";");
        }
    }

    @Nested
    class Refused {

        private final ProxyUpload upload = proxies.beginUpload(alice);
        private final ProxyRequest request = ProxyRequest.read(upload.request());

        private void refused(ProxyChain chain, String reason) {
            assertThatThrownBy(() -> proxies.completeUpload(alice, upload.id(), chain.pem()))
                    .isInstanceOf(ProxyRefused.class)
                    .hasMessageContaining(reason);
            assertThat(count("stored_proxy")).isEqualTo("0");
            assertThat(audited("proxy-upload")).contains("REFUSED alice", reason);
            // another may be brought for the same key
            assertThat(proxies.completeUpload(
                                    alice,
                                    upload.id(),
                                    aliceCertificate
                                            .sign(request, terms(Duration.ofDays(1)))
                                            .pem())
                            .stored())
                    .isTrue();
        }

        private ProxyChain stemmingFrom(Extension... extensions) {
            return TestAuthority.odd("alice", aliceCertificate, List.of(extensions))
                    .sign(request, terms(Duration.ofDays(1)));
        }

        private Extension proxyInfo(String policy) {
            return extension(
                    "1.3.6.1.5.5.7.1.14", true, new DERSequence(new DERSequence(new ASN1ObjectIdentifier(policy))));
        }

        private static Extension extension(String oid, boolean critical, org.bouncycastle.asn1.ASN1Object value) {
            try {
                return new Extension(new ASN1ObjectIdentifier(oid), critical, value.getEncoded());
            } catch (java.io.IOException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        @Test
        void ofAProxyWithAGroup() {
            refused(aliceCertificate.sign(request, terms(Duration.ofDays(1)).in(USERS)), "for a DIRAC group");
        }

        @Test
        void ofAProxyThatStemsFromOneWithAGroup() {
            refused(
                    stemmingFrom(proxyInfo(FULL), extension("1.2.42.42", false, new DERIA5String("x"))),
                    "for a DIRAC group");
        }

        @Test
        void ofAProxyWithVomsAttributes() {
            refused(
                    stemmingFrom(
                            proxyInfo(FULL),
                            extension("1.3.6.1.4.1.8005.100.100.5", false, new DERSequence(new DERSequence()))),
                    "has VOMS attributes");
        }

        @Test
        void ofALimitedProxy() {
            refused(aliceCertificate.sign(request, terms(Duration.ofDays(1)).limitedIf(true)), "it is limited");
        }

        @Test
        void ofAProxyWithAPolicyOfItsOwn() {
            refused(stemmingFrom(proxyInfo("1.3.6.1.5.5.7.21.2")), "inherits all rights");
        }

        @Test
        void ofAProxyThatEndsSoon() {
            refused(aliceCertificate.sign(request, terms(Duration.ofSeconds(3599))), "ends in less than 3600 s");
        }

        @Test
        void ofAPersonsOwnCertificate() {
            refused(aliceCertificate.chain(), "no proxy");
        }

        @Test
        void ofAProxyForAnotherKey() {
            refused(
                    aliceCertificate.sign(ProxyKeys.ONE.request(), terms(Duration.ofDays(1))),
                    "not for the key of this upload");
        }

        @Test
        void ofAProxyOfSomebodyElse() {
            refused(authority.person("mallory").sign(request, terms(Duration.ofDays(1))), "none of the names");
        }

        @Test
        void ofAProxyThatNobodyTrustedVouchesFor() {
            TestAuthority stranger = new TestAuthority("Stranger's CA", installation.clock.instant());
            refused(stranger.person("alice").sign(request, terms(Duration.ofDays(1))), "does not hold");
        }

        @Test
        void ofWhatIsNoChain() {
            assertThatThrownBy(() -> proxies.completeUpload(alice, upload.id(), "nonsense"))
                    .isInstanceOf(DiracException.class)
                    .hasMessageContaining("There is no certificate");
        }
    }

    @Nested
    class Store {

        @Test
        void showsEverybodysToWhoManagesProxiesAndOthersTheirOwn() {
            upload(alice, aliceCertificate, Duration.ofDays(1));

            assertThat(proxies.list(alice)).hasSize(1);
            assertThat(proxies.list(bob)).isEmpty();
            assertThat(proxies.list(manager)).hasSize(1);
            Caller.User managerElsewhere = new Caller.User(
                    "x-1",
                    new UserName("xavier"),
                    new GroupName("other_user"),
                    new VoName("other"),
                    Set.of(Property.PROXY_MANAGEMENT));
            assertThat(proxies.list(managerElsewhere)).isEmpty();
            UUID id = proxies.list(alice).get(0).id();
            assertThatThrownBy(() -> proxies.delete(managerElsewhere, id)).isInstanceOf(ProxyNotFound.class);
            assertThatThrownBy(() -> proxies.delete(bob, id)).isInstanceOf(ProxyNotFound.class);
            proxies.delete(manager, id);
            assertThat(proxies.list(alice)).isEmpty();
            assertThat(audited("proxy-deletion")).isEqualTo("DONE bob " + ALICES_DN + " of alice");
            assertThatThrownBy(() -> proxies.delete(alice, id)).isInstanceOf(ProxyNotFound.class);
        }

        @Test
        void forgetsWhatIsOver() {
            proxies.beginUpload(alice);
            upload(alice, aliceCertificate, Duration.ofDays(1));
            installation.clock.advance(Duration.ofDays(1).plusSeconds(1));

            assertThat(proxies.list(alice)).isEmpty();
            assertThat(agent.runCycle().done()).isEqualTo(2);
            assertThat(count("stored_proxy")).isEqualTo("0");
            assertThat(count("proxy_request")).isEqualTo("0");
        }

        @Test
        void warnsOnceForEachOfTheDays() {
            upload(alice, aliceCertificate, Duration.ofDays(100));
            assertThat(agent.runCycle().done()).isZero();
            installation.clock.advance(Duration.ofDays(71));

            assertThat(agent.runCycle().done()).isEqualTo(1);
            assertThat(agent.runCycle().done()).isZero();
            assertThat(proxies.list(alice)).singleElement().satisfies(proxy -> assertThat(proxy.warning())
                    .contains("ends in 28 days; upload a new one"));
            installation.clock.advance(Duration.ofDays(14));
            assertThat(agent.runCycle().done()).isEqualTo(1);
            assertThat(agent.runCycle().done()).isZero();
            upload(alice, aliceCertificate, Duration.ofDays(100));
            assertThat(proxies.list(alice).get(0).warning()).isEmpty();
        }
    }

    @Nested
    class Delivery {

        private final ProxyKey key = ProxyKeys.ONE;

        private ProxyOrder order(String user, String group) {
            return new ProxyOrder(
                    key.request().pem(),
                    Optional.of(new UserName(user)),
                    Optional.empty(),
                    Optional.of(new GroupName(group)),
                    Optional.empty(),
                    Optional.empty(),
                    false);
        }

        private ProxyOrder lasting(Duration lifetime) {
            return new ProxyOrder(
                    key.request().pem(),
                    Optional.of(new UserName("alice")),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(lifetime),
                    Optional.empty(),
                    false);
        }

        @Test
        void isNotMadeOfOneWhoseCertificateWasRevokedSince() {
            upload(alice, aliceCertificate, Duration.ofDays(20));
            aliceIsRevoked = true;
            installation.clock.advance(Duration.ofMinutes(1));

            assertThatThrownBy(() -> delivery.deliver(service, order("alice", "demo_user")))
                    .isInstanceOf(ProxyNotFound.class)
                    .hasMessageContaining("has been revoked");
            assertThatThrownBy(() -> delivery.forPilot(
                            new Caller.System("test"), DEMO, new UserName("alice"), USERS, Duration.ofHours(1)))
                    .isInstanceOf(ProxyNotFound.class);
        }

        @Test
        void signsAProxyWithTheGroupForTheCallersKey() {
            upload(alice, aliceCertificate, Duration.ofDays(20));

            DeliveredProxy delivered = delivery.deliver(service, order("alice", "demo_user"));

            ProxyChain chain = ProxyChain.read(delivered.chain());
            assertThat(key.with(chain).chain().diracGroup()).contains("demo_user");
            assertThat(chain.proxies()).hasSize(2);
            assertThat(chain.isLimited()).isFalse();
            assertThat(delivered.limited()).isFalse();
            assertThat(chain.dn()).isEqualTo(ALICES_DN).isEqualTo(delivered.dn());
            assertThat(Duration.between(installation.clock.instant(), delivered.expires()))
                    .isBetween(Duration.ofSeconds(43199), Duration.ofSeconds(43200));
            assertThat(audited("proxy-download"))
                    .startsWith("DONE bob " + ALICES_DN + " full, group demo_user, until ");
        }

        @Test
        void givesOnlyLimitedOnesByTheLesserProperty() {
            upload(alice, aliceCertificate, Duration.ofDays(20));

            DeliveredProxy delivered =
                    delivery.deliver(user("b-2", "bob", Property.LIMITED_DELEGATION), order("alice", "demo_user"));

            assertThat(ProxyChain.read(delivered.chain()).isLimited()).isTrue();
            assertThat(delivered.limited()).isTrue();
        }

        @Test
        void givesOnesOwnForGroupsThatAllowIt() {
            upload(alice, aliceCertificate, Duration.ofDays(20));
            Caller.User own = user("a-1", "alice", Property.PRIVATE_LIMITED_DELEGATION);

            assertThat(delivery.deliver(own, order("alice", "demo_closed")).limited())
                    .isTrue();
            assertThatThrownBy(() -> delivery.deliver(own, order("alice", "demo_user")))
                    .isInstanceOf(Forbidden.class);
            assertThatThrownBy(() -> delivery.deliver(own, order("bob", "demo_closed")))
                    .isInstanceOf(Forbidden.class);
            assertThat(audited("proxy-download")).contains("REFUSED alice bob");
        }

        @Test
        void givesNoFullOnesOfGroupsThatAreClosed() {
            upload(alice, aliceCertificate, Duration.ofDays(20));

            assertThat(delivery.deliver(service, order("alice", "demo_closed")).limited())
                    .isTrue();
        }

        @Test
        void livesAsLongAsAskedOrIsRefused() {
            upload(alice, aliceCertificate, Duration.ofHours(10));

            assertThat(delivery.deliver(service, lasting(Duration.ofHours(9))).expires())
                    .isBefore(installation
                            .clock
                            .instant()
                            .plus(Duration.ofHours(9))
                            .plusSeconds(1));
            assertThatThrownBy(() -> delivery.deliver(service, lasting(Duration.ofHours(11))))
                    .isInstanceOf(InvalidRequest.class)
                    .hasMessageContaining("the stored one ends in 35999 s");
            assertThat(delivery.deliver(service, order("alice", "demo_user")).expires())
                    .isBefore(installation
                            .clock
                            .instant()
                            .plus(Duration.ofHours(10))
                            .plusSeconds(1));
        }

        @Test
        void isForMembersOfTheGroupWhoHaveAProxy() {
            assertThatThrownBy(() -> delivery.deliver(service, order("alice", "demo_user")))
                    .isInstanceOf(ProxyNotFound.class);
            upload(alice, aliceCertificate, Duration.ofDays(1));
            assertThatThrownBy(() -> delivery.deliver(service, order("alice", "demo_admin")))
                    .isInstanceOf(InvalidRequest.class)
                    .hasMessageContaining("alice is not in the group demo_admin");
            assertThatThrownBy(() -> delivery.deliver(service, order("bob", "demo_user")))
                    .isInstanceOf(ProxyNotFound.class);
            assertThatThrownBy(() -> delivery.deliver(service, order("nobody", "demo_user")))
                    .isInstanceOf(ProxyNotFound.class);
        }

        @Test
        void isNotForWhoIsSuspendedOrNoLongerHasTheCertificate() {
            upload(alice, aliceCertificate, Duration.ofDays(1));
            installation.configure(3, Installation.with("""
                    Registry
                    {
                      demo
                      {
                        Users
                        {
                          a-1
                          {
                            Suspended = true
                            DNs = /DC=test/DC=grid/CN=alice
                          }
                        }
                      }
                    }
                    """));
            installation.configuration.refresh();
            assertThatThrownBy(() -> delivery.deliver(service, order("alice", "demo_user")))
                    .isInstanceOf(ProxyNotFound.class);
            installation.configure(4, Installation.CONFIGURATION);
            installation.configuration.refresh();
            assertThatThrownBy(() -> delivery.deliver(service, order("alice", "demo_user")))
                    .isInstanceOf(ProxyNotFound.class);
        }

        @Test
        void isNotMadeOfWhatIsSuspended() {
            upload(alice, aliceCertificate, Duration.ofDays(1));
            Caller.User root = user("b-2", "bob", Property.SERVICE_ADMINISTRATOR);
            for (SuspensionTarget target : List.of(
                    new SuspensionTarget(SuspendedKind.USER, "demo", "alice"),
                    new SuspensionTarget(SuspendedKind.DN, "", ALICES_DN))) {
                Suspension suspension = installation.suspensions.suspend(root, target, "stolen");
                installation.suspensionList.refresh();
                assertThatThrownBy(() -> delivery.deliver(service, order("alice", "demo_user")))
                        .isInstanceOf(Suspended.class);
                installation.suspensions.resume(root, suspension.id());
                installation.suspensionList.refresh();
                assertThat(delivery.deliver(service, order("alice", "demo_user"))
                                .dn())
                        .isEqualTo(ALICES_DN);
            }
        }

        @Test
        void refusesABrokenRequest() {
            upload(alice, aliceCertificate, Duration.ofDays(1));
            assertThatThrownBy(() -> delivery.deliver(
                            service,
                            new ProxyOrder(
                                    "nonsense",
                                    Optional.of(new UserName("alice")),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    false)))
                    .isInstanceOf(DiracException.class)
                    .hasMessageContaining("PKCS #10");
        }

        @Test
        void givesTheServerItselfFullOnesForPilotsAndLimitedOnesForJobs() {
            upload(alice, aliceCertificate, Duration.ofDays(1));
            Caller.System director = new Caller.System("SiteDirector");
            UserName name = new UserName("alice");

            ProxyCredential pilots = delivery.forPilot(director, DEMO, name, USERS, Duration.ofHours(20));
            ProxyCredential jobs = delivery.forJob(director, DEMO, name, USERS, Duration.ofHours(20));

            assertThat(pilots.chain().isLimited()).isFalse();
            assertThat(jobs.chain().isLimited()).isTrue();
            assertThat(jobs.chain().diracGroup()).contains("demo_user");
            assertThatThrownBy(() -> delivery.forPilot(director, DEMO, name, USERS, Duration.ofHours(25)))
                    .isInstanceOf(ProxyNotFound.class)
                    .hasMessageContaining("too early");
            assertThat(
                            installation.database.value(
                                    "select string_agg(distinct vo || ' ' || actor, ';') from framework.audit where act = 'proxy-download'"))
                    .isEqualTo("demo system:SiteDirector");
        }
    }

    @Nested
    class VomsAttributes {

        private static final String ROLE = "/demo/Role=production";

        private ProxyOrder order() {
            return new ProxyOrder(
                    ProxyKeys.ONE.request().pem(),
                    Optional.of(new UserName("alice")),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(Duration.ofHours(5)),
                    Optional.empty(),
                    true);
        }

        private VomsDouble server(String... known) {
            ProxyCredential host = authority.person("voms.test.grid");
            return new VomsDouble(host.privateKey(), host.chain().x509(), installation.clock.instant(), known);
        }

        private void configure(String servers) {
            configure(3, ROLE, servers);
        }

        private void configure(int revision, String attribute, String servers) {
            installation.configure(revision, Installation.with("""
                    Registry
                    {
                      demo
                      {
                        Users
                        {
                          a-1
                          {
                            DNs = /DC=test/DC=grid/CN=alice
                          }
                        }
                        Groups
                        {
                          demo_user
                          {
                            VOMSRole = %s
                          }
                        }
                        VOMSServers
                        {
                          %s
                        }
                      }
                    }
                    """.formatted(attribute, servers)));
            installation.configuration.refresh();
        }

        private static String server(int port, String name) {
            return """
                    127.0.0.1
                    {
                      DN = /DC=test/DC=grid/CN=%s
                      Port = %d
                    }
                    """.formatted(name, port);
        }

        @Test
        void areThoseThatStandForTheGroupAndComeFromTheServerOfTheVo() {
            upload(alice, aliceCertificate, Duration.ofDays(1));
            try (VomsDouble voms = server(ROLE)) {
                configure(server(voms.port(), "voms.test.grid"));

                DeliveredProxy delivered = delivery.deliver(service, order());

                ProxyChain chain = ProxyChain.read(delivered.chain());
                assertThat(delivered.fqans()).containsExactly(ROLE + "/Capability=NULL");
                assertThat(chain.leaf().hasVomsAttributes()).isTrue();
                assertThat(chain.leaf().unverifiedFqans()).containsExactly(ROLE + "/Capability=NULL");
                assertThat(chain.diracGroup()).contains("demo_user");
                // the server was asked by the stored proxy, not by the new one
                assertThat(voms.asked()).singleElement().asString().contains("CN=alice");
                assertThat(audited("proxy-download")).contains("VOMS " + ROLE);
            }
        }

        @Test
        void areKeptSealedSoThatTheServerIsAskedOnce() {
            upload(alice, aliceCertificate, Duration.ofDays(3));
            try (VomsDouble voms = server(ROLE)) {
                configure(server(voms.port(), "voms.test.grid"));
                delivery.deliver(service, order());

                // a day was asked for: good for 5 hours until 19 are over
                installation.clock.advance(Duration.ofHours(18));
                DeliveredProxy delivered = delivery.deliver(service, order());

                assertThat(delivered.fqans()).containsExactly(ROLE + "/Capability=NULL");
                assertThat(delivered.attributesExpire().orElseThrow()).isAfter(delivered.expires());
                assertThat(voms.asked()).hasSize(1);
                assertThat(installation.database.value(
                                "select string_agg(k::text, '') from framework.kept_attributes k"))
                        .contains("sealed:", ROLE)
                        .doesNotContain("MII");
                installation.clock.advance(Duration.ofHours(2));
                voms.tells(installation.clock.instant());
                delivery.deliver(service, order());
                assertThat(voms.asked()).hasSize(2);
            }
        }

        @Test
        void thatAreKeptServeWhileNoServerAnswers() {
            upload(alice, aliceCertificate, Duration.ofDays(3));
            try (VomsDouble voms = server(ROLE)) {
                configure(server(voms.port(), "voms.test.grid"));
                delivery.deliver(service, order());
            }

            installation.clock.advance(Duration.ofHours(22));
            DeliveredProxy delivered = delivery.deliver(service, order());
            assertThat(delivered.attributesExpire().orElseThrow()).isBefore(delivered.expires());
            installation.clock.advance(Duration.ofHours(2));
            assertThatThrownBy(() -> delivery.deliver(service, order()))
                    .isInstanceOf(VomsFailed.class)
                    .hasMessageContaining("cannot be asked");
        }

        @Test
        void thatAreKeptAreNotThoseOfAnotherCertificateOrGroup() {
            upload(alice, aliceCertificate, Duration.ofDays(1));
            try (VomsDouble voms = server(ROLE, "/demo")) {
                configure(server(voms.port(), "voms.test.grid"));
                delivery.deliver(service, order());
                configure(4, "/demo", server(voms.port(), "voms.test.grid"));
                assertThat(delivery.deliver(service, order()).fqans())
                        .containsExactly("/demo/Role=NULL/Capability=NULL");
                assertThat(voms.asked()).hasSize(2);

                // the same name, a new certificate
                upload(alice, authority.person("alice"), Duration.ofDays(2));
                delivery.deliver(service, order());
                assertThat(voms.asked()).hasSize(3);
            }
        }

        @Test
        void thatAreUsedAreRenewedBeforeTheyEndAndOthersAreNot() {
            upload(alice, aliceCertificate, Duration.ofDays(9));
            try (VomsDouble voms = server(ROLE)) {
                configure(server(voms.port(), "voms.test.grid"));
                delivery.deliver(service, order());
                delivery.deliver(service, order());
                installation.clock.advance(Duration.ofHours(11));
                agent.runCycle();
                assertThat(voms.asked()).hasSize(1);

                installation.clock.advance(Duration.ofHours(2));
                voms.tells(installation.clock.instant());
                assertThat(agent.runCycle().failed()).isZero();
                assertThat(voms.asked()).hasSize(2);
                assertThat(audited("proxy-renewal")).isEqualTo("DONE  " + ALICES_DN + " VOMS " + ROLE);

                installation.clock.advance(Duration.ofHours(13));
                agent.runCycle();
                assertThat(voms.asked()).hasSize(2);
                installation.clock.advance(Duration.ofHours(12));
                agent.runCycle();
                assertThat(count("kept_attributes")).isEqualTo("0");
            }
        }

        @Test
        void areNotRenewedForWhoIsSuspendedNorWhileTheServerIsAway() {
            upload(alice, aliceCertificate, Duration.ofDays(9));
            try (VomsDouble voms = server(ROLE)) {
                configure(server(voms.port(), "voms.test.grid"));
                delivery.deliver(service, order());
                delivery.deliver(service, order());
                installation.clock.advance(Duration.ofHours(13));
                Caller.User root = user("b-2", "bob", Property.SERVICE_ADMINISTRATOR);
                Suspension suspension = installation.suspensions.suspend(
                        root, new SuspensionTarget(SuspendedKind.DN, "", ALICES_DN), "stolen");
                installation.suspensionList.refresh();
                agent.runCycle();
                assertThat(voms.asked()).hasSize(1);
                installation.suspensions.resume(root, suspension.id());
                installation.suspensionList.refresh();
            }

            assertThat(agent.runCycle().failed()).isEqualTo(1);
            assertThat(delivery.deliver(service, order()).fqans()).containsExactly(ROLE + "/Capability=NULL");
        }

        @Test
        void areNotRenewedByAProxyWhoseCertificateWasRevoked() {
            upload(alice, aliceCertificate, Duration.ofDays(9));
            try (VomsDouble voms = server(ROLE)) {
                configure(server(voms.port(), "voms.test.grid"));
                delivery.deliver(service, order());
                delivery.deliver(service, order());
                installation.clock.advance(Duration.ofHours(13));
                aliceIsRevoked = true;

                assertThat(agent.runCycle().failed()).isZero();
                assertThat(voms.asked()).hasSize(1);
            }
        }

        @Test
        void areRenewedThoughOthersBeforeThemMustNotBe() {
            upload(alice, aliceCertificate, Duration.ofDays(9));
            try (VomsDouble voms = server(ROLE)) {
                configure(server(voms.port(), "voms.test.grid"));
                delivery.deliver(service, order());
                delivery.deliver(service, order());
                installation.database.sql("""
                        with gone as (
                            insert into framework.stored_proxy (id, vo, dn, subject, sealed, stored, expires, warned)
                            select gen_random_uuid(), vo, '/CN=gone', 'g-1', sealed, stored, expires, 0
                            from framework.stored_proxy returning id)
                        insert into framework.kept_attributes (id, proxy, fqan, sealed, obtained, expires, used)
                        select gen_random_uuid(), gone.id, fqan, sealed, obtained, expires - interval '1 minute', true
                        from framework.kept_attributes, gone""");
                installation.clock.advance(Duration.ofHours(13));
                voms.tells(installation.clock.instant());

                assertThat(renewal.renew(new Caller.System("test"), 1)).isEqualTo(new CycleReport(1, 1, 0));
            }
        }

        @Test
        void goWithTheStoredProxy() {
            upload(alice, aliceCertificate, Duration.ofDays(1));
            try (VomsDouble voms = server(ROLE)) {
                configure(server(voms.port(), "voms.test.grid"));
                delivery.deliver(service, order());
            }
            proxies.delete(alice, proxies.list(alice).get(0).id());
            assertThat(count("kept_attributes")).isEqualTo("0");
        }

        @Test
        void areNotTakenFromWhoeverHasTheAddress() {
            upload(alice, aliceCertificate, Duration.ofDays(1));
            try (VomsDouble voms = server(ROLE)) {
                configure(server(voms.port(), "another.test.grid"));

                assertThatThrownBy(() -> delivery.deliver(service, order()))
                        .isInstanceOf(VomsFailed.class)
                        .hasMessageContaining("its certificate is not that of");
                assertThat(voms.asked()).isEmpty();
            }
        }

        @Test
        void thatTheServerDoesNotGiveAreToldWithItsWords() {
            upload(alice, aliceCertificate, Duration.ofDays(1));
            try (VomsDouble voms = server("/demo")) {
                configure(server(voms.port(), "voms.test.grid"));

                assertThatThrownBy(() -> delivery.deliver(service, order()))
                        .isInstanceOf(VomsFailed.class)
                        .hasMessageContaining("not a member of " + ROLE);
            }
        }

        @Test
        void needAServerAndAnAttribute() {
            upload(alice, aliceCertificate, Duration.ofDays(1));
            assertThatThrownBy(() -> delivery.deliver(service, order()))
                    .isInstanceOf(InvalidRequest.class)
                    .hasMessageContaining("No VOMS attribute stands for the group demo_user");
            configure("");
            assertThatThrownBy(() -> delivery.deliver(service, order()))
                    .isInstanceOf(Unavailable.class)
                    .hasMessageContaining("no VOMS server");
        }
    }

    /** Keys are dear to make. */
    private static final class ProxyKeys {
        static final ProxyKey ONE = ProxyKey.generate();
    }
}
