/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.diracee.framework.audit.boundary.SecurityAudit;
import org.diracee.framework.audit.control.Refusals;
import org.diracee.framework.audit.entity.AuditRepository;
import org.diracee.framework.registry.boundary.ManagedSites;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.framework.token.boundary.IssuedToken;
import org.diracee.framework.token.boundary.TokenIssuer;
import org.diracee.framework.token.boundary.TokenPair;
import org.diracee.framework.token.boundary.TokenRefresh;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.paging.BulkResult;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.SiteName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.fixture.HeardEvents;
import org.diracee.wms.fixture.MovableClock;
import org.diracee.wms.fixture.WmsDatabase;
import org.diracee.wms.fixture.WmsServices.FixedConfiguration;
import org.diracee.wms.pilot.control.BadPilotCredentials;
import org.diracee.wms.pilot.control.PilotExists;
import org.diracee.wms.pilot.control.PilotHasEnded;
import org.diracee.wms.pilot.control.PilotNotFound;
import org.diracee.wms.pilot.control.PilotReading;
import org.diracee.wms.pilot.control.PilotSecrets;
import org.diracee.wms.pilot.control.PilotSettings;
import org.diracee.wms.pilot.entity.PilotLogRepository;
import org.diracee.wms.pilot.entity.PilotRepository;
import org.diracee.wms.pilot.entity.PilotSearchRepository;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PilotsIT {

    private static final Caller.System DIRECTOR = new Caller.System("SiteDirector");
    private static int vos;

    private final WmsDatabase database = WmsDatabase.shared();
    private final MovableClock clock = new MovableClock();
    private final VoName vo = new VoName("pilots" + ++vos);
    private final PilotSlot slot = new PilotSlot(new SiteName("DIRAC.Local.test"), "ce-" + vo, "default");
    private final Caller.User alice = user(vo, Property.NORMAL_USER);
    private final Caller.User admin = user(vo, Property.SERVICE_ADMINISTRATOR);
    private final Caller.User generic = user(vo, Property.GENERIC_PILOT);
    private final Caller.User stranger = user(new VoName("elsewhere"), Property.NORMAL_USER, Property.GENERIC_PILOT);
    private final List<PilotStamp> ended = Collections.synchronizedList(new ArrayList<>());
    private final FixedConfiguration configuration = new FixedConfiguration();
    private final PilotRepository pilots = new PilotRepository(database.entities());
    private final PilotSettings settings = new PilotSettings(configuration);
    private final PilotManager manager = new PilotManager(
            pilots,
            new PilotReading(new ManagedSites(new Registry() {})),
            settings,
            new OneVo(),
            new HeardEvents<>(news -> ended.add(news.stamp())),
            clock);
    private final SecurityAudit audit =
            new SecurityAudit(new AuditRepository(database.entities()), new Refusals(), clock);
    private final PilotLogin login =
            new PilotLogin(pilots, new OneVo(), new ReadableTokens(), new ReadableRefreshes(), audit, clock);
    private final PilotLogging logging = new PilotLogging(
            pilots,
            new PilotReading(new ManagedSites(new Registry() {})),
            new PilotLogRepository(database.entities()),
            new PilotSearchRepository(database.entities()),
            settings,
            clock);

    @Nested
    class SecretsOfAdministrators {

        private final PilotSecretManager secrets = new PilotSecretManager(pilots, settings, new OneVo(), audit, clock);

        private String secret(int uses) {
            return in(() -> secrets.create(admin, 1, vo, Optional.of(Duration.ofMinutes(30)), uses))
                    .get(0)
                    .secret();
        }

        private PilotRegistration vacuum(String stamp) {
            return new PilotRegistration(
                    new PilotStamp(stamp),
                    vo,
                    "Vac",
                    "DIRAC.Vac.test",
                    "NotAssigned",
                    Optional.empty(),
                    PilotStatus.RUNNING);
        }

        private TokenPair logIn(String stamp, String secret) {
            return in(() -> login.exchange(new PilotStamp(stamp), secret, Optional.of(vacuum(stamp))));
        }

        private void constrain(String secret, SecretConstraints constraints) {
            transact(() -> secrets.constrain(admin, Map.of(secret, constraints)));
        }

        @Test
        void letPilotsInThatNobodyHasSubmittedAsOftenAsTheyMay() {
            String secret = secret(2);

            assertThat(logIn("vac1" + vo, secret).access().text()).isEqualTo("access vac1" + vo + " " + vo);
            logIn("vac2" + vo, secret);

            assertThatThrownBy(() -> logIn("vac3" + vo, secret)).hasMessage("bad credentials");
            assertThat(in(() -> manager.view(admin, new PilotStamp("vac1" + vo)))
                            .gridSite())
                    .isEqualTo("DIRAC.Vac.test");
            assertThat(database.query("select * from wms.pilot_secret").toString())
                    .doesNotContain(secret);
        }

        @Test
        void areForOneUseUnlessMoreAreAskedFor() {
            String secret = secret(1);
            logIn("vac4" + vo, secret);

            assertThatThrownBy(() -> logIn("vac5" + vo, secret)).hasMessage("bad credentials");
        }

        @Test
        void doNotTakeOverThePilotsOfOthers() {
            IssuedPilot pilot = issued();
            String secret = secret(5);

            assertThatThrownBy(() -> logIn(pilot.stamp().text(), secret)).hasMessage("bad pilot_stamp");
            constrain(
                    secret,
                    new SecretConstraints(Optional.empty(), Optional.of(List.of(pilot.stamp())), Optional.empty()));
            assertThat(logIn(pilot.stamp().text(), secret)).isNotNull();
            assertThatThrownBy(() -> logIn("vac6" + vo, secret)).hasMessage("bad pilot_stamp");
        }

        @Test
        void keepToVosAndSites() {
            String secret = secret(5);
            constrain(
                    secret,
                    new SecretConstraints(
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(List.of(new SiteName("DIRAC.Other.test")))));
            assertThatThrownBy(() -> logIn("vac7" + vo, secret)).hasMessage("bad credentials");
            constrain(
                    secret,
                    new SecretConstraints(
                            Optional.of(List.of(new VoName("elsewhere"))),
                            Optional.empty(),
                            Optional.of(List.of(new SiteName("DIRAC.Vac.test")))));
            assertThatThrownBy(() -> logIn("vac8" + vo, secret)).hasMessage("bad credentials");
            constrain(secret, new SecretConstraints(Optional.of(List.of(vo)), Optional.empty(), Optional.empty()));
            assertThat(logIn("vac9" + vo, secret)).isNotNull();
        }

        @Test
        void expire() {
            String secret = secret(5);
            clock.advance(Duration.ofMinutes(30));

            assertThatThrownBy(() -> logIn("vac10" + vo, secret)).hasMessage("secret expired");
        }

        @Test
        void areWithinLimitsAndOnlyThoseThatExistAreConstrained() {
            assertThatThrownBy(() -> in(() -> secrets.create(admin, 1_001, vo, Optional.empty(), 1)))
                    .isInstanceOf(InvalidRequest.class);
            assertThatThrownBy(() -> in(() -> secrets.create(admin, 1, vo, Optional.of(Duration.ofDays(366)), 1)))
                    .isInstanceOf(InvalidRequest.class);
            assertThatThrownBy(() -> constrain(
                            "guessed", new SecretConstraints(Optional.empty(), Optional.empty(), Optional.empty())))
                    .isInstanceOf(SecretNotFound.class)
                    .hasMessageNotContaining("guessed");
        }
    }

    @Nested
    class LogIn {

        @Test
        void givesTokensForTheSecret() {
            IssuedPilot pilot = issued();
            assertThat(in(() -> login.exchange(pilot.stamp(), pilot.secret()))
                            .access()
                            .text())
                    .isEqualTo("access " + pilot.stamp() + " " + vo);
        }

        @Test
        void keepsHashesAlone() {
            IssuedPilot pilot = issued();
            assertThat(database.query("select * from wms.pilot_secret where '%s' = any(pilot_stamps)", pilot.stamp())
                            .toString())
                    .doesNotContain(pilot.secret())
                    .contains(PilotSecrets.hash(pilot.secret()));
            assertThat(pilot.toString()).doesNotContain(pilot.secret());
        }

        @Test
        void worksOnce() {
            IssuedPilot pilot = issued();
            in(() -> login.exchange(pilot.stamp(), pilot.secret()));
            refused(pilot.stamp(), pilot.secret(), "bad credentials");
        }

        @Test
        void worksOnceForManyAtOnce() throws Exception {
            IssuedPilot pilot = issued();
            int tries = 16;
            CyclicBarrier together = new CyclicBarrier(tries);
            ExecutorService threads = Executors.newFixedThreadPool(tries);
            int succeeded = 0;
            try {
                List<Future<Boolean>> all = new ArrayList<>();
                for (int index = 0; index < tries; index++) {
                    all.add(threads.submit(() -> {
                        together.await();
                        try {
                            in(() -> login.exchange(pilot.stamp(), pilot.secret()));
                            return true;
                        } catch (BadPilotCredentials refused) {
                            return false;
                        }
                    }));
                }
                for (Future<Boolean> one : all) {
                    succeeded += one.get() ? 1 : 0;
                }
            } finally {
                threads.shutdownNow();
            }
            assertThat(succeeded).isEqualTo(1);
        }

        @Test
        void isNotUsedUpByWhatFailsAfterIt() {
            IssuedPilot pilot = issued();
            PilotLogin broken = new PilotLogin(
                    pilots,
                    new OneVo(),
                    new TokenIssuer() {
                        @Override
                        public TokenPair pilotTokens(PilotStamp stamp, VoName of) {
                            throw new IllegalStateException("no keys");
                        }
                    },
                    new ReadableRefreshes(),
                    audit,
                    clock);
            assertThatThrownBy(() -> in(() -> broken.exchange(pilot.stamp(), pilot.secret())))
                    .hasMessage("no keys");
            assertThat(in(() -> login.exchange(pilot.stamp(), pilot.secret()))).isNotNull();
        }

        @Test
        void tellsWhatIsWrong() {
            IssuedPilot pilot = issued();
            IssuedPilot other = issued();
            refused(pilot.stamp(), "guessed", "bad pilot_secret");
            refused(other.stamp(), pilot.secret(), "bad pilot_stamp");
            refused(new PilotStamp("unknown"), "guessed", "bad pilot_secret");
            clock.advance(Duration.ofDays(2));
            refused(pilot.stamp(), pilot.secret(), "secret expired");
        }

        @Test
        void isNotForPilotsThatHaveEnded() {
            IssuedPilot pilot = issued();
            transact(() -> manager.report(DIRECTOR, pilot.stamp(), PilotStatus.FAILED, "never started"));
            refused(pilot.stamp(), pilot.secret(), "bad pilot_secret");
            assertThatThrownBy(() -> in(() -> login.refresh("token", pilot.stamp())))
                    .isInstanceOf(BadPilotCredentials.class)
                    .hasMessage("bad credentials");
        }

        @Test
        void isProlongedForPilotsThatLive() {
            IssuedPilot pilot = issued();
            assertThat(in(() -> login.refresh("token", pilot.stamp())).access().text())
                    .isEqualTo("refreshed " + pilot.stamp());
            assertThatThrownBy(() -> in(() -> login.refresh("token", new PilotStamp("unknown"))))
                    .isInstanceOf(BadPilotCredentials.class);
        }

        private void refused(PilotStamp stamp, String secret, String why) {
            assertThatThrownBy(() -> in(() -> login.exchange(stamp, secret)))
                    .isInstanceOf(BadPilotCredentials.class)
                    .hasMessage(why)
                    .extracting(failure -> ((BadPilotCredentials) failure).code())
                    .isEqualTo(ErrorCode.BAD_CREDENTIALS);
        }
    }

    @Nested
    class Registration {

        @Test
        void isForAdministratorsAndGenericPilotsOfTheVo() {
            transact(() -> manager.register(admin, registration("reg-admin" + vo)));
            transact(() -> manager.register(generic, registration("reg-generic" + vo)));
            assertThatThrownBy(() -> transact(() -> manager.register(stranger, registration("reg-stranger"))))
                    .isInstanceOf(Forbidden.class);
            PilotView pilot = in(() -> manager.view(alice, new PilotStamp("reg-admin" + vo)));
            assertThat(pilot.status()).isEqualTo(PilotStatus.SUBMITTED);
            assertThat(pilot.reference()).hasValue("ref");
        }

        @Test
        void happensOnce() throws Exception {
            PilotRegistration registration = registration("twice" + vo);
            CyclicBarrier together = new CyclicBarrier(2);
            ExecutorService threads = Executors.newFixedThreadPool(2);
            int refused = 0;
            try {
                List<Future<Boolean>> both = new ArrayList<>();
                for (int index = 0; index < 2; index++) {
                    both.add(threads.submit(() -> {
                        together.await();
                        try {
                            transact(() -> manager.register(admin, registration));
                            return true;
                        } catch (PilotExists known) {
                            return false;
                        }
                    }));
                }
                for (Future<Boolean> one : both) {
                    refused += one.get() ? 0 : 1;
                }
            } finally {
                threads.shutdownNow();
            }
            assertThat(refused).isEqualTo(1);
        }

        @Test
        void needsARegisteredVo() {
            PilotRegistration foreign = new PilotRegistration(
                    new PilotStamp("foreign"),
                    new VoName("nowhere"),
                    "DIRAC",
                    "Unknown",
                    "NotAssigned",
                    Optional.empty(),
                    PilotStatus.SUBMITTED);
            assertThatThrownBy(() -> transact(() -> manager.register(admin, foreign)))
                    .isInstanceOf(InvalidRequest.class)
                    .hasMessage("The VO nowhere is not registered here");
        }

        private PilotRegistration registration(String stamp) {
            return new PilotRegistration(
                    new PilotStamp(stamp),
                    vo,
                    "DIRAC",
                    "Unknown",
                    "NotAssigned",
                    Optional.of("ref"),
                    PilotStatus.SUBMITTED);
        }
    }

    @Nested
    class Changes {

        @Test
        void arePilotsOwn() {
            PilotStamp stamp = issued().stamp();
            PilotStamp other = issued().stamp();
            Caller.Pilot self = new Caller.Pilot(stamp, vo);
            update(self, stamp, PilotStatus.RUNNING);
            assertThat(in(() -> manager.view(alice, stamp)).status()).isEqualTo(PilotStatus.RUNNING);
            assertThatThrownBy(() -> update(self, other, PilotStatus.DONE)).isInstanceOf(Forbidden.class);
            assertThatThrownBy(() -> transact(() -> manager.update(
                            self,
                            Map.of(
                                    stamp, PilotMetadata.of(PilotStatus.DONE, "x"),
                                    other, PilotMetadata.of(PilotStatus.DONE, "x")))))
                    .isInstanceOf(Forbidden.class);
            assertThat(in(() -> manager.view(alice, stamp)).status()).isEqualTo(PilotStatus.RUNNING);
        }

        @Test
        void moveNoPilotToAnotherSiteByItsOwnWord() {
            PilotStamp stamp = issued().stamp();
            Caller.Pilot self = new Caller.Pilot(stamp, vo);

            transact(() -> manager.update(self, Map.of(stamp, at(slot.site().text()))));
            assertThatThrownBy(() -> transact(() -> manager.update(self, Map.of(stamp, at("DIRAC.Elsewhere.test")))))
                    .isInstanceOf(OtherSite.class)
                    .hasMessageContaining(slot.site().text());
            transact(() -> manager.update(admin, Map.of(stamp, at("DIRAC.Elsewhere.test"))));

            assertThat(in(() -> manager.view(admin, stamp)).gridSite()).isEqualTo("DIRAC.Elsewhere.test");
        }

        private PilotMetadata at(String site) {
            return new PilotMetadata(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(site),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }

        @Test
        void tellOfThePilotsEndOnce() {
            PilotStamp stamp = issued().stamp();
            Caller.Pilot self = new Caller.Pilot(stamp, vo);
            update(self, stamp, PilotStatus.RUNNING);
            assertThat(ended).isEmpty();
            update(self, stamp, PilotStatus.DONE);
            update(self, stamp, PilotStatus.DONE);
            assertThat(ended).containsExactly(stamp);
            assertThatThrownBy(() -> update(self, stamp, PilotStatus.RUNNING)).isInstanceOf(PilotHasEnded.class);
            assertThat(in(() -> manager.report(DIRECTOR, stamp, PilotStatus.ABORTED, "gone")))
                    .isFalse();
            assertThat(in(() -> manager.view(alice, stamp)).status()).isEqualTo(PilotStatus.DONE);
        }

        @ParameterizedTest
        @EnumSource(PilotStatus.class)
        void byAdministratorsAreFree(PilotStatus status) {
            PilotStamp stamp = issued().stamp();
            update(admin, stamp, PilotStatus.DONE);
            update(admin, stamp, status);
            assertThat(in(() -> manager.view(alice, stamp)).status()).isEqualTo(status);
        }

        @Test
        void byGenericPilotsAreOneAtATimeInTheirVo() {
            PilotStamp stamp = issued().stamp();
            PilotStamp other = issued().stamp();
            update(generic, stamp, PilotStatus.RUNNING);
            assertThatThrownBy(() -> update(stranger, stamp, PilotStatus.DONE)).isInstanceOf(PilotNotFound.class);
            Map<PilotStamp, PilotMetadata> both = new HashMap<>();
            both.put(stamp, PilotMetadata.NOTHING);
            both.put(other, PilotMetadata.NOTHING);
            assertThatThrownBy(() -> transact(() -> manager.update(generic, both)))
                    .isInstanceOf(Forbidden.class)
                    .hasMessage("Only a ServiceAdministrator may change several pilots at once");
            transact(() -> manager.update(admin, both));
        }

        @Test
        void ofAnUnknownPilotAreNone() {
            assertThatThrownBy(() -> update(admin, new PilotStamp("unknown"), PilotStatus.DONE))
                    .isInstanceOf(PilotNotFound.class)
                    .hasMessage("Pilot unknown not found");
        }

        @Test
        void shortenAReasonToWhatTheColumnHolds() {
            PilotStamp stamp = issued().stamp();
            transact(() -> manager.report(DIRECTOR, stamp, PilotStatus.FAILED, "x".repeat(1000)));
            assertThat(in(() -> manager.view(alice, stamp)).statusReason()).hasSize(255);
        }

        private void update(Caller caller, PilotStamp stamp, PilotStatus status) {
            transact(() -> manager.update(caller, Map.of(stamp, PilotMetadata.of(status, "told"))));
        }
    }

    @Nested
    class Kill {

        @Test
        void isAskedForByAdministratorsAndOperatorsOfTheVo() {
            PilotStamp stamp = issued().stamp();
            PilotStamp over = issued().stamp();
            transact(() -> manager.report(DIRECTOR, over, PilotStatus.DONE, "over"));
            PilotStamp unknown = new PilotStamp("unknown");
            Caller.User operator = user(vo, Property.OPERATOR);
            BulkResult<PilotStamp, PilotView> result = in(() -> manager.kill(operator, List.of(stamp, over, unknown)));
            assertThat(result.success()).containsOnlyKeys(stamp);
            assertThat(result.failed()).containsOnlyKeys(over, unknown);
            assertThat(in(() -> manager.view(alice, stamp)).killRequested()).isPresent();

            Caller.User foreign = user(new VoName("elsewhere"), Property.OPERATOR);
            assertThat(in(() -> manager.kill(foreign, List.of(stamp))).failed()).containsOnlyKeys(stamp);
        }
    }

    @Nested
    class Log {

        @Test
        void isShownInTheOrderItCame() {
            PilotStamp stamp = issued().stamp();
            Caller.Pilot self = new Caller.Pilot(stamp, vo);
            Instant later = Instant.parse("2026-11-22T10:00:01.123456Z");
            Instant earlier = Instant.parse("2026-11-22T10:00:00Z");
            transact(() ->
                    logging.append(self, Optional.empty(), List.of(line(later, "first"), line(earlier, "sec\0ond"))));
            transact(() -> logging.append(self, Optional.empty(), List.of(line(earlier, "third"))));
            assertThat(in(() -> logging.last(alice, stamp, 10)))
                    .containsExactly(line(later, "first"), line(earlier, "sec\uFFFDond"), line(earlier, "third"));
            assertThat(in(() -> logging.last(alice, stamp, 1))).containsExactly(line(earlier, "third"));
        }

        @Test
        void isBounded() {
            PilotStamp stamp = issued().stamp();
            Caller.Pilot self = new Caller.Pilot(stamp, vo);
            configuration.set(Map.of(
                    "Systems",
                    Map.of(
                            "WorkloadManagement",
                            Map.of("Services", Map.of("PilotManager", Map.of("MaxLogLines", 3))))));
            PilotLogLine line = line(Instant.EPOCH, "text");
            transact(() -> logging.append(self, Optional.empty(), List.of(line, line)));
            assertThatThrownBy(() -> transact(() -> logging.append(self, Optional.empty(), List.of(line, line))))
                    .hasMessage("The log of pilot " + stamp + " is full: it holds 3 lines");
            assertThatThrownBy(() ->
                            transact(() -> logging.append(self, Optional.empty(), Collections.nCopies(1001, line))))
                    .hasMessage("The message has 1001 lines: allowed are 1000");
            assertThatThrownBy(() -> transact(() -> logging.append(
                            self, Optional.empty(), List.of(line, line(Instant.EPOCH, "x".repeat(20_000))))))
                    .hasMessage("lines[1].message has 20000 characters: allowed are 16384");
            assertThatThrownBy(() -> in(() -> logging.last(alice, stamp, 10_001)))
                    .isInstanceOf(InvalidRequest.class);
            assertThat(in(() -> logging.last(alice, stamp, 10))).hasSize(2);
        }

        @Test
        void isForTheVoAlone() {
            PilotStamp stamp = issued().stamp();
            assertThatThrownBy(() -> in(() -> logging.last(stranger, stamp, 10)))
                    .isInstanceOf(PilotNotFound.class);
            assertThatThrownBy(() -> in(() -> logging.last(generic, stamp, 10))).isInstanceOf(Forbidden.class);
            Caller.Pilot unknown = new Caller.Pilot(new PilotStamp("unknown"), vo);
            assertThatThrownBy(() -> transact(
                            () -> logging.append(unknown, Optional.empty(), List.of(line(Instant.EPOCH, "x")))))
                    .isInstanceOf(PilotNotFound.class);
        }

        @Test
        void keepsEachLineOnceHoweverOftenABatchComes() {
            Caller.Pilot self = new Caller.Pilot(issued().stamp(), vo);
            PilotLogLine first = line(Instant.EPOCH, "first");
            PilotLogLine second = line(Instant.EPOCH, "second");
            PilotLogLine third = line(Instant.EPOCH, "third");
            transact(() -> logging.append(self, Optional.of(0L), List.of(first, second)));
            transact(() -> logging.append(self, Optional.of(0L), List.of(first, second)));
            transact(() -> logging.append(self, Optional.of(1L), List.of(second, third)));
            transact(() -> logging.append(self, Optional.of(7L), List.of(first)));
            assertThat(in(() -> logging.last(alice, self.stamp(), 10))).containsExactly(first, second, third, first);
        }

        @Test
        void holdsNoMoreCharactersThanItMay() {
            Caller.Pilot self = new Caller.Pilot(issued().stamp(), vo);
            configuration.set(Map.of(
                    "Systems",
                    Map.of(
                            "WorkloadManagement",
                            Map.of("Services", Map.of("PilotManager", Map.of("MaxLogCharacters", 7))))));
            transact(() -> logging.append(self, Optional.empty(), List.of(line(Instant.EPOCH, "four"))));
            assertThatThrownBy(() -> transact(
                            () -> logging.append(self, Optional.empty(), List.of(line(Instant.EPOCH, "four")))))
                    .hasMessage("The log of pilot " + self.stamp() + " is full: it holds 7 characters");
        }

        @Test
        void isSearchedByPilotJobAndText() {
            PilotStamp one = issued().stamp();
            PilotStamp other = issued().stamp();
            database.query(
                    "insert into wms.pilot_job (pilot_stamp, job_id, attempt, started) values ('%s', 4711, 1, now())",
                    other);
            transact(() -> logging.append(
                    new Caller.Pilot(one, vo),
                    Optional.empty(),
                    List.of(line(Instant.EPOCH, "Disk full"), line(Instant.EPOCH, "end"))));
            transact(() -> logging.append(
                    new Caller.Pilot(other, vo), Optional.empty(), List.of(line(Instant.EPOCH, "disk FULL again"))));

            assertThat(messages(alice, List.of(one), List.of(), "", 0)).containsExactly("Disk full", "end");
            assertThat(messages(alice, List.of(), List.of(new JobId(4711)), "", 0))
                    .containsExactly("disk FULL again");
            assertThat(messages(alice, List.of(), List.of(), "isk full", 0))
                    .containsExactly("Disk full", "disk FULL again");
            assertThat(messages(stranger(), List.of(one), List.of(), "", 0)).isEmpty();
            assertThatThrownBy(() -> messages(generic, List.of(one), List.of(), "", 0))
                    .isInstanceOf(Forbidden.class);

            long first = found(alice, List.of(one), List.of(), "", 0).get(0).sequence();
            assertThat(messages(alice, List.of(one), List.of(), "", first)).containsExactly("end");
        }

        @Test
        void findsSoManyLinesAndCharactersAtOnce() {
            PilotStamp one = issued().stamp();
            database.query(
                    "insert into wms.pilot_log (pilot_stamp, logged_at, pilot_time, severity, scope, message)"
                            + " select '%s', now(), now(), 'INFO', 'pilot', repeat('x', 16384)"
                            + " from generate_series(1, 300)",
                    one);

            List<FoundLogLine> lines = found(query(one, 0, PilotLogging.MAX_FOUND));
            assertThat(lines).hasSize(4_000_000 / 16_384);
            long last = lines.get(lines.size() - 1).sequence();
            assertThat(found(query(one, last, PilotLogging.MAX_FOUND))).hasSize(300 - lines.size());
            assertThatThrownBy(() -> found(query(one, 0, PilotLogging.MAX_FOUND + 1)))
                    .hasMessageContaining("allowed are 1 to 1000");
        }

        private PilotLogQuery query(PilotStamp stamp, long after, int limit) {
            return new PilotLogQuery(List.of(stamp), List.of(), Optional.empty(), Optional.empty(), after, limit);
        }

        private List<FoundLogLine> found(PilotLogQuery query) {
            return in(() -> logging.search(alice, query));
        }

        private Caller.User stranger() {
            return user(new VoName("elsewhere"), Property.NORMAL_USER);
        }

        private List<FoundLogLine> found(
                Caller caller, List<PilotStamp> stamps, List<JobId> jobs, String text, long after) {
            Optional<String> part = Optional.of(text).filter(some -> !some.isEmpty());
            PilotLogQuery query = new PilotLogQuery(stamps, jobs, part, Optional.empty(), after, 10);
            return in(() -> logging.search(caller, query));
        }

        private List<String> messages(
                Caller caller, List<PilotStamp> stamps, List<JobId> jobs, String text, long after) {
            return found(caller, stamps, jobs, text, after).stream()
                    .map(found -> found.line().message())
                    .toList();
        }

        private PilotLogLine line(Instant time, String message) {
            return new PilotLogLine(time, "INFO", "pilot", message);
        }
    }

    @Nested
    class Counts {

        @Test
        void tellWaitingExpectantAndRunningApart() {
            issued();
            PilotStamp young = running();
            PilotStamp busy = running();
            database.query(
                    "insert into wms.pilot_job (pilot_stamp, job_id, attempt, started) values ('%s', 1, 1, now())",
                    busy);
            PilotStamp over = running();
            transact(() -> manager.report(DIRECTOR, over, PilotStatus.DONE, "over"));
            assertThat(counts()).containsExactly(new PilotCount(vo, 1, 1, 1));

            clock.advance(Duration.ofMinutes(3));
            assertThat(counts()).containsExactly(new PilotCount(vo, 1, 0, 2));
            assertThat(in(() -> manager.unfinished(DIRECTOR, slot, 10)))
                    .extracting(PilotView::stamp)
                    .contains(young, busy)
                    .doesNotContain(over);
        }

        private List<PilotCount> counts() {
            return in(() -> manager.counts(DIRECTOR, slot, Duration.ofMinutes(2)));
        }

        private PilotStamp running() {
            PilotStamp stamp = issued().stamp();
            transact(() -> manager.report(DIRECTOR, stamp, PilotStatus.RUNNING, "runs"));
            return stamp;
        }
    }

    @Test
    void keepsTheEndsOfWhatAPilotWrote() {
        PilotStamp stamp = issued().stamp();
        assertThat(in(() -> manager.output(alice, stamp))).isEmpty();
        PilotOutput output = new PilotOutput("out", "err");
        transact(() -> manager.storeOutput(DIRECTOR, stamp, new PilotOutput("before", "before")));
        transact(() -> manager.storeOutput(DIRECTOR, stamp, output));
        assertThat(in(() -> manager.output(alice, stamp))).hasValue(output);
        assertThatThrownBy(() -> in(() -> manager.output(stranger, stamp))).isInstanceOf(PilotNotFound.class);
    }

    private IssuedPilot issued() {
        return in(() -> manager.issue(DIRECTOR, vo, "Local", slot, 1)).get(0);
    }

    private static Caller.User user(VoName vo, Property... properties) {
        return new Caller.User("sub", new UserName("somebody"), new GroupName("users"), vo, Set.of(properties));
    }

    private <T> T in(Supplier<T> work) {
        return database.inTransaction(work);
    }

    private void transact(Runnable work) {
        database.transact(work);
    }

    /** Knows the VO of the test. */
    private final class OneVo extends Registry {
        @Override
        public boolean knows(VoName asked) {
            return asked.equals(vo);
        }
    }

    /** Tokens that say whose they are. */
    private static final class ReadableTokens extends TokenIssuer {
        @Override
        public TokenPair pilotTokens(PilotStamp stamp, VoName vo) {
            return pair("access " + stamp + " " + vo);
        }
    }

    private static final class ReadableRefreshes extends TokenRefresh {
        @Override
        public TokenPair pilot(String refreshToken, PilotStamp stamp) {
            return pair("refreshed " + stamp);
        }
    }

    private static TokenPair pair(String access) {
        Instant expires = Instant.parse("2100-01-01T00:00:00Z");
        return new TokenPair(
                new IssuedToken(new UUID(0, 1), access, expires),
                new IssuedToken(new UUID(0, 2), "refresh", expires),
                Duration.ofMinutes(20));
    }
}
