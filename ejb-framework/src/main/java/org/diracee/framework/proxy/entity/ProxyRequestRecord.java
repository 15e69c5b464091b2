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

/** A key pair that was made for a user's proxy and waits for its chain; deleted when that comes, or when its time is over. */
@Entity
@Table(name = "proxy_request")
public class ProxyRequestRecord {

    @Id
    private UUID id;

    @Column(nullable = false)
    private String vo;

    @Column(nullable = false)
    private String subject;

    @Column(name = "sealed_key", nullable = false, columnDefinition = "text")
    private String sealedKey;

    @Column(nullable = false)
    private Instant expires;

    protected ProxyRequestRecord() {} // for JPA

    public ProxyRequestRecord(UUID id, String vo, String subject, String sealedKey, Instant expires) {
        this.id = id;
        this.vo = vo;
        this.subject = subject;
        this.sealedKey = sealedKey;
        this.expires = expires;
    }

    public String sealedKey() {
        return sealedKey;
    }

    /** Whether this user asked and may still bring the chain. */
    public boolean isOpenFor(String askedVo, String askedSubject, Instant now) {
        return vo.equals(askedVo) && subject.equals(askedSubject) && now.isBefore(expires);
    }
}
