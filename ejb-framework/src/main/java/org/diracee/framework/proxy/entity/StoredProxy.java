/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.proxy.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A proxy that a user entrusted to the server, one for each certificate in each VO; a longer one takes the place of a shorter. */
@Entity
@Table(name = "stored_proxy")
public class StoredProxy {

    @Id
    private UUID id;

    @Column(nullable = false)
    private String vo;

    @Column(nullable = false)
    private String dn;

    @Column(nullable = false)
    private String subject;

    @Column(nullable = false, columnDefinition = "text")
    private String sealed;

    @Column(nullable = false)
    private Instant stored;

    @Column(nullable = false)
    private Instant expires;

    @Column(nullable = false)
    private int warned;

    protected StoredProxy() {} // for JPA

    public StoredProxy(UUID id, String vo, String dn, String subject, String sealed, Instant stored, Instant expires) {
        this.id = id;
        this.vo = vo;
        this.dn = dn;
        this.subject = subject;
        this.sealed = sealed;
        this.stored = stored;
        this.expires = expires;
    }

    public UUID id() {
        return id;
    }

    public String vo() {
        return vo;
    }

    /** The name in the person's certificate. */
    public String dn() {
        return dn;
    }

    public String subject() {
        return subject;
    }

    /** Private key and chain. */
    public String sealed() {
        return sealed;
    }

    public Instant stored() {
        return stored;
    }

    public Instant expires() {
        return expires;
    }

    /** How many days before the end the last warning was; 0 if there was none. */
    public int warned() {
        return warned;
    }

    public void warn(int days) {
        warned = days;
    }
}
