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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.diracee.framework.configuration.control.ConfigurationDocument;
import org.diracee.framework.configuration.control.InvalidConfiguration;
import org.diracee.framework.configuration.entity.ConfigurationRepository;
import org.diracee.framework.configuration.entity.ConfigurationRevision;
import org.diracee.framework.configuration.entity.RevisionFacts;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.configuration.Configuration;

/** The revisions of the configuration as the database holds them. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class ConfigurationRevisions {

    private ConfigurationRepository revisions;
    private Deployment deployment;
    private Clock clock;

    protected ConfigurationRevisions() {} // for the container's proxy

    @Inject
    public ConfigurationRevisions(ConfigurationRepository revisions, Deployment deployment, Clock clock) {
        this.revisions = revisions;
        this.deployment = deployment;
        this.clock = clock;
    }

    /** The revision in force, if it is newer than the given one. */
    @OpenAccess("read by the server itself")
    public Optional<Configuration> newerThan(long revision) {
        long latest = revisions.latestRevision();
        return latest <= revision
                ? Optional.empty()
                : revisions.revision(latest).map(found -> ConfigurationDocument.parse(latest, found.document()));
    }

    /**
     * Stores the seed document as first revision if there is none yet; of nodes that start together one does it.
     *
     * @throws InvalidConfiguration if the seed cannot be read or is no configuration document
     */
    @OpenAccess("done by the server itself when it starts")
    public void seed() {
        Optional<Path> seed = deployment.configurationSeed();
        revisions.lockRevisions();
        if (revisions.latestRevision() > 0) {
            return;
        }
        if (seed.isEmpty()) {
            LOG.configurationEmpty();
            return;
        }
        String document;
        try {
            document = Files.readString(seed.get());
        } catch (IOException unreadable) {
            throw new InvalidConfiguration("the seed " + seed.get() + " cannot be read: " + unreadable);
        }
        ConfigurationDocument.parse(1, document);
        RevisionFacts facts =
                new RevisionFacts(1, hash(1, document), "system", "system", "", "Seeded", clock.instant());
        revisions.add(new ConfigurationRevision(facts, document), List.of());
        LOG.configurationSeeded(1, seed.get().toString());
    }

    /** Changes with every revision, also when an old document comes back. */
    private static String hash(long revision, String document) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((revision + "\n").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(document.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
