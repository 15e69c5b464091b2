/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.channel.ChannelSessionFactory;
import org.apache.sshd.server.command.AbstractCommandSupport;
import org.diracee.framework.configuration.boundary.Deployment;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.VoName;
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

/** Whom it talks to and by what, with an SSH server of this process; what pilots do there is tried by SshComputingElementIT. */
class SshComputingElementTest {

    private static final PilotStamp STAMP = new PilotStamp("0123456789abcdef");
    private static final String SECRET = "a $(secret) of 'one' time";
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
    private final ExecutorService threads = Executors.newCachedThreadPool();
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
        threads.shutdownNow();
        connections.stop();
        server.stop(true);
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
    void takesNoOptionThatAShellWouldRead() {
        options.put("SharedArea", "/tmp/a;touch b");
        assertThatThrownBy(this::submit).hasMessageContaining("SharedArea");
        options.put("SharedArea", "../elsewhere");
        assertThatThrownBy(this::submit).hasMessageContaining("SharedArea");
    }

    @Test
    void takesAnAnswerThatItCannotReadForNone() {
        element.prepare(queue());
        assertThat(temporary.resolve("shared/image")).isDirectoryContaining(path -> Files.isDirectory(path));
        for (String answer : List.of("echo Welcome", "printf 'dirac\\nNo. %%\\n'", "kill $$", "exit 1", "echo dirac")) {
            submissionDoes("cat > /dev/null; " + answer);
            assertThat(element.submit(queue(), List.of(launch(STAMP.text()))))
                    .as(answer)
                    .singleElement()
                    .isInstanceOf(SubmissionOutcome.Undecided.class);
        }
        submissionDoes("exit 127");
        assertThatThrownBy(this::submit)
                .isInstanceOf(ComputingElementFailure.class)
                .hasMessageContaining("does not run the driver");
    }

    @Test
    void bringsTheImageBeforeItIsAskedToSubmit() {
        assertThatThrownBy(this::submit)
                .isInstanceOf(ComputingElementFailure.class)
                .hasMessageContaining("the next round brings it again");
        assertThat(temporary.resolve("shared/pilots/" + STAMP)).doesNotExist();
    }

    @Test
    void runsEightCommandsAtOnceAndNoMore() throws Exception {
        status(submitted()); // brings the driver
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CyclicBarrier eight = new CyclicBarrier(8);
        server.setCommandFactory((channel, command) -> new ByShell(command, () -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            await(eight);
            now.decrementAndGet();
        }));
        List<CompletableFuture<PilotProcess>> asked = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> status(submitted()), threads))
                .limit(24)
                .toList();

        for (CompletableFuture<PilotProcess> each : asked) {
            assertThat(each.get(30, TimeUnit.SECONDS)).isInstanceOf(PilotProcess.Unknown.class);
        }
        assertThat(most).hasValue(8);
    }

    @Test
    void othersGoOnWhereAHostTakesNoMoreCommands() throws Exception {
        status(submitted()); // brings the driver
        AtomicBoolean full = new AtomicBoolean();
        server.setChannelFactories(List.of(new ChannelSessionFactory() {
            @Override
            public Channel createChannel(Session session) {
                return full.getAndSet(true) ? new Refused() : new ChannelSession();
            }
        }));
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch refused = new CountDownLatch(1);
        server.setCommandFactory((channel, command) -> new ByShell(command, () -> {
            begun.countDown();
            await(refused);
        }));
        CompletableFuture<PilotProcess> first = CompletableFuture.supplyAsync(() -> status(submitted()), threads);
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();

        assertThatThrownBy(() -> status(submitted()))
                .isInstanceOf(ComputingElementFailure.class)
                .hasMessageContaining("does not take commands");

        refused.countDown();
        assertThat(first.get(30, TimeUnit.SECONDS)).isInstanceOf(PilotProcess.Unknown.class);
    }

    /** As sshd refuses what is beyond its MaxSessions. */
    private static final class Refused extends ChannelSession {
        @Override
        public OpenFuture open(long recipient, long window, long packet, Buffer buffer) {
            OpenFuture refusal = new DefaultOpenFuture(this, futureLock);
            refusal.setException(
                    new SshChannelOpenException(getChannelId(), SshConstants.SSH_OPEN_CONNECT_FAILED, "open failed"));
            return refusal;
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** One of which the driver says that it runs on another host. */
    private static SubmittedPilot submitted() {
        return new SubmittedPilot(STAMP, "sshhost://ce1/elsewhere/12");
    }

    private void submissionDoes(String instead) {
        server.setCommandFactory((channel, command) -> new ByShell(command.endsWith(" submit'") ? instead : command));
    }

    /** Runs a command as sshd does: by the shell of the account. */
    private static final class ByShell extends AbstractCommandSupport {

        private final Runnable before;

        ByShell(String command) {
            this(command, () -> {});
        }

        ByShell(String command, Runnable before) {
            super(command, null);
            this.before = before;
        }

        @Override
        public void run() {
            before.run();
            try {
                Process shell = new ProcessBuilder("/bin/sh", "-c", getCommand())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                try (OutputStream input = shell.getOutputStream()) {
                    getInputStream().transferTo(input);
                } catch (IOException notRead) {
                    assertThat(notRead).as("it ended without reading all").isNotNull();
                }
                shell.getInputStream().transferTo(getOutputStream());
                getOutputStream().flush();
                onExit(shell.waitFor());
            } catch (IOException broken) {
                onExit(255, String.valueOf(broken));
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }
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
        server.setCommandFactory((channel, command) -> new ByShell(command));
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

    private void submit() {
        element.submit(queue(), List.of(launch(STAMP.text())));
    }

    private static PilotLaunch launch(String stamp) {
        return new PilotLaunch(new PilotStamp(stamp), new VoName("demo"), SECRET);
    }

    private PilotProcess status(SubmittedPilot pilot) {
        return element.status(queue(), List.of(pilot)).get(pilot.stamp());
    }

    private void image(String script) throws IOException {
        Path program = temporary.resolve("image/bin/dirac-pilot");
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static KeyPair pair(String type, int size) {
        try {
            return KeyUtils.generateKeyPair(type, size);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
