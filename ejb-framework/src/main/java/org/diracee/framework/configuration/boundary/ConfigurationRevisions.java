/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.boundary;

import static org.diracee.framework.log.boundary.FrameworkLog.LOG;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.diracee.framework.configuration.control.CfgReader;
import org.diracee.framework.configuration.control.CfgWriter;
import org.diracee.framework.configuration.control.Changes;
import org.diracee.framework.configuration.control.ConfigurationDocument;
import org.diracee.framework.configuration.control.ConfigurationValidation;
import org.diracee.framework.configuration.control.HeldConfiguration;
import org.diracee.framework.configuration.control.InvalidConfiguration;
import org.diracee.framework.configuration.control.UnusableConfiguration;
import org.diracee.framework.configuration.entity.ConfigurationRepository;
import org.diracee.framework.configuration.entity.ConfigurationRevision;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.value.Sha256;

/** The revisions of the configuration as the database holds them; used by the server itself. */
@Stateless
public class ConfigurationRevisions {

    private static final String SYSTEM = "system";

    private ConfigurationRepository revisions;
    private ConfigurationValidation validation;
    private Deployment deployment;
    private Clock clock;

    protected ConfigurationRevisions() {} // for the container's proxy

    @Inject
    public ConfigurationRevisions(
            ConfigurationRepository revisions, ConfigurationValidation validation, Deployment deployment, Clock clock) {
        this.revisions = revisions;
        this.validation = validation;
        this.deployment = deployment;
        this.clock = clock;
    }

    /** The revision in force, if it is newer than the given one. */
    @OpenAccess("read by the server itself")
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public Optional<HeldConfiguration> newerThan(long revision) {
        long latest = revisions.latestRevision();
        return latest <= revision ? Optional.empty() : find(latest);
    }

    @OpenAccess("read by the server itself")
    public Optional<HeldConfiguration> find(long revision) {
        return revisions.revision(revision).map(found -> HeldConfiguration.read(found.facts(), found.document()));
    }

    /** The number of the revision in force, which no other transaction changes until this one ends. */
    @OpenAccess("used by the service that checks the caller")
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public long lock() {
        revisions.lockRevisions();
        return revisions.latestRevision();
    }

    /** Adds a revision to the locked ones. */
    @OpenAccess("used by the service that checks the caller")
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public HeldConfiguration add(
            long number, ConfigurationDocument document, Authorship authorship, List<Change> changes) {
        String text = CfgWriter.write(document);
        Revision revision = new Revision(
                number,
                hash(number, text),
                authorship.author(),
                authorship.subject(),
                authorship.origin(),
                authorship.message(),
                clock.instant());
        revisions.add(new ConfigurationRevision(revision, text), changes);
        return new HeldConfiguration(revision, document);
    }

    /**
     * Stores the seed document as first revision if there is none yet; of nodes that start together one does it.
     *
     * @throws InvalidConfiguration if the seed cannot be read or is no configuration document
     * @throws UnusableConfiguration if a value in it cannot stand there
     */
    @OpenAccess("done by the server itself when it starts")
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void seed() {
        Optional<Path> seed = deployment.configurationSeed();
        if (lock() > 0) {
            return;
        }
        if (seed.isEmpty()) {
            LOG.configurationEmpty();
            return;
        }
        ConfigurationDocument document;
        try {
            document = CfgReader.read(Files.readString(seed.get()));
        } catch (IOException unreadable) {
            throw new InvalidConfiguration("the seed " + seed.get() + " cannot be read: " + unreadable);
        }
        List<Change> changes = Changes.between(ConfigurationDocument.empty(), document);
        validation
                .accepted(ConfigurationDocument.empty().snapshot(0), document.snapshot(1), changes)
                .forEach(warning -> LOG.configurationDoubtful(warning.path(), warning.message()));
        add(
                1,
                document,
                new Authorship(
                        SYSTEM,
                        SYSTEM,
                        deployment.node(),
                        "Seeded from " + seed.get().getFileName()),
                changes);
        LOG.configurationSeeded(1, seed.get().toString());
    }

    /** Changes with every revision, also when an old document comes back. */
    private static String hash(long revision, String document) {
        return Sha256.hex(revision + "\n" + document);
    }

    /** Who makes a revision, from where and why. */
    public record Authorship(String author, String subject, String origin, String message) {}
}
