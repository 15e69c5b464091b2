/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.diracee.framework.configuration.boundary.Revision;

/** One revision of the configuration document; it never changes after it is written. */
@Entity
@Table(name = "configuration_revision")
public class ConfigurationRevision {

    @Id
    private long revision;

    @Column(nullable = false)
    private String document;

    @Column(nullable = false)
    private String hash;

    @Column(nullable = false)
    private String author;

    @Column(nullable = false)
    private String subject;

    @Column(nullable = false)
    private String origin;

    @Column(nullable = false)
    private String message;

    @Column(nullable = false)
    private Instant created;

    protected ConfigurationRevision() {} // for JPA

    public ConfigurationRevision(Revision facts, String document) {
        this.revision = facts.number();
        this.document = document;
        this.hash = facts.hash();
        this.author = facts.author();
        this.subject = facts.subject();
        this.origin = facts.origin();
        this.message = facts.message();
        this.created = facts.created();
    }

    public Revision facts() {
        return new Revision(revision, hash, author, subject, origin, message, created);
    }

    /** The document as {@code .cfg} text. */
    public String document() {
        return document;
    }
}
