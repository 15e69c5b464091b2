/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.framework.configuration.boundary.Deployment;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;
import org.diracee.wms.sitedirector.control.CeQueue;
import org.diracee.wms.sitedirector.control.ComputingElementFailure;

/** Options of a Local computing element, from its section or its queue's, and facts of this deployment. */
@ApplicationScoped
public class LocalSettings implements DeclaredOptions {

    private static final DeclaredOption<Path> PILOT_IMAGE = option(
            "PilotImage",
            OptionType.filePath().as(Path::of),
            "Directory of the pilot's image (CEType Local); by default DIRAC_PILOT_IMAGE of the server's environment.");
    private static final DeclaredOption<String> SERVER_URL = option(
            "ServerURL",
            OptionType.url().as(Object::toString),
            "Where pilots report (CEType Local); by default the URL of the installation.");
    private static final DeclaredOption<Path> CA_FILE = option(
            "CAFile",
            OptionType.filePath().as(Path::of),
            "Certificates that pilots trust (CEType Local); by default DIRAC_CA_FILE of the server's environment.");
    private static final DeclaredOption<Path> WORK_DIRECTORY = DeclaredOption.of(
            path("WorkDirectory"),
            OptionType.filePath().as(Path::of),
            "pilots",
            "Where pilots get their directories (CEType Local); a relative one lies in the server's data directory.",
            "WMS reference 11.3");
    private static final DeclaredOption<Integer> MAX_JOBS =
            option("MaxJobs", OptionType.smallNumber(1), "A pilot ends after so many jobs (CEType Local).");
    private static final DeclaredOption<Long> IDLE_TIMEOUT = option(
            "IdleTimeout",
            OptionType.wholeNumber(0).in("s"),
            "A pilot ends after so long without a job (CEType Local); by default after 60 s.");
    private static final DeclaredOption<String> EXTRA_OPTIONS =
            option("ExtraPilotOptions", OptionType.text(), "More words of the pilot's command line (CEType Local).");

    private Deployment deployment;

    protected LocalSettings() {} // for the container's proxy

    @Inject
    public LocalSettings(Deployment deployment) {
        this.deployment = deployment;
    }

    /**
     * What to start.
     *
     * @throws ComputingElementFailure if there is no pilot to start
     */
    PilotCommand command(CeQueue queue) {
        Path image = of(queue, PILOT_IMAGE)
                .or(deployment::pilotImage)
                .orElseThrow(() -> new ComputingElementFailure("No pilot image is named: set PilotImage of "
                        + queue.computingElement() + ", or DIRAC_PILOT_IMAGE"));
        Path program = image.resolve("bin/dirac-pilot").toAbsolutePath();
        if (!Files.isExecutable(program)) {
            throw new ComputingElementFailure("There is no pilot to start: " + program + " is no program");
        }
        Optional<Path> caFile = of(queue, CA_FILE).or(deployment::caFile).map(Path::toAbsolutePath);
        List<String> extra = of(queue, EXTRA_OPTIONS)
                .map(words -> Arrays.stream(words.strip().split("\\s+", -1))
                        .filter(word -> !word.isEmpty())
                        .toList())
                .orElse(List.of());
        return new PilotCommand(
                queue,
                program,
                of(queue, SERVER_URL).orElseGet(deployment::publicUrl),
                caFile,
                of(queue, MAX_JOBS),
                of(queue, IDLE_TIMEOUT),
                extra);
    }

    /** Where pilots get their directories. */
    Path workDirectory(CeQueue queue) {
        Path given = of(queue, WORK_DIRECTORY).or(WORK_DIRECTORY::standardValue).orElseThrow();
        Path base = given.isAbsolute()
                ? given
                : Path.of(System.getProperty("jboss.server.data.dir", System.getProperty("java.io.tmpdir")))
                        .resolve(given);
        return base.resolve(queue.slot().site().text())
                .resolve(queue.slot().computingElement())
                .toAbsolutePath();
    }

    @Override
    public List<DeclaredOption<?>> options() {
        return List.of(PILOT_IMAGE, SERVER_URL, CA_FILE, WORK_DIRECTORY, MAX_JOBS, IDLE_TIMEOUT, EXTRA_OPTIONS);
    }

    private static <T> Optional<T> of(CeQueue queue, DeclaredOption<T> option) {
        return option.findAmong(queue.options(), "Resources/Sites/" + queue.computingElement());
    }

    private static <T> DeclaredOption<T> option(String name, OptionType<T> type, String meaning) {
        return DeclaredOption.of(path(name), type, meaning, "DIRAC EE");
    }

    private static String path(String name) {
        return "Resources/Sites/[{grid}/]{site}/CEs/{ce}/[Queues/{queue}/]" + name;
    }
}
