/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.diracee.wms.sandbox.boundary.SandboxPfn;

/**
 * An archive in the store. Its row appears once the bytes are durable, or for a foreign store with the announcement, and
 * goes when nothing was assigned to it and nobody read it for a while.
 */
@Entity
@Table(name = "sandbox")
public class Sandbox {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @Column(name = "se_name")
    private String seName;

    private String pfn;
    private String vo;
    private String owner;

    @Column(name = "owner_group")
    private String ownerGroup;

    private long bytes;
    private boolean arrived;
    private Instant registered;

    @Column(name = "last_access")
    private Instant lastAccess;

    protected Sandbox() {} // for JPA; rows are made by SandboxRepository.register

    public Long id() {
        return id;
    }

    public SandboxPfn pfn() {
        return SandboxPfn.parse(pfn);
    }

    /** Size of the archive. */
    public long bytes() {
        return bytes;
    }

    /** Whether its bytes lie in the store; else they are only announced. */
    public boolean hasArrived() {
        return arrived;
    }

    public Instant lastAccess() {
        return lastAccess;
    }

    @Override
    public String toString() {
        return seName + "|" + pfn + " of " + owner + " (" + ownerGroup + ", " + vo + ") since " + registered;
    }
}
