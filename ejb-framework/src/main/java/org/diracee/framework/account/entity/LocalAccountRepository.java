/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.account.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.diracee.framework.schema.boundary.FrameworkUnit;

/** Local accounts and the wrong passwords tried on them. */
@ApplicationScoped
public class LocalAccountRepository {

    private EntityManager entities;

    protected LocalAccountRepository() {} // for the container's proxy

    @Inject
    public LocalAccountRepository(@FrameworkUnit EntityManager entities) {
        this.entities = entities;
    }

    public Optional<String> passwordHash(String vo, String username) {
        @SuppressWarnings("unchecked") // by the result class asked for
        List<String> hashes = entities.createNativeQuery(
                        "select password_hash from framework.local_account where vo = :vo and username = :username",
                        String.class)
                .setParameter("vo", vo)
                .setParameter("username", username)
                .getResultList();
        return hashes.stream().findFirst();
    }

    /** Adds the account; false if there is one of that name, which stays as it is. */
    public boolean add(String vo, String username, String passwordHash, Instant created) {
        return entities.createNativeQuery("""
                                insert into framework.local_account (vo, username, password_hash, created)
                                values (:vo, :username, :hash, :created) on conflict (vo, username) do nothing""")
                        .setParameter("vo", vo)
                        .setParameter("username", username)
                        .setParameter("hash", passwordHash)
                        .setParameter("created", created)
                        .executeUpdate()
                == 1;
    }

    /** Wrong passwords for this name within one log-in. */
    public int failures(String vo, String username, String login) {
        return count("""
                select coalesce(sum(failures), 0) from framework.sign_in_failure
                where vo = :vo and username = :username and user_code = :third""", vo, username, login);
    }

    /** Wrong passwords for this name in all log-ins since then. */
    public int failures(String vo, String username, Instant since) {
        return count("""
                select coalesce(sum(failures), 0) from framework.sign_in_failure
                where vo = :vo and username = :username and last > :third""", vo, username, since);
    }

    public void addFailure(String vo, String username, String login, Instant at) {
        entities.createNativeQuery("""
                        insert into framework.sign_in_failure as f (vo, username, user_code, failures, last)
                        values (:vo, :username, :login, 1, :at) on conflict (vo, username, user_code)
                        do update set failures = f.failures + 1, last = excluded.last""")
                .setParameter("vo", vo)
                .setParameter("username", username)
                .setParameter("login", login)
                .setParameter("at", at)
                .executeUpdate();
    }

    /** Forgets at most this many rows of wrong passwords that are older; tells how many. */
    public int deleteFailuresBefore(Instant before, int limit) {
        return entities.createNativeQuery("""
                        delete from framework.sign_in_failure where ctid in (
                            select ctid from framework.sign_in_failure where last < :before limit :limit
                            for update skip locked)""")
                .setParameter("before", before)
                .setParameter("limit", limit)
                .executeUpdate();
    }

    private int count(String sql, String vo, String username, Object third) {
        Number count = (Number) entities.createNativeQuery(sql)
                .setParameter("vo", vo)
                .setParameter("username", username)
                .setParameter("third", third)
                .getSingleResult();
        return count.intValue();
    }
}
