/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.shell.ProcessShellFactory;
import org.diracee.framework.configuration.boundary.Deployment;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.pilot.boundary.PilotOutput;
import org.diracee.wms.sitedirector.CeQueues;
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

/** With a plain host, behind an SSH server of this process that carries commands out here. */
class SshComputingElementTest {

    private static final PilotStamp STAMP = new PilotStamp("0123456789abcdef");
    private static final String SECRET = "a $(secret) of 'one' time";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Deployment DEPLOYMENT = new Deployment() {
        @Override
        public Optional<Path> caFile() {
            return Optional.empty();
        }
    };

    @TempDir
    private Path temporary;

    private final KeyPair userKey = pair(KeyPairProvider.ECDSA_SHA2_NISTP256, 256);
    private final KeyPair ecdsa = pair(KeyPairProvider.ECDSA_SHA2_NISTP256, 256);
    private final KeyPair rsa = pair(KeyPairProvider.SSH_RSA, 2048);
    private final SshConnections connections = new SshConnections(Clock.systemUTC());
    private final SshComputingElement element =
            new SshComputingElement(new SshSettings(DEPLOYMENT), new PilotSettings(DEPLOYMENT), connections);
    private final Map<String, String> options = new HashMap<>();
    private SshServer server = SshServer.setUpDefaultServer();

    @BeforeEach
    void describe() throws IOException, GeneralSecurityException {
        start(0);
        Path key = temporary.resolve("key");
        try (OutputStream file = Files.newOutputStream(key)) {
            new OpenSSHKeyPairResourceWriter().writePrivateKey(userKey, "test", null, file);
        }
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        options.putAll(Map.of(
                "PilotImage", temporary.resolve("image").toString(),
                "ServerURL", "https://server.example:8443",
                "SSHHost", "127.0.0.1",
                "SSHPort", Integer.toString(server.getPort()),
                "SSHUser", "gridtest",
                "SSHKey", key.toString(),
                "SSHKnownHosts", temporary.resolve("known_hosts").toString(),
                "SharedArea", temporary.resolve("shared").toString()));
        Files.createDirectories(temporary.resolve("image/bin"));
        image("exit 0");
        trust(ecdsa);
    }

    @AfterEach
    void stop() throws IOException {
        connections.stop();
        server.stop(true);
    }

    @Test
    void runsAPilotWithoutTellingItsSecretToAnybody() throws IOException {
        image("printf '%s\\n' \"$@\"; cat secret; stat -c %a . secret; echo 'last words' >&2; exit 3");
        SubmittedPilot pilot = submit();
        assertThat(pilot.reference()).matches("sshhost://ce1/[^/]+/[0-9]+");
        awaitEnd(pilot);

        assertThat(status(pilot)).isEqualTo(new PilotProcess.Ended(3, "last words"));
        PilotOutput output = element.output(queue(), pilot).orElseThrow();
        assertThat(output.standardError()).isEqualTo("last words\n");
        assertThat(output.standardOutput().lines())
                .containsSubsequence("--server", "https://server.example:8443")
                .containsSubsequence("--stamp", STAMP.text(), "--vo", "demo")
                .contains(SECRET, "700", "600")
                .filteredOn(line -> line.contains(SECRET))
                .containsExactly(SECRET);
    }

    @Test
    void tidiesUpAndForgets() throws IOException {
        image("mkdir -p work/a; chmod 500 work/a; exit 0");
        SubmittedPilot pilot = submit();
        awaitEnd(pilot);
        element.clean(queue(), pilot);

        assertThat(temporary.resolve("shared/pilots/" + STAMP)).doesNotExist();
        assertThat(element.output(queue(), pilot)).isEmpty();
        element.clean(queue(), pilot);
    }

    @Test
    void bringsAnImageOnceAndAChangedOneAgain() throws IOException {
        submit();
        element.submit(queue(), List.of(launch("second")));
        assertThat(images()).isEqualTo(1);
        image("exit 4");
        element.submit(queue(), List.of(launch("third")));

        assertThat(images()).isEqualTo(2);
        awaitEnd(new SubmittedPilot(
                new PilotStamp("third"),
                element.find(queue(), new PilotStamp("third")).orElseThrow()));
    }

    @Test
    void keepsWhatJobsWriteOutOfTheSharedAreaIfToldSo() throws IOException {
        Files.createDirectories(temporary.resolve("scratch"));
        options.put("WorkArea", temporary.resolve("scratch").toString());
        image("while [ $# -gt 1 ]; do [ \"$1\" != --work-dir ] || echo \"$2\"; shift; done");
        SubmittedPilot pilot = submit();
        awaitEnd(pilot);

        assertThat(element.output(queue(), pilot).orElseThrow().standardOutput())
                .isEqualTo(temporary.resolve("scratch/dirac-" + STAMP) + "\n");
        assertThat(temporary.resolve("scratch")).isEmptyDirectory();
    }

    @Test
    void findsAPilotWhoseAnswerWasLost() throws IOException {
        image("exec sleep 60");
        SubmittedPilot pilot = submit();
        assertThat(element.find(queue(), STAMP)).hasValue(pilot.reference());
        assertThat(element.find(queue(), new PilotStamp("neverstarted"))).isEmpty();
        end(pilot);
    }

    @Test
    void endsAPilotAndNoticesIt() throws IOException {
        image("trap 'echo leaving; exit 143' TERM; echo ready; while :; do sleep 0.1; done");
        SubmittedPilot pilot = submit();
        await().atMost(PATIENCE).until(() -> element.output(queue(), pilot)
                .orElseThrow()
                .standardOutput()
                .contains("ready"));
        element.kill(queue(), List.of(pilot));
        awaitEnd(pilot);

        assertThat(status(pilot)).isEqualTo(new PilotProcess.Ended(143, ""));
        assertThat(element.output(queue(), pilot).orElseThrow().standardOutput())
                .isEqualTo("ready\nleaving\n");
    }

    @Test
    void noticesAKilledPilot() throws IOException {
        image("exec sleep 60");
        SubmittedPilot pilot = submit();
        end(pilot);
        await().atMost(PATIENCE).until(() -> status(pilot) instanceof PilotProcess.Vanished);
    }

    @Test
    void refusesASecondPilotOfTheSameStamp() {
        submit();
        assertThat(element.submit(queue(), List.of(launch(STAMP.text()))))
                .containsExactly(new SubmissionOutcome.Refused(STAMP, "its directory is there already"));
    }

    @Test
    void trustsNoHostThatItDoesNotKnow() throws IOException {
        Files.writeString(temporary.resolve("known_hosts"), "");
        assertThatThrownBy(this::submit)
                .isInstanceOf(ComputingElementFailure.class)
                .hasMessageContaining("is not in " + temporary.resolve("known_hosts"))
                .hasMessageContaining("SHA256:");
        trust(pair(KeyPairProvider.ECDSA_SHA2_NISTP256, 256));
        assertThatThrownBy(this::submit)
                .isInstanceOf(ComputingElementFailure.class)
                .hasMessageContaining("is none of its keys")
                .hasMessageContaining("another machine may be answering");
        assertThat(temporary.resolve("shared")).doesNotExist();
    }

    @Test
    void asksAHostForTheKeyThatIsKnown() throws IOException {
        trust(rsa);
        submit();
    }

    @Test
    void saysThatItsKeyIsNotAccepted() throws IOException {
        server.setPublickeyAuthenticator((user, key, session) -> false);
        assertThatThrownBy(this::submit)
                .isInstanceOf(ComputingElementFailure.class)
                .hasMessageContaining("does not accept the key " + temporary.resolve("key"));
    }

    @Test
    void usesNoKeyThatEverybodyMayRead() throws IOException {
        Files.setPosixFilePermissions(temporary.resolve("key"), PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(this::submit)
                .isInstanceOf(ComputingElementFailure.class)
                .hasMessageContaining("may be read by everybody");
    }

    @Test
    void connectsAnewAfterTheHostWentAway() throws IOException {
        image("exec sleep 60");
        SubmittedPilot pilot = submit();
        int port = server.getPort();
        server.stop(true);
        assertThatThrownBy(() -> status(pilot))
                .isInstanceOf(ComputingElementFailure.class)
                .hasMessageContaining("could not be reached");
        server = SshServer.setUpDefaultServer();
        start(port);

        assertThat(status(pilot)).isEqualTo(new PilotProcess.Running());
        end(pilot);
    }

    @Test
    void bringsADriverAgainThatWasRemoved() throws IOException {
        SubmittedPilot pilot = submit();
        awaitEnd(pilot);
        try (Stream<Path> drivers = Files.list(temporary.resolve("shared/driver"))) {
            for (Path driver : drivers.toList()) {
                Files.delete(driver);
            }
        }
        assertThatThrownBy(() -> status(pilot)).hasMessageContaining("does not run the driver");
        assertThat(status(pilot)).isInstanceOf(PilotProcess.Ended.class);
    }

    @Test
    void takesNoOptionThatAShellWouldRead() {
        options.put("SharedArea", "/tmp/a;touch b");
        assertThatThrownBy(this::submit).hasMessageContaining("SharedArea");
        options.put("SharedArea", "../elsewhere");
        assertThatThrownBy(this::submit).hasMessageContaining("SharedArea");
    }

    @Test
    void cannotTellOfPilotsOfAnotherBatchSystem() {
        SubmittedPilot other = new SubmittedPilot(STAMP, "sshslurm://ce1/12");
        assertThat(status(other)).isInstanceOf(PilotProcess.Unknown.class);
    }

    private void start(int port) throws IOException {
        server.setHost("127.0.0.1");
        server.setPort(port);
        server.setKeyPairProvider(KeyPairProvider.wrap(ecdsa, rsa));
        server.setPublickeyAuthenticator(
                (user, key, session) -> KeyUtils.compareKeys(key, userKey.getPublic()) && user.equals("gridtest"));
        // as sshd does: by the shell of the account
        server.setCommandFactory(
                (channel, command) -> new ProcessShellFactory(command, "/bin/sh", "-c", command).createShell(channel));
        server.start();
    }

    private void trust(KeyPair host) throws IOException {
        Files.writeString(
                temporary.resolve("known_hosts"),
                "[127.0.0.1]:" + server.getPort() + " " + PublicKeyEntry.toString(host.getPublic()) + "\n");
    }

    private CeQueue queue() {
        return CeQueues.queue("ce1", "SSH", 4, 4, options);
    }

    private SubmittedPilot submit() {
        List<SubmissionOutcome> outcomes = element.submit(queue(), List.of(launch(STAMP.text())));
        assertThat(outcomes).singleElement().isInstanceOf(SubmissionOutcome.Accepted.class);
        return new SubmittedPilot(STAMP, ((SubmissionOutcome.Accepted) outcomes.get(0)).reference());
    }

    private static PilotLaunch launch(String stamp) {
        return new PilotLaunch(new PilotStamp(stamp), new VoName("demo"), SECRET);
    }

    private PilotProcess status(SubmittedPilot pilot) {
        return element.status(queue(), List.of(pilot)).get(pilot.stamp());
    }

    private void awaitEnd(SubmittedPilot pilot) {
        await().atMost(PATIENCE).until(() -> status(pilot) instanceof PilotProcess.Ended);
    }

    /** As a machine does that goes down. */
    private static void end(SubmittedPilot pilot) {
        long pid = Long.parseLong(pilot.reference().substring(pilot.reference().lastIndexOf('/') + 1));
        ProcessHandle.of(pid).ifPresent(process -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        });
    }

    private void image(String script) throws IOException {
        Path program = temporary.resolve("image/bin/dirac-pilot");
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private long images() throws IOException {
        try (Stream<Path> entries = Files.list(temporary.resolve("shared/image"))) {
            return entries.count();
        }
    }

    private static KeyPair pair(String type, int size) {
        try {
            return KeyUtils.generateKeyPair(type, size);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
