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

/** One revision of the configuration document; it never changes after it is written. */
@Entity
@Table(name = "configuration_revision")
public class ConfigurationRevision {

    @Id
    private long revision;

    @Column(nullable = false)
    private String document;

    @Column(nullable = false)
    private String author;

    @Column(nullable = false)
    private String message;

    @Column(nullable = false)
    private Instant created;

    protected ConfigurationRevision() {} // for JPA

    public ConfigurationRevision(long revision, String document, String author, String message, Instant created) {
        this.revision = revision;
        this.document = document;
        this.author = author;
        this.message = message;
        this.created = created;
    }

    public long revision() {
        return revision;
    }

    /** The document as {@code .cfg} text. */
    public String document() {
        return document;
    }

    public String author() {
        return author;
    }

    public String message() {
        return message;
    }

    public Instant created() {
        return created;
    }
}
