/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.diracee.framework.schema.boundary.SqlStatement;
import org.diracee.wms.schema.boundary.WmsUnit;
import org.hibernate.Session;

/** Packed images of the pilot as stored, in parts. */
@ApplicationScoped
public class PilotImageRepository {

    private EntityManager entities;

    protected PilotImageRepository() {} // for the container's proxy

    @Inject
    public PilotImageRepository(@WmsUnit EntityManager entities) {
        this.entities = entities;
    }

    /** Notes that the image is used. False: it is not stored. */
    public boolean use(String sha256, Instant now) {
        return statement("update wms.pilot_image set used = ? where sha256 = ?")
                        .instant(now)
                        .text(sha256)
                        .run()
                > 0;
    }

    /** Stores a part, unless it is there. */
    public void add(String sha256, int part, byte[] bytes, Instant now) {
        entities.createNativeQuery(
                        "insert into wms.pilot_image (sha256, part, bytes, used) values (:sha256, :part, :bytes, :used) on conflict do nothing")
                .setParameter("sha256", sha256)
                .setParameter("part", part)
                .setParameter("bytes", bytes)
                .setParameter("used", now)
                .executeUpdate();
    }

    public boolean has(String sha256) {
        return !statement("select part from wms.pilot_image where sha256 = ? and part = 0")
                .text(sha256)
                .rows(row -> row.integer("part"))
                .isEmpty();
    }

    /** A part, counted from 0; none behind the last. */
    public Optional<byte[]> part(String sha256, int part) {
        List<?> found = entities.createNativeQuery(
                        "select bytes from wms.pilot_image where sha256 = :sha256 and part = :part", byte[].class)
                .setParameter("sha256", sha256)
                .setParameter("part", part)
                .getResultList();
        return found.stream().map(byte[].class::cast).findFirst();
    }

    /** Forgets the images that were last used before. */
    public void forget(Instant before) {
        statement("delete from wms.pilot_image where used < ?").instant(before).run();
    }

    private SqlStatement statement(String sql) {
        return new SqlStatement(entities.unwrap(Session.class), sql);
    }
}
