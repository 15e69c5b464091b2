/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import org.diracee.framework.schema.boundary.FrameworkUnit;

/** Keeps signing keys. */
@ApplicationScoped
public class SigningKeyRepository {

    private EntityManager entities;

    protected SigningKeyRepository() {} // for the container's proxy

    @Inject
    public SigningKeyRepository(@FrameworkUnit EntityManager entities) {
        this.entities = entities;
    }

    /** Keeps other transactions from making or turning keys until this one ends. */
    public void lock() {
        entities.createNativeQuery("select cast(pg_advisory_xact_lock(hashtext('dirac.signing-key')) as text)")
                .getResultList();
    }

    /** All keys, the newest first. */
    public List<SigningKey> all() {
        return entities.createQuery("select k from SigningKey k order by k.created desc, k.kid desc", SigningKey.class)
                .getResultList();
    }

    public void add(SigningKey key) {
        entities.persist(key);
    }

    /** Retires the one and then activates the other: at no moment may two sign. */
    public void turn(SigningKey signing, SigningKey next, Instant at) {
        signing.retire(at);
        entities.flush();
        next.activate(at);
    }

    /** Notes that the key signs a token that lives so long; false if the key has been deleted. */
    public boolean cover(String kid, Instant expiry) {
        return entities.createNativeQuery("""
                        update framework.signing_key set last_expiry = greatest(last_expiry, :expiry) where kid = :kid""")
                        .setParameter("expiry", expiry)
                        .setParameter("kid", kid)
                        .executeUpdate()
                == 1;
    }

    /** Deletes the keys that have retired and all of whose tokens expired before; tells which. */
    @SuppressWarnings("unchecked")
    public List<String> deleteOutlived(Instant before) {
        return entities.createNativeQuery("""
                        delete from framework.signing_key
                        where retired is not null and not signing and last_expiry < :before returning kid""", String.class)
                .setParameter("before", before)
                .getResultList();
    }
}
