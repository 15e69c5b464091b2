/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.boundary;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;
import java.time.Instant;
import org.diracee.framework.configuration.entity.ConfigurationRepository;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.configuration.Configuration;
import org.jspecify.annotations.Nullable;

/** Lets clients read the configuration in force: it holds no secrets, and jobs need it as much as people do. */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class ConfigurationReading {

    private static final String HASH_OF_NOTHING = "0".repeat(64);

    private ConfigurationService configuration;
    private ConfigurationRepository revisions;
    private volatile @Nullable CurrentConfiguration known;

    protected ConfigurationReading() {} // for the container's proxy

    @Inject
    public ConfigurationReading(ConfigurationService configuration, ConfigurationRepository revisions) {
        this.configuration = configuration;
        this.revisions = revisions;
    }

    /** The same object as long as the revision stays in force; only a new one is looked up in the database. */
    @Requires(callers = {CallerKind.USER, CallerKind.PILOT, CallerKind.JOB})
    public CurrentConfiguration current(Caller caller) {
        Configuration now = configuration.current();
        CurrentConfiguration last = known;
        if (last == null || last.configuration() != now) {
            last = described(now);
            known = last;
        }
        return last;
    }

    private CurrentConfiguration described(Configuration now) {
        return revisions
                .facts(now.revision())
                .map(facts -> new CurrentConfiguration(now, facts.hash(), facts.created()))
                .orElseGet(() -> new CurrentConfiguration(now, HASH_OF_NOTHING, Instant.EPOCH));
    }
}
