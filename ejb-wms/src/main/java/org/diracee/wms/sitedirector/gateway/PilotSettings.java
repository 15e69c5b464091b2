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
import java.util.stream.Stream;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.framework.configuration.boundary.Deployment;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;
import org.diracee.wms.sitedirector.control.CeQueue;
import org.diracee.wms.sitedirector.control.ComputingElementFailure;

/** Options of the pilots that our own adapters start, from the section of a computing element or of its queue. */
@ApplicationScoped
public class PilotSettings implements DeclaredOptions {

    private static final DeclaredOption<Path> PILOT_IMAGE = option(
            "PilotImage",
            OptionType.filePath().as(Path::of),
            "Directory of the pilot's image on the server; by default DIRAC_PILOT_IMAGE of the server's environment.");
    private static final DeclaredOption<String> SERVER_URL = option(
            "ServerURL",
            OptionType.url().as(Object::toString),
            "Where pilots report; by default the URL of the installation.");
    private static final DeclaredOption<Path> CA_FILE = option(
            "CAFile",
            OptionType.filePath().as(Path::of),
            "Certificates that pilots trust, on the server; by default DIRAC_CA_FILE of the server's environment.");
    private static final DeclaredOption<Integer> MAX_JOBS =
            option("MaxJobs", OptionType.smallNumber(1), "A pilot ends after so many jobs.");
    private static final DeclaredOption<Long> IDLE_TIMEOUT = option(
            "IdleTimeout",
            OptionType.wholeNumber(0).in("s"),
            "A pilot ends after so long without a job; by default after 60 s.");
    private static final DeclaredOption<String> EXTRA_OPTIONS =
            option("ExtraPilotOptions", OptionType.text(), "More words of the pilot's command line.");
    private static final DeclaredOption<String> CACHE = option(
            "PilotCache",
            OptionType.filePath().as(Object::toString),
            "Directory of the worker node where the pilot's image is kept (CETypes whose worker nodes fetch it); by default TMPDIR.");
    private static final DeclaredOption<String> PREAMBLE = option(
            "Preamble",
            OptionType.text(),
            "Lines of sh that the worker node runs before the pilot (CETypes whose worker nodes fetch its image).");

    private Deployment deployment;

    protected PilotSettings() {} // for the container's proxy

    @Inject
    public PilotSettings(Deployment deployment) {
        this.deployment = deployment;
    }

    /**
     * The directory of the pilot's image.
     *
     * @throws ComputingElementFailure if there is no pilot to start
     */
    Path image(CeQueue queue) {
        Path image = of(queue, PILOT_IMAGE)
                .or(deployment::pilotImage)
                .orElseThrow(() -> new ComputingElementFailure("No pilot image is named: set PilotImage of "
                        + queue.computingElement() + ", or DIRAC_PILOT_IMAGE"))
                .toAbsolutePath();
        Path program = image.resolve(PilotCommand.PROGRAM);
        if (!Files.isExecutable(program)) {
            throw new ComputingElementFailure("There is no pilot to start: " + program + " is no program");
        }
        return image;
    }

    /** Certificates to trust, if not Java's own. */
    Optional<Path> caFile(CeQueue queue) {
        return of(queue, CA_FILE).or(deployment::caFile).map(Path::toAbsolutePath);
    }

    PilotCommand command(CeQueue queue) {
        return new PilotCommand(
                queue,
                queue.isPush() ? Optional.empty() : of(queue, SERVER_URL).or(() -> Optional.of(deployment.publicUrl())),
                queue.isPush() ? Optional.of(1) : of(queue, MAX_JOBS),
                of(queue, IDLE_TIMEOUT),
                Stream.concat(
                                InnerCeSettings.words(queue).stream(),
                                of(queue, EXTRA_OPTIONS).map(PilotSettings::words).orElse(List.of()).stream())
                        .toList());
    }

    /** Where worker nodes keep the image for other pilots. */
    Optional<String> cache(CeQueue queue) {
        return of(queue, CACHE);
    }

    /** What worker nodes do before the pilot. */
    Optional<String> preamble(CeQueue queue) {
        return of(queue, PREAMBLE);
    }

    @Override
    public List<DeclaredOption<?>> options() {
        return List.of(PILOT_IMAGE, SERVER_URL, CA_FILE, MAX_JOBS, IDLE_TIMEOUT, EXTRA_OPTIONS, CACHE, PREAMBLE);
    }

    /** The words of an option that is split at blanks, and in no other way. */
    static List<String> words(String text) {
        return Arrays.stream(text.strip().split("\\s+", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** The option's value for the queue. */
    static <T> Optional<T> of(CeQueue queue, DeclaredOption<T> option) {
        return option.findAmong(queue.options(), "Resources/Sites/" + queue.computingElement());
    }

    /** @throws ComputingElementFailure if it is not given */
    static <T> T needed(CeQueue queue, DeclaredOption<T> option) {
        return of(queue, option)
                .orElseThrow(() -> new ComputingElementFailure(
                        option.path().name() + " of " + queue.computingElement() + " is not given"));
    }

    /** An option without a default. */
    static <T> DeclaredOption<T> option(String name, OptionType<T> type, String meaning) {
        return DeclaredOption.of(path(name), type, meaning, "DIRAC EE");
    }

    /** Where an option of a computing element or of one of its queues stands. */
    static String path(String name) {
        return "Resources/Sites/[{grid}/]{site}/CEs/{ce}/[Queues/{queue}/]" + name;
    }
}
