/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.exchange.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import org.diracee.framework.schema.boundary.FrameworkUnit;

/** The assertions that clients have used, as long as they could be used again. */
@ApplicationScoped
public class UsedAssertionRepository {

    private EntityManager entities;

    protected UsedAssertionRepository() {} // for the container's proxy

    @Inject
    public UsedAssertionRepository(@FrameworkUnit EntityManager entities) {
        this.entities = entities;
    }

    /** Notes the assertion; false if it was noted before, be it by another node. */
    public boolean add(String client, String jtiHash, Instant expires) {
        return entities.createNativeQuery("""
                                insert into framework.client_assertion (client, jti_hash, expires)
                                values (:client, :hash, :expires) on conflict do nothing""")
                        .setParameter("client", client)
                        .setParameter("hash", jtiHash)
                        .setParameter("expires", expires)
                        .executeUpdate()
                == 1;
    }

    /** Deletes at most this many that expired before; tells how many. */
    public int deleteExpiredBefore(Instant before, int limit) {
        return entities.createNativeQuery("""
                        delete from framework.client_assertion where (client, jti_hash) in (
                            select client, jti_hash from framework.client_assertion where expires < :before
                            limit :limit for update skip locked)""")
                .setParameter("before", before)
                .setParameter("limit", limit)
                .executeUpdate();
    }
}
