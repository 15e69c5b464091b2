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
import java.time.Instant;
import java.util.List;
import org.diracee.framework.token.control.TokenKey;
import org.diracee.framework.token.control.UuidV7;
import org.diracee.framework.token.entity.SigningKey;
import org.diracee.framework.token.entity.SigningKeyRepository;
import org.diracee.kernel.access.OpenAccess;

/** Keeps the issuer's keys in the database, where every node finds the same ones. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class SigningKeyStore {

    private static final String ED25519 = "Ed25519";

    private SigningKeyRepository keys;
    private Clock clock;

    protected SigningKeyStore() {} // for the container's proxy

    @Inject
    public SigningKeyStore(SigningKeyRepository keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** All keys, the newest first; makes the first one if there is none, once for all nodes. */
    @OpenAccess("used by the server itself; private parts do not leave it")
    public List<TokenKey> load() {
        List<SigningKey> found = keys.all();
        if (found.stream().noneMatch(SigningKey::signing)) {
            keys.lock();
            found = keys.all();
            if (found.stream().noneMatch(SigningKey::signing)) {
                create();
                found = keys.all();
            }
        }
        return found.stream()
                .map(key -> TokenKey.read(key.kid(), key.signing(), key.privateJwk()))
                .toList();
    }

    private void create() {
        Instant now = clock.instant();
        String kid = UuidV7.hex(UuidV7.at(now));
        keys.add(new SigningKey(kid, ED25519, TokenKey.generate(kid), now));
        LOG.signingKeyCreated(kid);
    }
}
