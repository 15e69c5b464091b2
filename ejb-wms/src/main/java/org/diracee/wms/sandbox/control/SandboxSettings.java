/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.InvalidOption;

/** Options of the sandbox store, under {@code Systems/WorkloadManagement/Services/SandboxStore}. */
@ApplicationScoped
public class SandboxSettings {

    private static final String SECTION = "Systems/WorkloadManagement/Services/SandboxStore/";
    private static final String AGENT = "Systems/WorkloadManagement/Agents/SandboxCleaningAgent/";
    private static final long MEBIBYTE = 1024L * 1024;
    private static final long DEFAULT_MAX_MIB = 100;
    private static final long DEFAULT_DELAY_DAYS = 15;
    private static final long DEFAULT_BATCH = 500;
    private static final long DEFAULT_PERIOD = 600;

    private ConfigurationService configuration;

    protected SandboxSettings() {} // for the container's proxy

    @Inject
    public SandboxSettings(ConfigurationService configuration) {
        this.configuration = configuration;
    }

    /** {@code MaxSandboxSizeMiB}: largest archive that is taken, in bytes here. Default 100 MiB. */
    public long maxBytes() {
        return number("MaxSandboxSizeMiB", DEFAULT_MAX_MIB) * MEBIBYTE;
    }

    /**
     * {@code BasePath}: directory of the archives; a relative one lies in the server's data directory. With several nodes it
     * is shared by them. Default {@code sandboxes}.
     */
    public Path basePath() {
        Path given = Path.of(snapshot().option(SECTION + "BasePath").orElse("sandboxes"));
        return given.isAbsolute() ? given : dataDirectory().resolve(given);
    }

    /** {@code CleanUpDelayDays}: how long a sandbox stays that is assigned to nothing and not read. Default 15 days. */
    public Duration cleanUpDelay() {
        return Duration.ofDays(number("CleanUpDelayDays", DEFAULT_DELAY_DAYS));
    }

    /** {@code CleanUpBatch}: most sandboxes looked at in one cycle of cleaning. Default 500. */
    public int cleanUpBatch() {
        return (int) Math.min(Integer.MAX_VALUE, number("CleanUpBatch", DEFAULT_BATCH));
    }

    /** {@code PollingTime} of the agent, in seconds: pause between two cycles of cleaning. Default 600 s. */
    public Duration cleaningPeriod(Configuration snapshot) {
        return Duration.ofSeconds(number(snapshot, AGENT + "PollingTime", DEFAULT_PERIOD));
    }

    private long number(String option, long standard) {
        return number(snapshot(), SECTION + option, standard);
    }

    private static long number(Configuration snapshot, String path, long standard) {
        return snapshot.option(path).map(text -> positive(path, text)).orElse(standard);
    }

    private static long positive(String path, String text) {
        try {
            long number = Long.parseLong(text.strip());
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // told below
        }
        throw new InvalidOption(path, text, "a positive whole number");
    }

    private static Path dataDirectory() {
        return Path.of(System.getProperty("jboss.server.data.dir", System.getProperty("java.io.tmpdir")));
    }

    private Configuration snapshot() {
        return configuration.current();
    }
}
