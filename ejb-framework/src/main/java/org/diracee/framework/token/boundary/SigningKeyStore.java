/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.boundary;

import static org.diracee.framework.log.boundary.FrameworkLog.LOG;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.diracee.framework.agent.boundary.AgentLease;
import org.diracee.framework.agent.boundary.AgentLeases;
import org.diracee.framework.sealing.boundary.Sealing;
import org.diracee.framework.token.control.SigningAlgorithm;
import org.diracee.framework.token.control.TokenKey;
import org.diracee.framework.token.control.UuidV7;
import org.diracee.framework.token.entity.SigningKey;
import org.diracee.framework.token.entity.SigningKeyRepository;
import org.diracee.kernel.access.OpenAccess;

/** Keeps the issuer's keys in the database, sealed, where every node finds the same ones. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class SigningKeyStore {

    private static final String INTERNAL = "used by the server itself; private parts do not leave it";

    /** So long a key is kept after the last token of it has expired: nodes' clocks may differ a little. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

    private SigningKeyRepository keys;
    private Sealing sealing;
    private AgentLeases leases;
    private Clock clock;

    protected SigningKeyStore() {} // for the container's proxy

    @Inject
    public SigningKeyStore(SigningKeyRepository keys, Sealing sealing, AgentLeases leases, Clock clock) {
        this.keys = keys;
        this.sealing = sealing;
        this.leases = leases;
        this.clock = clock;
    }

    /**
     * All keys, the newest first; makes the first one of a kind if there is none, once for all nodes, and seals those that are not.
     *
     * @throws RuntimeException if they were sealed with another key than this node has
     */
    @OpenAccess(INTERNAL)
    public List<TokenKey> load() {
        List<SigningKey> found = keys.all();
        if (incomplete(found)) {
            keys.lock();
            complete(keys.all());
            found = keys.all();
        }
        return found.stream()
                .map(key -> TokenKey.read(
                        key.kid(),
                        SigningAlgorithm.of(key.algorithm()),
                        key.signing(),
                        sealing.open(key.sealedJwk(), place(key.kid())),
                        key.lastExpiry()))
                .toList();
    }

    /** Notes that the key signs a token that lives so long; false if the key has been deleted. */
    @OpenAccess(INTERNAL)
    public boolean cover(String kid, Instant expiry) {
        return keys.cover(kid, expiry);
    }

    /**
     * Publishes the key that will follow, or lets it sign if it has been published long enough; of each kind.
     *
     * @param life how long a key signs
     * @param published how long a key must have been published before it signs
     * @param lease of the cycle that calls, if one does
     * @return whether anything was to do
     */
    @OpenAccess("called by the agent of the keys")
    public boolean turn(Duration life, Duration published, Optional<AgentLease> lease) {
        keys.lock();
        lease.ifPresent(leases::confirm);
        Instant now = clock.instant();
        boolean turned = false;
        for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
            turned |= turn(algorithm, life, published, now);
        }
        return turned;
    }

    private boolean turn(SigningAlgorithm algorithm, Duration life, Duration published, Instant now) {
        List<SigningKey> all = of(algorithm, keys.all());
        Optional<SigningKey> signing = all.stream().filter(SigningKey::signing).findFirst();
        Optional<SigningKey> next = all.stream().filter(SigningKey::waiting).findFirst();
        if (signing.isEmpty()) {
            return false; // the first use of a key makes one
        }
        if (next.isPresent()) {
            if (now.isBefore(next.get().created().plus(published))) {
                return false;
            }
            keys.turn(signing.get(), next.get(), now);
            LOG.signingKeyTurned(next.get().kid(), signing.get().kid());
            return true;
        }
        Instant began = signing.get().activated().orElse(signing.get().created());
        if (now.isBefore(began.plus(life).minus(published))) {
            return false;
        }
        create(algorithm, now);
        return true;
    }

    /** Deletes the keys that no living token needs any more; tells how many. */
    @OpenAccess("deletes only what counts no more")
    public int deleteOutlived() {
        List<String> deleted = keys.deleteOutlived(clock.instant().minus(CLOCKS_DIFFER));
        deleted.forEach(LOG::signingKeyDeleted);
        return deleted.size();
    }

    private boolean incomplete(List<SigningKey> found) {
        return Arrays.stream(SigningAlgorithm.values())
                        .anyMatch(algorithm -> of(algorithm, found).stream().noneMatch(SigningKey::signing))
                || found.stream().anyMatch(key -> !sealing.isSealed(key.sealedJwk()));
    }

    private void complete(List<SigningKey> locked) {
        for (SigningKey key : locked) {
            if (!sealing.isSealed(key.sealedJwk())) {
                key.seal(sealing.seal(key.sealedJwk(), place(key.kid())));
                LOG.signingKeySealed(key.kid());
            }
        }
        Instant now = clock.instant();
        for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
            List<SigningKey> all = of(algorithm, locked);
            if (all.stream().noneMatch(SigningKey::signing)) {
                all.stream()
                        .filter(SigningKey::waiting)
                        .findFirst()
                        .orElseGet(() -> create(algorithm, now))
                        .activate(now);
            }
        }
    }

    private static List<SigningKey> of(SigningAlgorithm algorithm, List<SigningKey> keys) {
        return keys.stream()
                .filter(key -> key.algorithm().equals(algorithm.header()))
                .toList();
    }

    private SigningKey create(SigningAlgorithm algorithm, Instant now) {
        String kid = UuidV7.hex(UuidV7.at(now));
        SigningKey key = new SigningKey(
                kid, algorithm.header(), sealing.seal(TokenKey.generate(algorithm, kid), place(kid)), now);
        keys.add(key);
        LOG.signingKeyCreated(kid);
        return key;
    }

    private static String place(String kid) {
        return "signing_key/" + kid;
    }
}
