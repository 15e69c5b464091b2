/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.login.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Optional;
import org.diracee.framework.schema.boundary.FrameworkUnit;

/** Log-ins by the device flow. */
@ApplicationScoped
public class DeviceFlowRepository {

    private EntityManager entities;

    protected DeviceFlowRepository() {} // for the container's proxy

    @Inject
    public DeviceFlowRepository(@FrameworkUnit EntityManager entities) {
        this.entities = entities;
    }

    public void add(DeviceFlow flow) {
        entities.persist(flow);
        entities.flush();
    }

    public Optional<DeviceFlow> find(String userCode) {
        return Optional.ofNullable(entities.find(DeviceFlow.class, userCode));
    }

    /** Finds and locks it, so that it is decided once. */
    public Optional<DeviceFlow> lock(String userCode) {
        return Optional.ofNullable(entities.find(DeviceFlow.class, userCode, LockModeType.PESSIMISTIC_WRITE));
    }

    /** Finds and locks the one with this device code, so that it is exchanged once. */
    public Optional<DeviceFlow> lock(byte[] deviceCodeHash) {
        return entities.createQuery("select f from DeviceFlow f where f.deviceCodeHash = :hash", DeviceFlow.class)
                .setParameter("hash", deviceCodeHash)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream()
                .findFirst();
    }

    /** Deletes at most this many that expired before; tells how many. */
    public int deleteExpiredBefore(Instant before, int limit) {
        return entities.createNativeQuery("""
                        delete from framework.device_flow where user_code in (
                            select user_code from framework.device_flow where expires < :before limit :limit
                            for update skip locked)""")
                .setParameter("before", before)
                .setParameter("limit", limit)
                .executeUpdate();
    }
}
