/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.login.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.diracee.framework.fixture.FakeProvider;
import org.diracee.framework.fixture.FrameworkDatabase;
import org.diracee.framework.fixture.Installation;
import org.diracee.framework.fixture.Together;
import org.diracee.framework.login.control.LoginCodes;
import org.diracee.framework.provider.boundary.ProviderFailed;
import org.diracee.framework.provider.boundary.ProviderRefused;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.VoName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderLoginIT {

    private static final String CLIENT = "myDIRACClientID";
    private static final String BROWSER = "browser-1";
    private static final String BACK = "https://portal.test/back?x=1";
    private static final String VERIFIER = "v".repeat(43);
    private static final String CONFIGURATION = """
            Systems
            {
              Framework
              {
                Services
                {
                  Token
                  {
                    RedirectURIs = https://portal.test/back?x=1
                  }
                }
              }
            }
            Registry
            {
              demo
              {
                DefaultGroup = demo_user
                IdP
                {
                  URL = %s
                  ClientID = dirac
                  AllowLoopbackHTTP = yes
                  Audience = https://dirac.test
                  %s
                }
                Support
                {
                  Message = Ask Vera.
                }
                Users
                {
                  a-1
                  {
                    PreferedUsername = alice
                  }
                  s-9
                  {
                    PreferedUsername = sam
                    Suspended = true
                  }
                }
                Groups
                {
                  demo_user
                  {
                    Properties = NormalUser
                    Users = a-1, s-9
                    IdPRole = /demo
                  }
                  demo_prod
                  {
                    Properties = NormalUser, ProductionManagement
                    IdPRole = /demo/prod
                  }
                }
              }
              other
              {
                DefaultGroup = other_user
                Groups
                {
                  other_user
                  {
                    Properties = NormalUser
                  }
                }
              }
              Users
              {
                carol
                {
                  ID = c-3
                }
              }
              VO
              {
                old
                {
                  IdProvider = fake
                  DefaultGroup = old_user
                }
              }
              Groups
              {
                old_user
                {
                  VO = old
                  Users = carol
                  Properties = NormalUser
                }
              }
            }
            Resources
            {
              IdProviders
              {
                fake
                {
                  issuer = %1$s
                  client_id = dirac
                  AllowLoopbackHTTP = yes
                  %2$s
                }
              }
            }
            """;

    private final Installation installation = new Installation(FrameworkDatabase.empty());
    private final FakeProvider server = new FakeProvider(installation.clock);
    private final ProviderLogin logins = installation.providerLogin;

    ProviderLoginIT() {
        configure("");
    }

    private void configure(String options) {
        installation.database.sql("truncate framework.configuration_revision cascade");
        installation.configure(1, CONFIGURATION.formatted(server.issuer(), options));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private StartedLogin device(String scope) {
        return installation.logins.start(CLIENT, scope);
    }

    private URI visit(StartedLogin login) {
        return visit(login, BROWSER);
    }

    private URI visit(StartedLogin login, String browser) {
        LoginState.Waiting waiting = (LoginState.Waiting) installation.logins.state(login.userCode());
        return logins.forDevice(waiting.login(), browser).orElseThrow();
    }

    private boolean approve(StartedLogin login) {
        return logins.deviceApproved(server.logIn(visit(login)), BROWSER);
    }

    private Caller.User caller(StartedLogin login) {
        return (Caller.User) installation.verification.verify(installation
                .logins
                .exchange(CLIENT, login.deviceCode())
                .access()
                .text());
    }

    private String now(String path) {
        return installation.configuration.current().option(path).orElse("nothing");
    }

    @Nested
    class ADevice {

        @Test
        void isApprovedByLoggingInAtTheProvider() {
            StartedLogin login = device("vo:demo");
            URI address = visit(login);

            Map<String, String> asked = FakeProvider.parameters(address.getRawQuery());
            assertThat(asked)
                    .containsEntry("tenant", "1")
                    .containsEntry("response_type", "code")
                    .containsEntry("client_id", "dirac")
                    .containsEntry("scope", "openid profile")
                    .containsEntry("code_challenge_method", "S256")
                    .containsEntry("redirect_uri", "https://dirac.test/api/auth/device/complete");
            assertThat(logins.deviceApproved(server.logIn(address), BROWSER)).isTrue();
            assertThat(caller(login).username().text()).isEqualTo("alice");
        }

        @Test
        void ofAVoWithoutProviderIsApprovedWithUs() {
            LoginState.Waiting waiting = (LoginState.Waiting)
                    installation.logins.state(device("vo:other").userCode());
            assertThat(logins.forDevice(waiting.login(), BROWSER)).isEmpty();
        }

        @Test
        void leavesNoSecretInTheDatabase() {
            Map<String, String> asked =
                    FakeProvider.parameters(visit(device("vo:demo")).getRawQuery());
            assertThat(installation.database.value("select provider_visit::text from framework.provider_visit"))
                    .doesNotContain(asked.get("state"), asked.get("nonce"), BROWSER);
        }

        @Test
        void isApprovedOnceWithOneState() throws Exception {
            StartedLogin login = device("vo:demo");
            ProviderReturn answer = server.logIn(visit(login));
            Callable<Boolean> approve = () -> logins.deviceApproved(answer, BROWSER);

            List<Object> outcomes = Together.run(List.of(approve, approve, approve, approve));

            assertThat(outcomes).filteredOn(Boolean.TRUE::equals).hasSize(1);
            assertThatThrownBy(() -> logins.deviceApproved(answer, BROWSER))
                    .isInstanceOf(InvalidLoginState.class)
                    .hasMessageStartingWith("Invalid state");
        }

        @Test
        void isNotApprovedByAnotherBrowserNorTooLate() {
            StartedLogin login = device("vo:demo");
            ProviderReturn answer = server.logIn(visit(login));
            assertThatThrownBy(() -> logins.deviceApproved(answer, "browser-2")).isInstanceOf(InvalidLoginState.class);
            assertThat(logins.deviceApproved(answer, BROWSER))
                    .as("the other browser spoils nothing")
                    .isTrue();

            ProviderReturn late = server.logIn(visit(device("vo:demo")));
            installation.clock.advance(Duration.ofMinutes(10));
            assertThatThrownBy(() -> logins.deviceApproved(late, BROWSER)).isInstanceOf(InvalidLoginState.class);
        }

        @Test
        void isRefusedIfThePersonGivesUp() {
            StartedLogin login = device("vo:demo");
            String state = FakeProvider.parameters(visit(login).getRawQuery()).get("state");
            ProviderReturn gaveUp = new ProviderReturn(
                    Optional.of(state), Optional.empty(), Optional.of("access_denied"), Optional.empty());

            assertThat(logins.deviceApproved(gaveUp, BROWSER)).isFalse();
            assertThatThrownBy(() -> installation.logins.exchange(CLIENT, login.deviceCode()))
                    .isInstanceOf(InvalidGrant.class)
                    .hasMessageContaining("refused");
        }

        @Test
        void waitsOnAfterAFailure() {
            StartedLogin login = device("vo:demo");
            server.tokenStatus = 400;
            assertThatThrownBy(() -> approve(login)).isInstanceOf(ProviderRefused.class);
            server.tokenStatus = 503;
            assertThatThrownBy(() -> approve(login)).isInstanceOf(ProviderFailed.class);
            server.tokenStatus = 200;
            server.person.put("nonce", "another");
            assertThatThrownBy(() -> approve(login)).isInstanceOf(ProviderRefused.class);
            server.person.remove("nonce");

            assertThat(approve(login)).isTrue();
        }

        @Test
        void isNotApprovedByAnAnswerOfAnotherProvider() {
            ProviderReturn answer = server.logIn(visit(device("vo:demo")));
            ProviderReturn mixedUp =
                    new ProviderReturn(answer.state(), answer.code(), answer.error(), Optional.of("https://evil.test"));
            assertThatThrownBy(() -> logins.deviceApproved(mixedUp, BROWSER)).isInstanceOf(ProviderRefused.class);
        }

        @Test
        void isApprovedOnlyForAGroupOfThePerson() {
            assertThatThrownBy(() -> approve(device("vo:demo group:demo_prod")))
                    .isInstanceOf(Forbidden.class)
                    .hasMessage("alice is not a member of the group demo_prod of the VO demo. Ask Vera.");
            StartedLogin tooMuch = device("vo:demo property:ProxyManagement");
            assertThatThrownBy(() -> approve(tooMuch))
                    .isInstanceOf(Forbidden.class)
                    .hasMessageContaining("gives the property ProxyManagement");
            assertThatThrownBy(() -> installation.logins.exchange(CLIENT, tooMuch.deviceCode()))
                    .hasMessageStartingWith("The log-in was refused: the person may not have what was asked for");
            server.person.put("sub", "s-9");
            assertThatThrownBy(() -> approve(device("vo:demo")))
                    .isInstanceOf(Forbidden.class)
                    .hasMessageContaining("suspended");
        }

        @Test
        void meetsAProviderThatIsDown() {
            server.isBroken = true;
            StartedLogin login = device("vo:demo");
            assertThatThrownBy(() -> visit(login))
                    .isInstanceOfSatisfying(DiracException.class, failure -> assertThat(failure.code())
                            .isEqualTo(ErrorCode.UPSTREAM_ERROR));
        }

        @Test
        void isApprovedWithOurSecretIfTheProviderWantsIt() {
            configure("ClientSecret = credential:idp");
            assertThatThrownBy(() -> approve(device("vo:demo"))).hasMessageContaining("our secret");
            installation.secrets.put("idp", "a:b&c");
            server.wantedCredentials = Optional.of("Basic ZGlyYWM6YSUzQWIlMjZj"); // dirac:a%3Ab%26c
            assertThat(approve(device("vo:demo"))).isTrue();
        }
    }

    @Nested
    class AStranger {

        @Test
        void isRefusedUnlessTheVoSaysOtherwise() {
            Object member = server.person.put("sub", "n-1");
            StartedLogin login = device("vo:demo");
            assertThatThrownBy(() -> approve(login))
                    .isInstanceOf(Forbidden.class)
                    .hasMessage("You are logged in at the identity provider, but not registered in the VO demo; your id"
                            + " there is n-1. Ask Vera.");
            server.person.put("sub", member);
            assertThat(approve(login)).as("with the right account afterwards").isTrue();
            assertThat(installation.configuration.current().revision()).isEqualTo(1);
        }

        @Test
        void isRegisteredInTheDefaultGroup() {
            configure("Registration = default-group");
            server.person.putAll(Map.of(
                    "sub",
                    "n-1",
                    "preferred_username",
                    "Nora Noether!",
                    "email",
                    "nora@demo.test",
                    "email_verified",
                    true));
            StartedLogin login = device("vo:demo");

            assertThat(approve(login)).isTrue();

            assertThat(caller(login).username().text()).isEqualTo("Nora_Noether_");
            assertThat(now("Registry/demo/Groups/demo_user/Users")).isEqualTo("a-1, s-9, n-1");
            assertThat(now("Registry/demo/Users/n-1/Email")).isEqualTo("nora@demo.test");
            assertThat(installation.database.value(
                            "select author || ' ' || subject from framework.configuration_revision where revision = 2"))
                    .isEqualTo("system system:ProviderLogin");
            assertThat(installation.database.value(
                            "select message from framework.configuration_revision where revision = 2"))
                    .contains(server.issuer(), "Nora_Noether_", "n-1");
            assertThat(approve(device("vo:demo"))).isTrue();
            assertThat(installation.configuration.current().revision()).isEqualTo(2);
        }

        @Test
        void isRegisteredInTheGroupsThatTheProviderNames() {
            configure("Registration = group-claim");
            server.person.put("sub", "n-1");
            assertThatThrownBy(() -> approve(device("vo:demo"))).isInstanceOf(Forbidden.class);
            server.groups("/demo/prod", "/elsewhere");
            assertThatThrownBy(() -> approve(device("vo:demo")))
                    .as("the default group is not among them")
                    .hasMessageContaining("not a member of the group demo_user");
            assertThat(approve(device("vo:demo group:demo_prod"))).isTrue();
            assertThat(now("Registry/demo/Groups/demo_user/Users")).isEqualTo("a-1, s-9");
        }

        @Test
        void joinsAndLeavesGroupsAtLaterLogInsAsTheProviderSays() {
            configure("Registration = group-claim");
            server.person.put("sub", "n-1");
            server.groups("/demo");
            assertThat(approve(device("vo:demo"))).isTrue();

            server.groups("/demo", "/demo/prod");
            assertThat(approve(device("vo:demo group:demo_prod"))).isTrue();
            long revision = installation.configuration.current().revision();
            assertThat(approve(device("vo:demo group:demo_prod"))).isTrue();
            assertThat(installation.configuration.current().revision())
                    .as("nothing has changed")
                    .isEqualTo(revision);
            assertThat(now("Registry/demo/Groups/demo_user/Users")).isEqualTo("a-1, s-9, n-1");

            server.groups("/demo/prod");
            assertThatThrownBy(() -> approve(device("vo:demo"))).isInstanceOf(Forbidden.class);
            assertThat(now("Registry/demo/Groups/demo_user/Users")).isEqualTo("a-1, s-9");
            assertThat(installation.database.value(
                            "select message from framework.configuration_revision where revision = "
                                    + installation.configuration.current().revision()))
                    .contains("leaves demo_user", server.issuer());
            server.person.remove("groups");
            assertThatThrownBy(() -> approve(device("vo:demo group:demo_prod"))).isInstanceOf(Forbidden.class);
        }

        @Test
        void keepsTheGroupsOfTheRegistryWhereTheProviderDoesNotDecide() {
            configure("Registration = default-group");
            server.groups("/demo/prod");

            assertThat(approve(device("vo:demo"))).isTrue();
            assertThat(installation.configuration.current().revision()).isEqualTo(1);
        }

        @Test
        void isNotRegisteredInADefaultGroupWithRightsBeyondTheVo() {
            installation.database.sql("truncate framework.configuration_revision cascade");
            installation.configure(
                    1,
                    CONFIGURATION
                            .formatted(server.issuer(), "Registration = default-group")
                            .replaceFirst("Properties = NormalUser", "Properties = NormalUser, CSAdministrator"));
            server.person.put("sub", "n-1");
            assertThatThrownBy(() -> approve(device("vo:demo")))
                    .isInstanceOf(Forbidden.class)
                    .hasMessageContaining("not registered");
            assertThat(installation.configuration.current().revision()).isEqualTo(1);
        }

        @ParameterizedTest
        @CsvSource({"alice, alice_2", "ALICE, ALICE_2", "sam, sam_2", "a-1, a-1_2", "carol, carol_2", "'!', user"})
        void neverGetsTheNameOfAnother(String wish, String name) {
            configure("Registration = default-group");
            server.person.putAll(Map.of("sub", "n-1", "preferred_username", wish));
            approve(device("vo:demo"));
            assertThat(now("Registry/demo/Users/n-1/PreferedUsername")).isEqualTo(name);
        }

        @ParameterizedTest
        @CsvSource({"n/../../Groups", "'n,a-1'", "n#1", "'n 1'", "n={}"})
        void withAnIdThatTheRegistryCannotHoldIsRefused(String subject) {
            configure("Registration = default-group");
            server.person.put("sub", subject);
            assertThatThrownBy(() -> approve(device("vo:demo")))
                    .isInstanceOf(Forbidden.class)
                    .hasMessageContaining("cannot be registered");
            assertThat(installation.configuration.current().revision()).isEqualTo(1);
        }

        @Test
        void isRegisteredInTheClassicLayoutToo() {
            configure("Registration = default-group");
            server.person.putAll(Map.of("sub", "https://cilogon.test/users/1", "preferred_username", "carol"));
            StartedLogin login = device("vo:old");

            assertThat(approve(login)).isTrue();

            assertThat(caller(login).subject()).isEqualTo("https://cilogon.test/users/1");
            assertThat(now("Registry/Users/carol_2/ID")).isEqualTo("https://cilogon.test/users/1");
            assertThat(now("Registry/Groups/old_user/Users")).isEqualTo("carol, carol_2");
        }

        @Test
        void isRegisteredBesideOthersAtTheSameTime() throws Exception {
            configure("Registration = default-group");
            List<Callable<Boolean>> everybody = new ArrayList<>();
            for (String subject : List.of("n-1", "n-2", "n-3", "n-4", "n-4")) {
                server.person.putAll(Map.of("sub", subject, "preferred_username", "nora"));
                ProviderReturn answer = server.logIn(visit(device("vo:demo")));
                everybody.add(() -> logins.deviceApproved(answer, BROWSER));
            }

            assertThat(Together.run(everybody)).containsOnly(true);

            assertThat(installation.configuration.current().list("Registry/demo/Groups/demo_user/Users"))
                    .containsExactlyInAnyOrder("a-1", "s-9", "n-1", "n-2", "n-3", "n-4");
            assertThat(List.of("n-1", "n-2", "n-3", "n-4"))
                    .extracting(subject -> now("Registry/demo/Users/" + subject + "/PreferedUsername"))
                    .containsExactlyInAnyOrder("nora", "nora_2", "nora_3", "nora_4");
        }
    }

    @Nested
    class AProgramInABrowser {

        private AuthorizationRequest request() {
            return new AuthorizationRequest(CLIENT, BACK, "vo:demo", LoginCodes.challenge(VERIFIER), "s&t=1");
        }

        private URI address(AuthorizationRequest request) {
            return ((NextStep.AtProvider) logins.forProgram(request, BROWSER)).address();
        }

        private String code() {
            String back = logins.backToProgram(server.logIn(address(request())), BROWSER);
            assertThat(back).startsWith(BACK + "&code=");
            Map<String, String> given = FakeProvider.parameters(URI.create(back).getRawQuery());
            assertThat(given).containsEntry("state", "s&t=1").containsEntry("x", "1");
            return given.get("code");
        }

        @Test
        void getsTokensForItsCodeOnce() {
            String code = code();

            Caller.User user = (Caller.User) installation.verification.verify(installation
                    .codes
                    .exchange(CLIENT, code, BACK, VERIFIER)
                    .access()
                    .text());

            assertThat(user.username().text()).isEqualTo("alice");
            assertThat(user.vo()).isEqualTo(new VoName("demo"));
            assertThatThrownBy(() -> installation.codes.exchange(CLIENT, code, BACK, VERIFIER))
                    .isInstanceOf(InvalidGrant.class)
                    .hasMessage("Code was already used");
        }

        @Test
        void getsNothingUnlessAllIsAsItWasBegun() {
            String code = code();
            assertThatThrownBy(() -> installation.codes.exchange("other", code, BACK, VERIFIER))
                    .hasMessage("Bad client_id");
            assertThatThrownBy(() -> installation.codes.exchange(CLIENT, code, BACK + "2", VERIFIER))
                    .hasMessage("Invalid redirect_uri");
            assertThatThrownBy(() -> installation.codes.exchange(CLIENT, code, BACK, "w".repeat(43)))
                    .hasMessage("Invalid code_challenge");
            assertThatThrownBy(() -> installation.codes.exchange(CLIENT, "x" + code, BACK, VERIFIER))
                    .hasMessageContaining("not known");
            installation.clock.advance(Duration.ofMinutes(2));
            assertThatThrownBy(() -> installation.codes.exchange(CLIENT, code, BACK, VERIFIER))
                    .hasMessageContaining("expired");
        }

        @ParameterizedTest
        @CsvSource({
            "https://portal.test/back",
            "https://portal.test/back?x=1&y=2",
            "https://portal.test/back?x=1/",
            "https://PORTAL.test/back?x=1",
            "https://evil.test/",
            "''"
        })
        void comesFromNowhereElse(String redirect) {
            AuthorizationRequest request =
                    new AuthorizationRequest(CLIENT, redirect, "vo:demo", LoginCodes.challenge(VERIFIER), "s");
            assertThatThrownBy(() -> logins.forProgram(request, BROWSER))
                    .isInstanceOf(InvalidRequest.class)
                    .hasMessageStartingWith("Invalid redirect_uri");
        }

        @Test
        void isToldWhenThePersonGaveUp() {
            String state =
                    FakeProvider.parameters(address(request()).getRawQuery()).get("state");
            assertThat(logins.backToProgram(
                            new ProviderReturn(
                                    Optional.of(state),
                                    Optional.empty(),
                                    Optional.of("access_denied"),
                                    Optional.empty()),
                            BROWSER))
                    .isEqualTo(BACK + "&error=access_denied&state=s%26t%3D1");
        }

        @Test
        void cannotUseTheVisitOfADevice() {
            ProviderReturn answer = server.logIn(visit(device("vo:demo")));
            assertThatThrownBy(() -> logins.backToProgram(answer, BROWSER)).isInstanceOf(InvalidLoginState.class);
        }

        @Test
        void ofAVoWithoutProviderAsksForAPasswordHere() {
            AuthorizationRequest request =
                    new AuthorizationRequest(CLIENT, BACK, "vo:other", LoginCodes.challenge(VERIFIER), "s");
            ProgramLogin login = ((NextStep.WithUs) logins.forProgram(request, BROWSER)).login();

            assertThat(login.returnTo()).isEqualTo(URI.create(BACK));
            assertThat(login.asked().vo()).isEqualTo(new VoName("other"));
            assertThat(login.asked().properties()).containsExactly("NormalUser");
        }

        @Test
        void ofAVoWhoseProviderIsNotDescribedIsToldSo() {
            installation.configure(
                    2, CONFIGURATION.formatted(server.issuer(), "").replace("IdProvider = fake", "IdProvider = gone"));
            AuthorizationRequest request =
                    new AuthorizationRequest(CLIENT, BACK, "vo:old", LoginCodes.challenge(VERIFIER), "s");

            assertThatThrownBy(() -> logins.forProgram(request, BROWSER))
                    .isInstanceOf(ProviderFailed.class)
                    .hasMessageContaining("cannot be used");
        }
    }

    @Nested
    class AnAccessTokenOfTheProvider {

        private Optional<Caller> caller() {
            return installation.providerAccess.caller(server.signed(server.accessClaims()));
        }

        @Test
        void speaksForTheRegisteredUserWithTheRightsOfTheRegistry() {
            assertThat(caller()).hasValueSatisfying(caller -> {
                Caller.User user = (Caller.User) caller;
                assertThat(user.username().text()).isEqualTo("alice");
                assertThat(user.group().text()).isEqualTo("demo_user");
                assertThat(user.properties()).hasSize(1);
            });
        }

        @Test
        void ofStrangersAndSuspendedPeopleCountsNothing() {
            for (String subject : List.of("n-1", "s-9", "c-3")) {
                server.person.put("sub", subject);
                assertThatThrownBy(this::caller).hasMessageContaining("not registered");
            }
        }

        @Test
        void choosesOnlyAmongTheGroupsThatTheRegistryGives() {
            server.person.put("scope", "openid group:demo_prod");
            assertThatThrownBy(this::caller).hasMessageContaining("not a member");
            server.person.put("scope", "openid vo:other");
            assertThatThrownBy(this::caller).hasMessageContaining("another VO");
            server.person.put("scope", "openid vo:demo group:demo_user");
            assertThat(caller()).isPresent();
            server.person.remove("scope");
            server.groups("/demo/prod", "/demo");
            assertThat(caller())
                    .map(user -> ((Caller.User) user).group().text())
                    .contains("demo_user");
        }

        @Test
        void ofAProviderThatVosShareSpeaksInTheVoThatItsHolderIsIn() {
            installation.database.sql("truncate framework.configuration_revision cascade");
            installation.configure(
                    1,
                    CONFIGURATION
                            .formatted(server.issuer(), "")
                            .replace("client_id = dirac", "client_id = dirac\n      Audience = https://dirac.test")
                            .replace("ID = c-3", "ID = a-2"));

            assertThat(caller()).map(user -> ((Caller.User) user).vo().text()).contains("demo");
            server.person.put("sub", "a-2");
            assertThat(caller()).map(user -> ((Caller.User) user).vo().text()).contains("old");
            server.person.put("scope", "vo:demo");
            assertThatThrownBy(this::caller).hasMessageContaining("not registered");
        }

        @Test
        void ofNobodyWeKnowIsLeftToOthers() {
            assertThat(installation.providerAccess.caller("no token")).isEmpty();
            var claims = server.accessClaims();
            claims.setIssuer("https://elsewhere.test");
            assertThat(installation.providerAccess.caller(server.signed(claims)))
                    .isEmpty();
        }
    }
}
