/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.suspension.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.diracee.framework.fixture.Installation;
import org.diracee.framework.fixture.People;
import org.diracee.framework.token.boundary.Scope;
import org.diracee.framework.token.boundary.TokenPair;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Credential;
import org.diracee.kernel.access.CredentialKind;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.Dn;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.InvalidValue;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.SiteName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SuspensionsIT {

    private static final VoName DEMO = new VoName("demo");
    private static final Caller.User ALICE = People.of("demo", "a-1", "alice", "demo_user", Property.NORMAL_USER);
    private static final Caller.User OTHER_ALICE = People.of("other", "a-1", "alice", "other_user");
    private static final Caller.User ROOT =
            People.of("demo", "b-2", "bob", "demo_admin", Property.SERVICE_ADMINISTRATOR);
    private static final Caller.User OPERATOR = People.of("demo", "b-2", "bob", "demo_ops", Property.OPERATOR);
    private static final Caller.Pilot PILOT = new Caller.Pilot(new PilotStamp("p1"), DEMO);
    /** A workload with the pilot p1. */
    private record Workload(Function<Set<String>, Set<String>> at) implements PilotsAtSites {

        @Override
        public Set<String> stamps(Set<String> sites) {
            return at.apply(sites);
        }

        @Override
        public boolean knows(String vo, String stamp) {
            return vo.equals("demo") && stamp.equals("p1");
        }
    }

    private static final Caller.Job JOB = new Caller.Job(
            new JobId(7), 1, new PilotStamp("p1"), new UserName("alice"), new GroupName("demo_user"), DEMO);

    private final Installation installation = Installation.configured();
    private final Suspensions suspensions = installation.suspensions;
    private final SuspensionList list = installation.suspensionList;

    @Test
    void aSuspendedUserIsOutWithTokenRefreshAndJobs() {
        TokenPair session = installation.issuer.userTokens("a-1", Scope.parse("vo:demo", installation.registry));
        suspend(SuspendedKind.USER, "demo", "alice");

        assertThatThrownBy(() -> list.require(ALICE))
                .isInstanceOf(Suspended.class)
                .hasMessage("The user alice of the VO demo is suspended."
                        + " Please contact the administrators of this installation.");
        assertThatThrownBy(() -> list.require(JOB)).isInstanceOf(Suspended.class);
        assertThatThrownBy(() -> installation.refresh.user(session.refresh().text()))
                .isInstanceOf(Suspended.class);
        assertThatThrownBy(() -> installation.issuer.userTokens("a-1", Scope.parse("vo:demo", installation.registry)))
                .isInstanceOf(Suspended.class);
        assertThat(list.heldOwners(DEMO)).containsExactly("alice");
        assertThatCode(() -> list.require(OTHER_ALICE)).doesNotThrowAnyException();
        assertThatCode(() -> list.require(PILOT)).doesNotThrowAnyException();
    }

    @Test
    void aSessionGoesOnAfterTheSuspensionIsLifted() {
        TokenPair session = installation.issuer.userTokens("a-1", Scope.parse("vo:demo", installation.registry));
        Suspension made = suspend(SuspendedKind.USER, "demo", "alice");
        assertThatThrownBy(() -> installation.refresh.user(session.refresh().text()))
                .isInstanceOf(Suspended.class);

        suspensions.resume(ROOT, made.id());
        list.refresh();

        assertThat(installation.refresh.user(session.refresh().text())).isNotNull();
        assertThatCode(() -> list.require(ALICE)).doesNotThrowAnyException();
    }

    @Test
    void aSubjectIsTheSameUserByAnotherName() {
        suspend(SuspendedKind.SUBJECT, "demo", "a-1");

        assertThatThrownBy(() -> list.require(ALICE)).isInstanceOf(Suspended.class);
        assertThatThrownBy(() -> list.require(JOB)).isInstanceOf(Suspended.class);
        assertThatThrownBy(() -> list.requireOwner(DEMO, new UserName("alice"))).isInstanceOf(Suspended.class);
        assertThat(list.heldOwners(DEMO)).containsExactly("alice");
    }

    @Test
    void aCertificateIsOutWithItsProxiesAndWhoIsRegisteredWithIt() {
        installation.configure(2, Installation.with("""
                Registry
                {
                  demo
                  {
                    Users
                    {
                      a-1
                      {
                        DNs = /C=ch/CN=Alice
                      }
                    }
                  }
                }
                """));
        installation.configuration.refresh();
        suspend(SuspendedKind.DN, "", "/C=ch/CN=Alice");

        Caller.User byProxy = new Caller.User(
                "x",
                new UserName("xavier"),
                new GroupName("demo_user"),
                DEMO,
                Set.of(),
                Credential.of(CredentialKind.PROXY, "/C=ch/CN=Alice"));
        assertThatThrownBy(() -> list.require(byProxy)).isInstanceOf(Suspended.class);
        assertThatThrownBy(() -> list.require(ALICE)).isInstanceOf(Suspended.class);
        assertThatThrownBy(() -> list.requireCertificate(new Dn("/C=ch/CN=Alice")))
                .isInstanceOf(Suspended.class);
        assertThat(list.heldOwners(DEMO)).containsExactly("alice");
    }

    @Test
    void aCertificateIsOutHoweverItsNameIsSpelled() {
        installation.configure(2, Installation.with("""
                Registry
                {
                  demo
                  {
                    Users
                    {
                      a-1
                      {
                        DNs = /C=ch/USERID=alice/Email=a@example.org
                      }
                    }
                  }
                }
                """));
        installation.configuration.refresh();

        Suspension made = suspend(SuspendedKind.DN, "", "/C=ch/UID=alice/E=a@example.org");

        assertThat(made.target().name()).isEqualTo("/C=ch/UID=alice/emailAddress=a@example.org");
        assertThatThrownBy(() -> list.require(ALICE)).isInstanceOf(Suspended.class);
        assertThatThrownBy(() -> list.requireCertificate(new Dn("/C=ch/userid=alice/email=a@example.org")))
                .isInstanceOf(Suspended.class);
        assertThat(list.heldOwners(DEMO)).containsExactly("alice");
        assertThatThrownBy(() -> suspend(SuspendedKind.DN, "", "alice"))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("'alice' is no distinguished name");
    }

    @Test
    void whoCannotBeSuspendedForItsLongNameGoesOn() {
        suspend(SuspendedKind.DN, "", "/C=ch/CN=Somebody");
        Caller.User longName = new Caller.User(
                "x",
                new UserName("xavier"),
                new GroupName("demo_user"),
                DEMO,
                Set.of(),
                Credential.of(CredentialKind.CERTIFICATE, "/CN=" + "x".repeat(3000)));

        assertThatCode(() -> list.require(longName)).doesNotThrowAnyException();
    }

    @Test
    void aVoIsOutWithAllThatIsItsAndNothingElse() {
        Caller.User root = People.of("other", "a-1", "alice", "other_user", Property.SERVICE_ADMINISTRATOR);
        suspensions.suspend(root, new SuspensionTarget(SuspendedKind.VO, "", "demo"), "incident");
        list.refresh();

        for (Caller caller : new Caller[] {ALICE, PILOT, JOB}) {
            assertThatThrownBy(() -> list.require(caller))
                    .isInstanceOf(Suspended.class)
                    .hasMessageStartingWith("The VO demo is suspended.");
        }
        assertThatCode(() -> list.require(OTHER_ALICE)).doesNotThrowAnyException();
        assertThat(list.stopsWork(DEMO, new SiteName("S"))).isTrue();
        assertThat(list.stopsWork(new VoName("other"), new SiteName("S"))).isFalse();
    }

    @Test
    void aPilotIsOutWithItsJobs() {
        suspend(SuspendedKind.PILOT, "demo", "p1");

        assertThatThrownBy(() -> list.require(PILOT)).isInstanceOf(Suspended.class);
        assertThatThrownBy(() -> list.require(JOB)).isInstanceOf(Suspended.class);
        assertThatThrownBy(() -> installation.issuer.pilotTokens(new PilotStamp("p1"), DEMO))
                .isInstanceOf(Suspended.class);
        assertThatCode(() -> list.require(new Caller.Pilot(new PilotStamp("p2"), DEMO)))
                .doesNotThrowAnyException();
    }

    @Test
    void aSiteIsOutWithThePilotsThere() {
        SuspensionList withPilots = new SuspensionList(
                installation.database.service(
                        SuspensionRecords.class,
                        new org.diracee.framework.suspension.entity.SuspensionRepository(
                                installation.database.entities())),
                installation.registry,
                Set.of(new Workload(sites -> sites.contains("LCG.CERN.ch") ? Set.of("p1") : Set.of())));
        suspend(SuspendedKind.SITE, "", "LCG.CERN.ch");
        withPilots.refresh();

        assertThatThrownBy(() -> withPilots.require(PILOT)).isInstanceOf(Suspended.class);
        assertThatThrownBy(() -> withPilots.require(JOB)).isInstanceOf(Suspended.class);
        assertThat(withPilots.stopsWork(DEMO, new SiteName("LCG.CERN.ch"))).isTrue();
        assertThat(withPilots.stopsWork(DEMO, new SiteName("LCG.PIC.es"))).isFalse();
        assertThat(withPilots.isAtWork(target(SuspendedKind.SITE, "", "LCG.CERN.ch")))
                .isTrue();
        assertThat(withPilots.isAtWork(target(SuspendedKind.SITE, "", "LCG.CREN.ch")))
                .isFalse();
        assertThat(withPilots.isAtWork(target(SuspendedKind.PILOT, "demo", "p1")))
                .isTrue();
        assertThat(withPilots.isAtWork(target(SuspendedKind.PILOT, "demo", "p2")))
                .isFalse();
    }

    @Test
    void suspensionsCountAlthoughThePilotsOfASiteCannotBeRead() {
        AtomicBoolean away = new AtomicBoolean();
        SuspensionList withPilots = new SuspensionList(
                installation.database.service(
                        SuspensionRecords.class,
                        new org.diracee.framework.suspension.entity.SuspensionRepository(
                                installation.database.entities())),
                installation.registry,
                Set.of(new Workload(sites -> {
                    if (away.get()) {
                        throw new IllegalStateException("away");
                    }
                    return Set.of("p1");
                })));
        suspend(SuspendedKind.SITE, "", "LCG.CERN.ch");
        withPilots.refresh();
        away.set(true);
        suspend(SuspendedKind.USER, "demo", "alice");
        withPilots.refresh();

        assertThatThrownBy(() -> withPilots.require(ALICE)).isInstanceOf(Suspended.class);
        assertThatThrownBy(() -> withPilots.require(PILOT)).isInstanceOf(Suspended.class);
    }

    @Test
    void whoWatchesOverAVoSuspendsItsUsersAndPilotsOnly() {
        assertThat(suspensions
                        .suspend(OPERATOR, target(SuspendedKind.USER, "demo", "alice"), "x")
                        .everywhere())
                .isFalse();
        assertThatCode(() -> suspensions.suspend(OPERATOR, target(SuspendedKind.PILOT, "demo", "p1"), "x"))
                .doesNotThrowAnyException();
        assertThatCode(() -> suspensions.suspend(OPERATOR, target(SuspendedKind.SITE, "", "S"), "x"))
                .doesNotThrowAnyException();
        for (SuspensionTarget beyond : new SuspensionTarget[] {
            target(SuspendedKind.USER, "other", "alice"),
            target(SuspendedKind.VO, "", "demo"),
            target(SuspendedKind.DN, "", "/CN=x")
        }) {
            assertThatThrownBy(() -> suspensions.suspend(OPERATOR, beyond, "x")).isInstanceOf(Forbidden.class);
        }
    }

    @Test
    void anAdministratorOfAVoCannotLiftWhatOneOfTheInstallationMade() {
        Suspension made = suspend(SuspendedKind.USER, "demo", "alice");

        assertThatThrownBy(() -> suspensions.resume(OPERATOR, made.id())).isInstanceOf(Forbidden.class);
        assertThat(suspensions.suspend(OPERATOR, made.target(), "mine now").reason())
                .isEqualTo("incident");
        Caller.User stranger = People.of("other", "a-1", "alice", "other_user", Property.OPERATOR);
        assertThatThrownBy(() -> suspensions.resume(stranger, made.id())).isInstanceOf(SuspensionNotFound.class);
        assertThat(suspensions.list(stranger)).isEmpty();
        assertThat(suspensions.list(OPERATOR)).hasSize(1);
    }

    @Test
    void nobodySuspendsHimself() {
        for (SuspensionTarget oneself : new SuspensionTarget[] {
            target(SuspendedKind.USER, "demo", "bob"),
            target(SuspendedKind.SUBJECT, "demo", "b-2"),
            target(SuspendedKind.VO, "", "demo")
        }) {
            assertThatThrownBy(() -> suspensions.suspend(ROOT, oneself, "x"))
                    .isInstanceOf(InvalidRequest.class)
                    .hasMessageContaining("yourself");
        }
    }

    @Test
    void refusesUsersAndVosThatAreNotThere() {
        assertThatThrownBy(() -> suspensions.suspend(ROOT, target(SuspendedKind.USER, "demo", "nobody"), "x"))
                .hasMessageContaining("there is no user 'nobody' in the VO demo");
        assertThatThrownBy(() -> suspensions.suspend(ROOT, target(SuspendedKind.VO, "", "nowhere"), "x"))
                .hasMessageContaining("there is no VO 'nowhere'");
    }

    @Test
    void tellsOfWhatNothingIsKnown() {
        assertThat(suspensions.warning(target(SuspendedKind.USER, "demo", "alice")))
                .isEmpty();
        assertThat(suspensions.warning(target(SuspendedKind.SUBJECT, "demo", "a-1")))
                .isEmpty();
        assertThat(suspensions.warning(target(SuspendedKind.SUBJECT, "demo", "a-11")))
                .contains("Nothing is known here of the subject a-11 of the VO demo: is the name right?");
        assertThat(suspensions.warning(target(SuspendedKind.DN, "", "/CN=nobody")))
                .isPresent();
        assertThat(suspensions.warning(target(SuspendedKind.SITE, "", "LCG.CREN.ch")))
                .isPresent();
        assertThat(suspensions.warning(target(SuspendedKind.PILOT, "demo", "p9")))
                .isPresent();
    }

    @ParameterizedTest
    @EnumSource(value = SuspendedKind.class, names = "DN", mode = EnumSource.Mode.EXCLUDE)
    void anOrdinaryUserSuspendsNobody(SuspendedKind kind) {
        assertThatThrownBy(() -> suspensions.suspend(ALICE, target(kind, "demo", "bob"), "x"))
                .isInstanceOf(Forbidden.class);
    }

    @Test
    void isKeptInTheAuditLog() {
        Suspension made = suspend(SuspendedKind.USER, "other", "alice");
        suspensions.resume(ROOT, made.id());

        assertThat(installation.database.value("""
                        select string_agg(concat_ws(' ', act, vo, actor, target, detail), '; ' order by id)
                        from framework.audit""")).isEqualTo("""
                        suspension demo user:demo:b-2 user:alice incident; suspension other user:demo:b-2 user:alice incident; \
                        resumption demo user:demo:b-2 user:alice incident; resumption other user:demo:b-2 user:alice incident""");
    }

    private Suspension suspend(SuspendedKind kind, String vo, String name) {
        Suspension made = suspensions.suspend(ROOT, target(kind, vo, name), "incident");
        list.refresh();
        return made;
    }

    private static SuspensionTarget target(SuspendedKind kind, String vo, String name) {
        return new SuspensionTarget(kind, vo, name);
    }
}
