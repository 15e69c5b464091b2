/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import org.diracee.framework.schema.boundary.FrameworkUnit;

/** The issuer's keys in the database. */
@ApplicationScoped
public class SigningKeyRepository {

    private EntityManager entities;

    protected SigningKeyRepository() {} // for the container's proxy

    @Inject
    public SigningKeyRepository(@FrameworkUnit EntityManager entities) {
        this.entities = entities;
    }

    /** Keeps other transactions from making a key until this one ends. */
    public void lock() {
        entities.createNativeQuery("select cast(pg_advisory_xact_lock(hashtext('dirac.signing-key')) as text)")
                .getResultList();
    }

    /** All keys, the newest first. */
    public List<SigningKey> all() {
        return entities.createQuery("select k from SigningKey k order by k.created desc", SigningKey.class)
                .getResultList();
    }

    public void add(SigningKey key) {
        entities.persist(key);
    }
}
