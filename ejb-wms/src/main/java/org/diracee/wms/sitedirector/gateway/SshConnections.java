/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.SocketAddress;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.core.CoreModuleProperties;
import org.diracee.wms.sitedirector.gateway.SshConnection.Handshake;
import org.jspecify.annotations.Nullable;

/**
 * The connections to all hosts, one for each account of a host, kept while they are used. A host that hangs holds up only those
 * who want to talk to it.
 */
@ApplicationScoped
public class SshConnections {

    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final int HEARTBEATS_MISSED = 3;
    private static final Duration KEPT = Duration.ofMinutes(10);

    private final Map<SshTarget, SshConnection> connections = new ConcurrentHashMap<>();
    private Clock clock;
    private @Nullable SshClient client;

    protected SshConnections() {} // for the container's proxy

    @Inject
    public SshConnections(Clock clock) {
        this.clock = clock;
    }

    SshConnection to(SshTarget target) {
        SshClient started = client();
        connections.forEach((other, connection) -> {
            if (!other.equals(target) && connection.lastUse().plus(KEPT).isBefore(clock.instant())) {
                connections.remove(other, connection);
                connection.close();
            }
        });
        return connections.computeIfAbsent(target, wanted -> new SshConnection(started, wanted, clock));
    }

    @PreDestroy
    synchronized void stop() {
        connections.values().forEach(SshConnection::close);
        connections.clear();
        if (client != null) {
            client.stop();
            client = null;
        }
    }

    private synchronized SshClient client() {
        SshClient known = client;
        if (known == null) {
            known = start();
            client = known;
        }
        return known;
    }

    /** Knows nothing of the files of the account that the server runs under. */
    private static SshClient start() {
        SshClient fresh = SshClient.setUpDefaultClient();
        fresh.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        fresh.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        fresh.setAgentFactory(null);
        fresh.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
        fresh.setServerKeyVerifier(SshConnections::isTrusted);
        fresh.addSessionListener(new KnownKeysFirst());
        CoreModuleProperties.HEARTBEAT_INTERVAL.set(fresh, HEARTBEAT);
        CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(fresh, HEARTBEATS_MISSED);
        CoreModuleProperties.IDLE_TIMEOUT.set(fresh, KEPT);
        fresh.start();
        return fresh;
    }

    private static boolean isTrusted(ClientSession session, SocketAddress address, PublicKey shown) {
        Handshake handshake = handshake(session);
        Optional<String> refusal = handshake.knownHosts.refusal(session, shown);
        handshake.refusal = refusal;
        return refusal.isEmpty();
    }

    private static Handshake handshake(ClientSession session) {
        AttributeRepository context = Objects.requireNonNull(session.getConnectionContext());
        return Objects.requireNonNull(context.getAttribute(SshConnection.HANDSHAKE));
    }

    /** A host with several keys is asked for one that is known, as another would look like another host. */
    private static final class KnownKeysFirst implements SessionListener {

        @Override
        public void sessionCreated(Session session) {
            List<String> known = handshake((ClientSession) session).knownHosts.keyTypes();
            List<NamedFactory<Signature>> ordered = new ArrayList<>(session.getSignatureFactories());
            ordered.sort(
                    Comparator.comparing(factory -> !known.contains(KeyUtils.getCanonicalKeyType(factory.getName()))));
            session.setSignatureFactories(ordered);
        }
    }
}
