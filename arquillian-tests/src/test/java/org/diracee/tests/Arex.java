/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A real A-REX, run by {@code testbed/arc.sh}. It lets in alice of an authority, whoever has an attribute of the VO demo, and tokens of
 * the server.
 */
final class Arex {

    private static final String SCRIPT = "testbed/arc.sh";
    private static final String VO = "demo";

    private final Path directory;
    private final Path authority;
    private final String port;
    private final String queue;
    private final Map<String, String> environment;

    /** @param directory not below one that is closed to the account of the jobs */
    private Arex(
            Path directory,
            Path authority,
            RunningSystem system,
            String port,
            String queue,
            Map<String, String> environment) {
        this.directory = directory;
        this.authority = authority;
        this.port = port;
        this.queue = queue;
        this.environment = new HashMap<>(environment);
        this.environment.putAll(Map.of(
                "ARC_PORT",
                port,
                "ARC_VO",
                VO,
                "ARC_ISSUER",
                system.base().toString(),
                "ARC_ISSUER_CA",
                system.ca().toString()));
    }

    static void install() {
        RunningSystem.run(Map.of(), SCRIPT, "install");
    }

    /** One that runs jobs as processes of this machine. */
    static Arex ofProcesses(Path directory, Path authority, RunningSystem system) {
        return new Arex(directory, authority, system, "20647", "nordugrid-fork-fork", Map.of());
    }

    /** One that hands jobs on to the Slurm of this directory. */
    static Arex overSlurm(Path directory, Path authority, RunningSystem system, Path slurm) {
        return new Arex(
                directory,
                authority,
                system,
                "20648",
                "nordugrid-slurm-debug",
                Map.of(
                        "ARC_SLURM_QUEUE",
                        "debug",
                        "SLURM_CONF",
                        slurm.resolve("slurm.conf").toString()));
    }

    String port() {
        return port;
    }

    void start() {
        run("start", directory.toString(), authority.toString());
    }

    /** Ends its daemons as a power cut would; jobs go on. */
    void kill() {
        run("kill", directory.toString());
    }

    void stop() {
        run("stop", directory.toString());
    }

    private void run(String... arguments) {
        RunningSystem.run(environment, SCRIPT, arguments);
    }

    /**
     * Describes it as the computing element of a site.
     *
     * @param trusted certificates of both sides' authorities
     * @return the options
     */
    Map<String, String> describe(Map<String, String> options, String site, String vo, Path trusted) {
        String path = path(site);
        options.put(path + "CEType", "AREX");
        options.put(path + "Port", port);
        options.put(path + "CAFile", trusted.toString());
        options.put(path + "PilotCache", directory.resolve("tmp").toString());
        String described = path + "Queues/" + queue + "/";
        options.put(described + "CPUTime", "172800");
        options.put(described + "MaxTotalJobs", "2");
        options.put(described + "MaxWaitingJobs", "2");
        options.put(described + "NumberOfProcessors", "1");
        options.put(described + "IdleTimeout", "5");
        options.put(described + "VO", vo);
        options.put(described + "ExtraPilotOptions", "--heartbeat 2 --kill-grace 2");
        return options;
    }

    /** Where the configuration describes it as the computing element of a site. */
    static String path(String site) {
        return "Resources/Sites/DIRAC." + site + ".test/CEs/localhost/";
    }
}
