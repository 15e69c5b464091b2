/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.configuration.boundary.Deployment;
import org.diracee.framework.credential.boundary.ServerCredentials;
import org.diracee.framework.exchange.boundary.ScopedTokens;
import org.diracee.framework.exchange.boundary.ServiceToken;
import org.diracee.framework.outbound.boundary.OutboundTls;
import org.diracee.framework.proxy.boundary.ProxyDelivery;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.proxy.ProxyChain;
import org.diracee.kernel.proxy.ProxyKey;
import org.diracee.kernel.proxy.TestAuthority;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.SiteName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.fixture.MovableClock;
import org.diracee.wms.pilot.boundary.PilotSlot;
import org.diracee.wms.sitedirector.control.CeQueue;
import org.diracee.wms.sitedirector.control.ComputingElementFailure;
import org.diracee.wms.sitedirector.control.PilotLaunch;
import org.diracee.wms.sitedirector.control.PilotProcess;
import org.diracee.wms.sitedirector.control.SubmissionOutcome;
import org.diracee.wms.sitedirector.control.SubmittedPilot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said to A-REX and made of its answers; pilots at a real one are tried by ArcComputingElementIT. */
class ArcComputingElementTest {

    private static final VoName VO = new VoName("demo");
    private static final PilotLaunch ONE = pilot("0123456789abcdef");
    private static final PilotLaunch OTHER = pilot("fedcba9876543210");

    @TempDir
    private Path temporary;

    private final Map<String, String> options = new HashMap<>();
    private final Deployment deployment = new Deployment() {
        @Override
        public Optional<Path> caFile() {
            return Optional.empty();
        }

        @Override
        public Optional<Path> certificateAuthorities() {
            return Optional.empty();
        }

        @Override
        public Optional<Path> credentials() {
            return Optional.of(temporary);
        }
    };
    private final ConfigurationService configuration = new ConfigurationService() {
        @Override
        public Configuration current() {
            return new Configuration(1, Map.of());
        }
    };
    private final ScopedTokens tokens = new MintedTokens();
    private final MovableClock clock = new MovableClock();
    private String tags = "Token";
    private SmallArex arex;
    private ArcComputingElement element;

    private static final class MintedTokens extends ScopedTokens {
        @Override
        public ServiceToken forPilots(Caller caller, VoName vo, String audience) {
            return new ServiceToken(
                    "minted.for." + vo, Instant.now(Clock.systemUTC()).plusSeconds(3600), audience, "compute.create");
        }
    }

    private static PilotLaunch pilot(String stamp) {
        return new PilotLaunch(new PilotStamp(stamp), VO, "secret of " + stamp);
    }

    @BeforeEach
    void describe() throws IOException, GeneralSecurityException {
        arex = SmallArex.start(temporary.resolve("arex.pem"));
        arex.token = "minted.for.demo";
        Files.createDirectories(temporary.resolve("image/bin"));
        Path program = Files.writeString(temporary.resolve("image/bin/dirac-pilot"), "#!/bin/sh\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        options.putAll(Map.of(
                "PilotImage", temporary.resolve("image").toString(),
                "ServerURL", "https://server.example:8443",
                "CAFile", temporary.resolve("arex.pem").toString(),
                "Port", Integer.toString(arex.port())));
        PilotSettings settings = new PilotSettings(deployment);
        CeHttp http = new CeHttp(settings, new OutboundTls(deployment), clock);
        PackedImages images = new PackedImages(settings, new MemoryShelf(), clock, temporary.resolve("packed"));
        element = new ArcComputingElement(
                new ArcSettings(),
                new PilotBootstrap(settings, images),
                new CeCredentials(
                        new CeCredentialSettings(deployment, new ServerCredentials(deployment), configuration),
                        tokens,
                        new NoProxies(),
                        http,
                        clock),
                http,
                new ArcDelegations(clock),
                clock);
    }

    private static final class NoProxies extends ProxyDelivery {}

    @AfterEach
    void stop() {
        arex.close();
    }

    @Test
    void bringsEachPilotItsScriptAndItsSecret() {
        List<SubmissionOutcome> outcomes = element.submit(queue(), List.of(ONE, OTHER));

        assertThat(outcomes).allMatch(outcome -> outcome instanceof SubmissionOutcome.Accepted);
        List<String> ids = List.copyOf(arex.states.keySet());
        assertThat(((SubmissionOutcome.Accepted) outcomes.get(1)).reference())
                .isEqualTo("https://localhost:" + arex.port() + "/arex/" + ids.get(1) + "#demo");
        assertThat(arex.descriptions).singleElement().asString().satisfies(text -> assertThat(text)
                .startsWith("+(&(executable=\"dirac-pilot.sh\")(jobname=\"dirac-0123456789abcdef\")")
                .contains("(queue=\"fork\")(walltime=\"60 minutes\")(cputime=\"120 minutes\")(count=\"2\")")
                .doesNotContain("secret of"));
        assertThat(arex.files.get(ids.get(1) + "/dirac-pilot-secret")).isEqualTo("secret of fedcba9876543210");
        assertThat(arex.files.get(ids.get(1) + "/dirac-pilot.sh"))
                .contains("'--stamp' 'fedcba9876543210'")
                .contains("https://server.example:8443/api/pilots/image/")
                .doesNotContain("secret of");
    }

    @Test
    void tellsWhetherItLetsUsIn() {
        element.contact(queue(), VO);
        assertThat(arex.requests).last().asString().endsWith("/jobs");
        arex.token = "another";
        assertThatThrownBy(() -> element.contact(queue(), VO)).isInstanceOf(ComputingElementFailure.class);
    }

    @Test
    void saysWhyAJobWasNotTaken() {
        options.put("Queue", "nordugrid-slurm-nonesuch");
        assertThat(element.submit(queue(), List.of(ONE)))
                .containsExactly(new SubmissionOutcome.Refused(
                        ONE.stamp(), "Requested queue nonesuch is not allowed for this user (500)"));
    }

    @Test
    void takesBackAJobWhoseFilesWereNotTaken() {
        arex.takesFiles = false;
        assertThat(element.submit(queue(), List.of(ONE)))
                .containsExactly(
                        new SubmissionOutcome.Refused(ONE.stamp(), "its files were not taken: A-REX answered 500"));
        assertThat(arex.requests).contains("POST /arex/rest/1.0/jobs?action=kill");
    }

    @Test
    void findsAPilotWhoseAnswerWasLost() {
        arex.breaksOff = true;
        assertThat(element.submit(queue(), List.of(ONE)))
                .singleElement()
                .isInstanceOf(SubmissionOutcome.Undecided.class);
        arex.breaksOff = false;
        String id = arex.states.keySet().iterator().next();
        assertThat(element.find(queue(), ONE.stamp(), VO))
                .contains("https://localhost:" + arex.port() + "/arex/" + id + "#demo");
        assertThat(element.find(queue(), OTHER.stamp(), VO)).isEmpty();
    }

    @Test
    void doesNotSayThatAPilotNeverStartsWhileAJobsNameIsUntold() {
        element.submit(queue(), List.of(ONE));
        arex.tells = false;
        assertThatThrownBy(() -> element.find(queue(), OTHER.stamp(), VO))
                .isInstanceOf(ComputingElementFailure.class)
                .hasMessageContaining("does not tell the names of 1 jobs");
    }

    @Test
    void followsAJobThatItCouldNotTakeBack() {
        arex.takesFiles = false;
        arex.tells = false;
        assertThat(element.submit(queue(), List.of(ONE)))
                .singleElement()
                .isInstanceOf(SubmissionOutcome.Accepted.class);
    }

    @Test
    void cannotTellWhatWasTakenByAServerThatFailed() {
        arex.createFails = 502;
        assertThat(element.submit(queue(), List.of(ONE)))
                .singleElement()
                .isInstanceOf(SubmissionOutcome.Undecided.class);
        arex.createFails = 400;
        assertThatThrownBy(() -> element.submit(queue(), List.of(ONE))).isInstanceOf(ComputingElementFailure.class);
    }

    @Test
    void startsNothingWhereNobodyAnswers() {
        arex.close();
        assertThatThrownBy(() -> element.submit(queue(), List.of(ONE)))
                .isInstanceOf(ComputingElementFailure.class)
                .hasMessageContaining("localhost:" + arex.port() + " cannot be asked");
    }

    @Test
    void tellsWhoWasNotLetIn() {
        arex.token = "another";
        assertThatThrownBy(() -> element.status(queue(), List.of(submitted("x", ONE))))
                .isInstanceOf(ComputingElementFailure.class)
                .hasMessageContaining(
                        "does not let us in (403): it does not trust our token for the pilots of demo with the"
                                + " audience https://localhost:" + arex.port())
                .hasMessageNotContaining("minted");
    }

    @Test
    void readsATokenAnewAtEachUse() throws IOException {
        Path file = temporary.resolve("token");
        options.put("TokenFile", file.toString());
        Files.writeString(file, "wrong\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> element.submit(queue(), List.of(ONE)))
                .hasMessageContaining("may be read by everybody");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThatThrownBy(() -> element.submit(queue(), List.of(ONE))).hasMessageContaining("does not let us in");
        Files.writeString(file, "minted.for.demo\n");
        assertThat(element.submit(queue(), List.of(ONE)).get(0)).isInstanceOf(SubmissionOutcome.Accepted.class);
    }

    @Test
    void getsATokenAsTheClientOfAnIssuer() throws IOException {
        options.putAll(Map.of(
                "TokenEndpoint", "https://localhost:" + arex.port() + "/token",
                "TokenClientID", "dirac",
                "TokenClientSecret", "credential:client-secret"));
        assertThatThrownBy(() -> element.submit(queue(), List.of(ONE))).hasMessageContaining("TokenClientSecret");
        String endpoint = options.put("TokenEndpoint", "http://localhost:" + arex.port() + "/token");
        assertThatThrownBy(() -> element.submit(queue(), List.of(ONE))).hasMessageContaining("must be one of https");
        options.put("TokenEndpoint", endpoint);
        Files.writeString(temporary.resolve("client-secret"), "s3cret");
        assertThat(element.submit(queue(), List.of(ONE)).get(0)).isInstanceOf(SubmissionOutcome.Accepted.class);
        assertThat(element.submit(queue(), List.of(OTHER)).get(0)).isInstanceOf(SubmissionOutcome.Accepted.class);
        assertThat(arex.forms)
                .singleElement()
                .asString()
                .startsWith("Basic ZGlyYWM6czNjcmV0 ")
                .contains("grant_type=client_credentials", "audience=https%3A%2F%2Flocalhost%3A" + arex.port());
    }

    @Test
    void namesWhatCouldBeConfiguredWhereThereIsNoCredential() {
        tags = "other";
        assertThatThrownBy(() -> element.submit(queue(), List.of(ONE)))
                .isInstanceOf(ComputingElementFailure.class)
                .hasMessageContaining("Operations/demo/Pilot/GenericPilotUser");
    }

    @Test
    void makesOfStatesWhatTheyMean() {
        Map<String, Class<? extends PilotProcess>> meanings = Map.of(
                "ACCEPTING", PilotProcess.Waiting.class,
                "QUEUING", PilotProcess.Waiting.class,
                "RUNNING", PilotProcess.Running.class,
                "EXITINGLRMS", PilotProcess.Running.class,
                "OTHER", PilotProcess.Running.class,
                "KILLING", PilotProcess.Running.class,
                "FINISHED", PilotProcess.Ended.class,
                "KILLED", PilotProcess.Vanished.class,
                "WHATEVER", PilotProcess.Unknown.class);
        meanings.forEach((state, meaning) -> {
            arex.states.put("a", state);
            assertThat(element.status(queue(), List.of(submitted("a", ONE))).get(ONE.stamp()))
                    .as(state)
                    .isInstanceOf(meaning);
        });
    }

    @Test
    void asksForAllAtOnceAndTellsWhyOneFailed() {
        arex.states.put("a", "RUNNING");
        arex.states.put("b", "FAILED");
        arex.files.put("b/stderr", "first\nno room left\n");
        PilotLaunch gone = pilot("00000000");
        PilotLaunch elsewhere = pilot("11111111");
        Map<PilotStamp, PilotProcess> answer = element.status(
                queue(),
                List.of(
                        submitted("a", ONE),
                        submitted("b", OTHER),
                        submitted("c", gone),
                        new SubmittedPilot(elsewhere.stamp(), "https://elsewhere:443/arex/a#demo")));

        assertThat(answer.get(ONE.stamp())).isEqualTo(new PilotProcess.Running());
        assertThat(answer.get(OTHER.stamp())).isEqualTo(new PilotProcess.Ended(7, "first | no room left"));
        assertThat(answer.get(gone.stamp()))
                .isEqualTo(new PilotProcess.Vanished("A-REX does not know the job any more", ""));
        assertThat(answer.get(elsewhere.stamp())).isInstanceOf(PilotProcess.Unknown.class);
        assertThat(arex.requests)
                .filteredOn(asked -> asked.contains("action=status"))
                .hasSize(1);
    }

    @Test
    void tellsThatOneFailedAlsoWithoutItsLastWords() {
        arex.states.put("a", "RUNNING");
        arex.states.put("b", "FAILED");
        arex.givesFiles = false;
        Map<PilotStamp, PilotProcess> answer =
                element.status(queue(), List.of(submitted("a", ONE), submitted("b", OTHER)));
        assertThat(answer.get(ONE.stamp())).isInstanceOf(PilotProcess.Running.class);
        assertThat(answer.get(OTHER.stamp())).isInstanceOf(PilotProcess.Ended.class);
    }

    @Test
    void givesTheEndsOfWhatAPilotWrote() {
        arex.states.put("a", "FINISHED");
        assertThat(element.output(queue(), submitted("a", ONE))).isEmpty();
        arex.files.put("a/stdout", "x".repeat(70_000) + "end");
        assertThat(element.output(queue(), submitted("a", ONE)).orElseThrow().standardOutput())
                .hasSize(65_536)
                .endsWith("xend");
    }

    @Test
    void cleaningAndKillingWhatIsGoneIsNoFailure() {
        arex.states.put("a", "RUNNING");
        element.kill(queue(), List.of(submitted("a", ONE), submitted("b", OTHER)));
        element.clean(queue(), submitted("a", ONE));
        element.clean(queue(), submitted("a", ONE));
        assertThat(arex.states).isEmpty();
    }

    @Test
    void speaksTheLatestVersionThatBothKnow() {
        arex.version = "[\"1.0\",\"1.1\"]";
        element.find(queue(), ONE.stamp(), VO);
        assertThat(arex.requests).contains("GET /arex/rest/1.1/jobs");
        arex.version = "\"2.0\"";
        assertThatThrownBy(() -> element.find(queue(), ONE.stamp(), VO)).hasMessageContaining("but [2.0]");
    }

    @Test
    void asksForAHundredAtATimeHoweverManyThereAre() {
        List<SubmittedPilot> pilots = IntStream.range(0, 301)
                .mapToObj(number -> submitted("job" + number, pilot("%08d".formatted(number))))
                .toList();
        pilots.forEach(pilot -> arex.states.put(pilot.reference().replaceAll(".*/arex/|#.*", ""), "RUNNING"));

        assertThat(element.status(queue(), pilots).values())
                .hasSize(301)
                .allMatch(process -> process instanceof PilotProcess.Running);
        assertThat(sizesOf("status")).containsExactly(100, 100, 100, 1);
        element.kill(queue(), pilots);
        assertThat(sizesOf("kill")).containsExactly(100, 100, 100, 1);
    }

    /** Of how many jobs this was asked in each request. */
    private List<Integer> sizesOf(String action) {
        return arex.asked.getOrDefault(action, List.of());
    }

    @Test
    void delegatesALimitedProxyOnceAndRenewsItBeforeItEnds() throws IOException {
        submitWithACertificate();
        String id = arex.delegations.keySet().iterator().next();
        ProxyChain first = ProxyChain.read(Objects.requireNonNull(arex.delegations.get(id)));

        element.submit(queue(), List.of(OTHER));
        assertThat(arex.descriptions).hasSize(2).allSatisfy(text -> assertThat(text)
                .contains("(delegationid=\"" + id + "\")"));
        assertThat(first.isLimited()).isTrue();
        assertThat(first.dn()).endsWith("CN=alice");
        assertThat(arex.delegations).hasSize(1);

        clock.advance(Duration.ofMinutes(12 * 60 - 179)); // less than ProxyTimeLeftBeforeRenewal is left
        element.status(queue(), List.of(submitted("a", ONE)));
        element.status(queue(), List.of(submitted("a", ONE)));

        assertThat(arex.requests)
                .filteredOn(asked -> asked.equals("POST /arex/rest/1.0/delegations/" + id + "?action=renew"))
                .hasSize(1);
        assertThat(ProxyChain.read(Objects.requireNonNull(arex.delegations.get(id)))
                        .expires())
                .isAfter(first.expires().plus(Duration.ofHours(8)));
    }

    @Test
    void delegatesAnewWhatTheComputingElementHasLost() throws IOException {
        submitWithACertificate();
        arex.delegations.clear();
        arex.states.put("a", "RUNNING");

        clock.advance(Duration.ofHours(10));
        element.status(queue(), List.of(submitted("a", ONE)));

        assertThat(arex.delegations).hasSize(1);
    }

    @Test
    void tellsOfPilotsAlsoIfTheirProxyCannotBeRenewed() throws IOException {
        submitWithACertificate();
        arex.states.put("a", "RUNNING");
        arex.request = "no request";

        clock.advance(Duration.ofHours(10));

        assertThat(element.status(queue(), List.of(submitted("a", ONE))).get(ONE.stamp()))
                .isEqualTo(new PilotProcess.Running());
    }

    /** Nothing but a person's certificate. */
    private void submitWithACertificate() throws IOException {
        tags = "other";
        arex.token = "";
        arex.request = ProxyKey.generate().request().pem();
        Path file = temporary.resolve("certificate");
        Files.writeString(
                file,
                new TestAuthority("Test CA", clock.instant()).person("alice").pem());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        options.put("ProxyFile", file.toString());
        assertThat(element.submit(queue(), List.of(ONE)).get(0)).isInstanceOf(SubmissionOutcome.Accepted.class);
    }

    private SubmittedPilot submitted(String id, PilotLaunch pilot) {
        return new SubmittedPilot(pilot.stamp(), "https://localhost:" + arex.port() + "/arex/" + id + "#demo");
    }

    private CeQueue queue() {
        return new CeQueue(
                new PilotSlot(new SiteName("DIRAC.Arc.test"), "localhost", "fork"),
                "AREX",
                Optional.empty(),
                Duration.ofHours(1),
                4,
                4,
                Optional.of(2),
                Optional.empty(),
                List.of(tags),
                List.of(),
                List.of(),
                options);
    }
}
