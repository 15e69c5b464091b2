/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.login.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.diracee.framework.account.control.Passwords;
import org.diracee.framework.fixture.Installation;
import org.diracee.framework.fixture.Together;
import org.diracee.framework.suspension.boundary.SuspendedKind;
import org.diracee.framework.suspension.boundary.SuspensionTarget;
import org.diracee.framework.token.boundary.TokenPair;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DeviceLoginIT {

    private static final String CLIENT = "myDIRACClientID";
    private static final VoName DEMO = new VoName("demo");
    private static final String HASH = Passwords.hash("right");

    private final Installation installation = Installation.configured();
    private final DeviceLogin logins = installation.logins;

    private StartedLogin start() {
        return logins.start(CLIENT, "vo:demo group:demo_user");
    }

    @Nested
    class Start {

        @Test
        void givesACodeWithoutVowelsAndKeepsNoSecret() {
            StartedLogin login = start();

            assertThat(login.userCode()).matches("[BCDFGHJKLMNPQRSTVWXZ]{8}");
            assertThat(login.deviceCode()).matches("[A-Za-z0-9_-]{64}");
            assertThat(login.expiresIn()).isEqualTo(Duration.ofMinutes(10));
            assertThat(installation.database.value("select row_to_json(f) from framework.device_flow f"))
                    .doesNotContain(login.deviceCode());
        }

        @Test
        void refusesClientsAndScopesThatAreNotKnown() {
            assertThatThrownBy(() -> logins.start("other", "vo:demo")).hasMessage("Bad client_id");
            assertThatThrownBy(() -> logins.start(CLIENT, "vo:nowhere"))
                    .isInstanceOfSatisfying(InvalidRequest.class, refused -> assertThat(refused.code())
                            .isEqualTo(ErrorCode.INVALID_SCOPE));
        }
    }

    @Nested
    class Exchange {

        @Test
        void waitsForAPersonAndThenGivesTokensOnce() {
            StartedLogin login = start();
            assertThatThrownBy(() -> logins.exchange(CLIENT, login.deviceCode()))
                    .isInstanceOf(LoginNotFinished.class);
            logins.decide(login.userCode(), "a-1", true);

            assertThat(logins.exchange(CLIENT, login.deviceCode())).isNotNull();

            assertThatThrownBy(() -> logins.exchange(CLIENT, login.deviceCode()))
                    .hasMessage("Code was already used");
        }

        @Test
        void givesTokensOnceToParallelRequests() throws InterruptedException {
            StartedLogin login = start();
            logins.decide(login.userCode(), "a-1", true);
            Callable<TokenPair> exchange = () -> logins.exchange(CLIENT, login.deviceCode());

            List<Object> outcomes = Together.run(Collections.nCopies(5, exchange));

            assertThat(outcomes).filteredOn(TokenPair.class::isInstance).hasSize(1);
            assertThat(outcomes).filteredOn(InvalidGrant.class::isInstance).hasSize(4);
        }

        @Test
        void refusesWhatCannotBeExchanged() {
            StartedLogin refused = start();
            logins.decide(refused.userCode(), "a-1", false);
            assertThatThrownBy(() -> logins.exchange(CLIENT, refused.deviceCode()))
                    .hasMessage("The log-in was refused");
            assertThatThrownBy(() -> logins.exchange(CLIENT, "unknown")).hasMessage("The device code is not known");
            assertThatThrownBy(() -> logins.exchange("other", refused.deviceCode()))
                    .hasMessage("Bad client_id");
        }

        @Test
        void refusesACodeThatExpiredEvenIfApproved() {
            StartedLogin login = start();
            logins.decide(login.userCode(), "a-1", true);
            installation.clock.advance(Duration.ofMinutes(10));

            assertThatThrownBy(() -> logins.exchange(CLIENT, login.deviceCode()))
                    .hasMessage("Device code expired");
        }

        @Test
        void aUsedCodeStaysUsedAfterItsTime() {
            StartedLogin login = start();
            logins.decide(login.userCode(), "a-1", true);
            logins.exchange(CLIENT, login.deviceCode());
            installation.clock.advance(Duration.ofMinutes(11));

            assertThatThrownBy(() -> logins.exchange(CLIENT, login.deviceCode()))
                    .hasMessage("Code was already used");
        }

        @Test
        void givesNobodyRightsThatThePersonLacks() {
            StartedLogin login = logins.start(CLIENT, "vo:demo property:JobAdministrator");
            logins.decide(login.userCode(), "a-1", true);

            assertThatThrownBy(() -> logins.exchange(CLIENT, login.deviceCode()))
                    .isInstanceOf(Forbidden.class);
        }
    }

    @Nested
    class State {

        @Test
        void showsWhatIsAskedForHoweverTheCodeIsTyped() {
            StartedLogin login = start();
            String typed = login.userCode().toLowerCase(java.util.Locale.ROOT).substring(0, 4) + "-"
                    + login.userCode().substring(4);

            assertThat(logins.state(typed))
                    .isEqualTo(new LoginState.Waiting(new PendingLogin(
                            login.userCode(),
                            CLIENT,
                            DEMO,
                            new org.diracee.kernel.value.GroupName("demo_user"),
                            List.of("NormalUser"))));
        }

        @Test
        void knowsWhatDoesNotWait() {
            StartedLogin decided = start();
            logins.decide(decided.userCode(), "a-1", true);
            StartedLogin late = start();
            installation.clock.advance(Duration.ofMinutes(10));

            assertThat(logins.state(decided.userCode())).isEqualTo(new LoginState.Decided());
            assertThat(logins.state(late.userCode())).isEqualTo(new LoginState.Expired());
            assertThat(logins.state("BCDFGHJK")).isEqualTo(new LoginState.Unknown());
        }

        @Test
        void isDecidedOnce() throws InterruptedException {
            StartedLogin login = start();
            Callable<LoginState> approve = () -> logins.decide(login.userCode(), "a-1", true);
            Callable<LoginState> refuse = () -> logins.decide(login.userCode(), "b-2", false);

            List<Object> outcomes = Together.run(List.of(approve, refuse, approve, refuse));

            assertThat(outcomes)
                    .filteredOn(LoginState.Waiting.class::isInstance)
                    .hasSize(1);
        }
    }

    @Nested
    class Approval {

        private StartedLogin login;

        @BeforeEach
        void begin() {
            login = start();
            for (String name : List.of("alice", "bob", "sam", "stranger")) {
                installation.accountRecords.add(DEMO, new UserName(name), HASH);
            }
        }

        private Decision decide(String name, String password) {
            return installation.approval.decide(login.userCode(), name, password, true);
        }

        @Test
        void takesTheRightPassword() {
            assertThat(decide("alice", "right")).isEqualTo(new Decision.Approved());
            assertThat(decide("alice", "right")).isEqualTo(new Decision.NotWaiting(new LoginState.Decided()));
            assertThat(logins.exchange(CLIENT, login.deviceCode())).isNotNull();
        }

        @Test
        void takesARefusal() {
            assertThat(installation.approval.decide(login.userCode(), "alice", "right", false))
                    .isEqualTo(new Decision.Refused());
        }

        @Test
        void doesNotTellWhetherNameOrPasswordIsWrong() {
            Decision wrong = decide("alice", "wrong");

            assertThat(wrong).isInstanceOf(Decision.WrongPassword.class);
            assertThat(decide("nobody", "right")).isEqualTo(wrong);
            assertThat(decide("no name!", "right")).isEqualTo(wrong);
        }

        @Test
        void refusesEvenTheRightPasswordAfterFiveWrongOnes() {
            for (int i = 0; i < 5; i++) {
                assertThat(decide("alice", "wrong")).isInstanceOf(Decision.WrongPassword.class);
            }

            assertThat(decide("alice", "right")).isInstanceOf(Decision.TooManyAttempts.class);
            login = start();
            assertThat(decide("alice", "right")).isEqualTo(new Decision.Approved());
        }

        @Test
        void refusesGuessingSpreadOverManyLogIns() {
            installation.database.sql(
                    "insert into framework.sign_in_failure select 'demo', encode(sha256('alice'), 'hex'), 'X' || n, 3, '"
                            + installation.clock.instant() + "' from generate_series(1, 10) n");
            assertThat(decide("alice", "right")).isInstanceOf(Decision.TooManyAttempts.class);

            installation.clock.advance(Duration.ofMinutes(16));
            login = start();
            assertThat(decide("alice", "right")).isEqualTo(new Decision.Approved());
        }

        @Test
        void refusesWhoIsSuspended() {
            Caller.User root = new Caller.User(
                    "b-2",
                    new UserName("bob"),
                    new GroupName("demo_admin"),
                    DEMO,
                    Set.of(Property.SERVICE_ADMINISTRATOR));
            installation.suspensions.suspend(
                    root, new SuspensionTarget(SuspendedKind.USER, "demo", "alice"), "incident");
            installation.suspensionList.refresh();

            assertThat(decide("alice", "right"))
                    .isInstanceOfSatisfying(Decision.NotAllowed.class, refused -> assertThat(refused.reason())
                            .startsWith("The user alice of the VO demo is suspended."));
            assertProgramIsToldNoMoreThanThat();
        }

        private void assertProgramIsToldNoMoreThanThat() {
            assertThatThrownBy(() -> logins.exchange(CLIENT, login.deviceCode()))
                    .isInstanceOfSatisfying(InvalidGrant.class, refusal -> {
                        assertThat(refusal.code()).isEqualTo(ErrorCode.ACCESS_DENIED);
                        assertThat(refusal.detail())
                                .startsWith("The log-in was refused: the person may not have what was asked for");
                    });
        }

        @Test
        void refusesRightsThatNoGroupOfThePersonGives() {
            login = logins.start(CLIENT, "vo:demo group:demo_user property:ProxyManagement");

            assertThat(decide("alice", "right"))
                    .isInstanceOfSatisfying(Decision.NotAllowed.class, refused -> assertThat(refused.reason())
                            .isEqualTo("None of your groups in the VO demo gives the property ProxyManagement"));
            assertProgramIsToldNoMoreThanThat();
        }

        @Test
        void refusesThoseOutsideTheGroup() {
            login = logins.start(CLIENT, "vo:demo group:demo_admin");

            assertThat(decide("alice", "right"))
                    .isInstanceOfSatisfying(Decision.NotAllowed.class, refused -> assertThat(refused.reason())
                            .isEqualTo("alice is not a member of the group demo_admin."));
            assertThat(decide("sam", "right")).isInstanceOf(Decision.NotAllowed.class);
            assertThat(decide("stranger", "right")).isInstanceOf(Decision.NotAllowed.class);
        }
    }
}
