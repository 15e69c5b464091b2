/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.jspecify.annotations.Nullable;

/** The connection to one account of one host; made when it is needed, and again after it broke. */
final class SshConnection {

    /** The facts of a connection that is being made, for those who check the host's key. */
    static final AttributeRepository.AttributeKey<Handshake> HANDSHAKE = new AttributeRepository.AttributeKey<>();

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
    private static final Duration LOG_IN_LIMIT = Duration.ofSeconds(15);
    private static final Duration OPEN_LIMIT = Duration.ofSeconds(10);
    private static final Duration TURN_LIMIT = Duration.ofSeconds(30);

    /** Hosts take ten by default, see MaxSessions of sshd_config. */
    private static final int COMMANDS_AT_ONCE = 8;

    private static final int ANSWER_LIMIT = 16 * 1024 * 1024;
    private static final int ERRORS_LIMIT = 4 * 1024;

    private final SshClient client;
    private final SshTarget target;
    private final Clock clock;
    private final Set<String> installed = ConcurrentHashMap.newKeySet();
    private final Map<String, Object> bringing = new ConcurrentHashMap<>();
    private final Semaphore turns = new Semaphore(COMMANDS_AT_ONCE, true);
    private @Nullable ClientSession session;
    private volatile Instant lastUse = Instant.EPOCH;

    /** What is known of the host, and what was found wrong with it. */
    static final class Handshake {

        final KnownHosts knownHosts;
        volatile Optional<String> refusal = Optional.empty();

        Handshake(KnownHosts knownHosts) {
            this.knownHosts = knownHosts;
        }
    }

    /** What a command answered; {@code exitStatus} is empty if it was killed. */
    record Answer(String text, String errors, Optional<Integer> exitStatus) {}

    SshConnection(SshClient client, SshTarget target, Clock clock) {
        this.client = client;
        this.target = target;
        this.clock = clock;
    }

    Instant lastUse() {
        return lastUse;
    }

    /** Whether the file of this name was brought there by this connection. */
    boolean hasInstalled(String name) {
        return installed.contains(name);
    }

    void installed(String name) {
        installed.add(name);
    }

    void forget(String name) {
        installed.remove(name);
    }

    /** What those hold who bring the file of this name, so that one does it. */
    Object bringing(String name) {
        return bringing.computeIfAbsent(name, anew -> new Object());
    }

    /**
     * Runs a command, with this as its standard input, to its end, when fewer than eight others run.
     *
     * @param limit of its time, from when it was begun
     * @throws SshFailure if it did not come to its end; the connection is then made anew for the next
     */
    Answer run(String command, InputStream input, Duration limit) throws SshFailure {
        BoundedOutput output = new BoundedOutput(ANSWER_LIMIT);
        Answer answer = run(command, input, output, limit);
        if (output.isFull()) {
            throw SshFailure.within(target + " answers more than " + ANSWER_LIMIT + " bytes", null);
        }
        return new Answer(output.text(), answer.errors(), answer.exitStatus());
    }

    /** The same with somewhere else for what it answers. */
    Answer run(String command, InputStream input, OutputStream output, Duration limit) throws SshFailure {
        awaitTurn();
        try {
            return runNow(command, input, output, limit);
        } finally {
            turns.release();
        }
    }

    private void awaitTurn() throws SshFailure {
        try {
            if (!turns.tryAcquire(TURN_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw SshFailure.before(COMMANDS_AT_ONCE + " other commands still run at " + target, null);
            }
        } catch (InterruptedException shuttingDown) {
            Thread.currentThread().interrupt();
            throw SshFailure.before("The server is shutting down", shuttingDown);
        }
    }

    private Answer runNow(String command, InputStream input, OutputStream output, Duration limit) throws SshFailure {
        lastUse = clock.instant();
        ClientSession connected = session();
        BoundedOutput errors = new BoundedOutput(ERRORS_LIMIT);
        ChannelExec channel = null;
        try {
            channel = connected.createExecChannel(command);
            channel.setIn(input);
            channel.setOut(output);
            channel.setErr(errors);
            channel.open().verify(OPEN_LIMIT);
        } catch (IOException failure) {
            if (channel != null && isRefusal(failure)) {
                channel.close(true); // others go on
            } else {
                close();
            }
            throw SshFailure.before(target + " does not take commands: " + reason(failure), failure);
        }
        try {
            Set<ClientChannelEvent> events = channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), limit);
            if (!events.contains(ClientChannelEvent.CLOSED)) {
                // and the channel with it; one that ended by itself is not to be closed again, at which MINA logs an
                // error (465)
                close();
                throw SshFailure.within(target + " did not answer within " + limit.toSeconds() + " s", null);
            }
        } finally {
            lastUse = clock.instant();
        }
        Integer exitStatus = channel.getExitStatus();
        if (exitStatus == null && channel.getExitSignal() == null) {
            close();
            throw SshFailure.within("The connection to " + target + " broke", null);
        }
        return new Answer("", errors.text().strip(), Optional.ofNullable(exitStatus));
    }

    /** Ends the session; the next command makes a new one. */
    synchronized void close() {
        ClientSession known = session;
        session = null;
        installed.clear();
        if (known != null) {
            known.close(true);
        }
    }

    private synchronized ClientSession session() throws SshFailure {
        ClientSession known = session;
        if (known != null && known.isOpen() && known.isAuthenticated()) {
            return known;
        }
        close();
        ClientSession connected = connect();
        session = connected;
        return connected;
    }

    private ClientSession connect() throws SshFailure {
        List<KeyPair> keys = keys();
        Handshake handshake;
        try {
            handshake = new Handshake(KnownHosts.of(target));
        } catch (IOException failure) {
            throw SshFailure.before(
                    "The known hosts could not be read, without which " + target + " is not trusted: " + failure,
                    failure);
        }
        ClientSession fresh = null;
        try {
            fresh = client.connect(
                            target.user(),
                            target.host(),
                            target.port(),
                            AttributeRepository.ofKeyValuePair(HANDSHAKE, handshake))
                    .verify(CONNECT_LIMIT)
                    .getClientSession();
            keys.forEach(fresh::addPublicKeyIdentity);
            fresh.auth().verify(LOG_IN_LIMIT);
            return fresh;
        } catch (IOException | RuntimeException failure) {
            if (fresh != null) {
                fresh.close(true);
            }
            throw SshFailure.before(whyNotConnected(handshake, fresh, failure), failure);
        }
    }

    private String whyNotConnected(Handshake handshake, @Nullable ClientSession fresh, Exception failure) {
        if (handshake.refusal.isPresent()) {
            return target + " is not trusted: " + handshake.refusal.get();
        }
        if (fresh == null) {
            return target + " could not be reached: " + reason(failure);
        }
        if (failure instanceof SshException && reason(failure).contains("authentication")) {
            return target + " does not accept the key " + target.key() + ": " + reason(failure);
        }
        return target + " did not let us log in: " + reason(failure);
    }

    private List<KeyPair> keys() throws SshFailure {
        Path file = target.key();
        try (InputStream text = Files.newInputStream(file)) {
            if (Files.getPosixFilePermissions(file, new LinkOption[0]).contains(PosixFilePermission.OTHERS_READ)) {
                throw SshFailure.before("The key " + file + " may be read by everybody, so it is not used", null);
            }
            List<KeyPair> keys = new ArrayList<>();
            Iterable<KeyPair> found = SecurityUtils.loadKeyPairIdentities(
                    null, NamedResource.ofName(file.toString()), text, FilePasswordProvider.EMPTY);
            if (found != null) {
                found.forEach(keys::add);
            }
            if (keys.isEmpty()) {
                throw SshFailure.before("There is no private key in " + file, null);
            }
            return keys;
        } catch (IOException | GeneralSecurityException failure) {
            throw SshFailure.before(
                    "The key " + file + " could not be read; allowed is one without a passphrase: " + failure, failure);
        }
    }

    private static boolean isRefusal(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SshChannelOpenException) {
                return true;
            }
        }
        return false;
    }

    private static String reason(Exception failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String text = root.getMessage();
        return text == null ? root.getClass().getSimpleName() : text;
    }

    /** Keeps the beginning of what is written, lets the rest go. */
    private static final class BoundedOutput extends OutputStream {

        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private final int limit;
        private boolean full;

        BoundedOutput(int limit) {
            this.limit = limit;
        }

        @Override
        public synchronized void write(int single) {
            write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public synchronized void write(byte[] bytes, int from, int count) {
            int room = Math.min(count, limit - kept.size());
            kept.write(bytes, from, room);
            full |= room < count;
        }

        synchronized boolean isFull() {
            return full;
        }

        synchronized String text() {
            return kept.toString(StandardCharsets.UTF_8);
        }
    }
}
