/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;

/** Options of the sandbox store, under {@code Systems/WorkloadManagement/Services/SandboxStore}. */
@ApplicationScoped
public class SandboxSettings implements DeclaredOptions {

    private static final String SECTION = "Systems/WorkloadManagement/Services/SandboxStore/";

    private static final DeclaredOption<String> BACKEND = DeclaredOption.of(
            SECTION + "Backend",
            OptionType.choice("directory", "S3"),
            "directory",
            "Where the archives lie: in BasePath, through this server, or in the bucket that the section S3 describes,"
                    + " to which clients send them and from which they fetch them themselves.",
            "DIRAC EE");
    private static final DeclaredOption<Long> MAX_SIZE = DeclaredOption.of(
            SECTION + "MaxSandboxSizeMiB",
            OptionType.size("MiB", 1024L * 1024, 1),
            "100",
            "The largest archive that is taken.",
            "DIRAC EE");
    private static final DeclaredOption<String> BASE_PATH = DeclaredOption.of(
            SECTION + "BasePath",
            OptionType.filePath(),
            "sandboxes",
            "Directory of the archives, shared by all nodes; a relative one lies in the server's data directory.",
            "WMS reference 12");
    private static final DeclaredOption<Duration> CLEAN_UP_DELAY = DeclaredOption.of(
            SECTION + "CleanUpDelayDays",
            OptionType.duration(ChronoUnit.DAYS, 1),
            "15",
            "How long a sandbox stays that is assigned to nothing and not read.",
            "WMS reference 12");
    private static final DeclaredOption<Integer> CLEAN_UP_BATCH = DeclaredOption.of(
            SECTION + "CleanUpBatch",
            OptionType.smallNumber(1),
            "500",
            "The most sandboxes looked at in one cycle of cleaning.",
            "DIRAC EE");
    private static final DeclaredOption<Duration> POLLING_TIME = DeclaredOption.of(
            "Systems/WorkloadManagement/Agents/SandboxCleaningAgent/PollingTime",
            OptionType.seconds(1),
            "600",
            "Pause between two cycles.",
            "DIRAC EE");

    private ConfigurationService configuration;

    protected SandboxSettings() {} // for the container's proxy

    @Inject
    public SandboxSettings(ConfigurationService configuration) {
        this.configuration = configuration;
    }

    /** Whether archives lie in an S3 store. */
    static boolean isS3(Configuration configuration) {
        return BACKEND.read(configuration).equals("S3");
    }

    /** The kind of the store. */
    public String backend() {
        return BACKEND.read(snapshot());
    }

    /** The largest archive that is taken, in bytes. */
    public long maxBytes() {
        return MAX_SIZE.read(snapshot());
    }

    /** Directory of the archives; with several nodes it is shared by them. */
    public Path basePath() {
        Path given = Path.of(BASE_PATH.read(snapshot()));
        return given.isAbsolute() ? given : dataDirectory().resolve(given);
    }

    /** How long a sandbox stays that is assigned to nothing and not read. */
    public Duration cleanUpDelay() {
        return CLEAN_UP_DELAY.read(snapshot());
    }

    /** The most sandboxes looked at in one cycle of cleaning. */
    public int cleanUpBatch() {
        return CLEAN_UP_BATCH.read(snapshot());
    }

    /** The pause between two cycles of cleaning. */
    public Duration cleaningPeriod(Configuration snapshot) {
        return POLLING_TIME.read(snapshot);
    }

    @Override
    public List<DeclaredOption<?>> options() {
        return List.of(BACKEND, MAX_SIZE, BASE_PATH, CLEAN_UP_DELAY, CLEAN_UP_BATCH, POLLING_TIME);
    }

    private static Path dataDirectory() {
        return Path.of(System.getProperty("jboss.server.data.dir", System.getProperty("java.io.tmpdir")));
    }

    private Configuration snapshot() {
        return configuration.current();
    }
}
