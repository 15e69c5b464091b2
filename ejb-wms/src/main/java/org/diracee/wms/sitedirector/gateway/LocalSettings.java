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
import org.diracee.framework.configuration.boundary.Deployment;
import org.diracee.wms.sitedirector.control.CeQueue;
import org.diracee.wms.sitedirector.control.ComputingElementFailure;

/** Options of a Local computing element, from its section or its queue's, and facts of this deployment. */
@ApplicationScoped
public class LocalSettings {

    private Deployment deployment;

    protected LocalSettings() {} // for the container's proxy

    @Inject
    public LocalSettings(Deployment deployment) {
        this.deployment = deployment;
    }

    /**
     * What to start.
     *
     * <p>{@code PilotImage} (else {@code DIRAC_PILOT_IMAGE} of the environment): directory of the pilot's image.
     * {@code ServerURL}: where pilots report, by default the public URL. {@code CAFile} (else {@code DIRAC_CA_FILE}):
     * certificates they trust. {@code MaxJobs}, {@code IdleTimeout} (s), {@code ExtraPilotOptions}: handed on.
     *
     * @throws ComputingElementFailure if there is no pilot to start
     */
    PilotCommand command(CeQueue queue) {
        Path image = queue.option("PilotImage")
                .map(Path::of)
                .or(deployment::pilotImage)
                .orElseThrow(() -> new ComputingElementFailure("No pilot image is named: set PilotImage of "
                        + queue.computingElement() + ", or DIRAC_PILOT_IMAGE"));
        Path program = image.resolve("bin/dirac-pilot").toAbsolutePath();
        if (!Files.isExecutable(program)) {
            throw new ComputingElementFailure("There is no pilot to start: " + program + " is no program");
        }
        Optional<Path> caFile =
                queue.option("CAFile").map(Path::of).or(deployment::caFile).map(Path::toAbsolutePath);
        List<String> extra = queue.option("ExtraPilotOptions")
                .map(words -> Arrays.stream(words.strip().split("\\s+", -1))
                        .filter(word -> !word.isEmpty())
                        .toList())
                .orElse(List.of());
        return new PilotCommand(
                queue, program, queue.option("ServerURL").orElseGet(deployment::publicUrl), caFile, extra);
    }

    /** {@code WorkDirectory}: where pilots get their directories. By default in the server's data directory. */
    Path workDirectory(CeQueue queue) {
        Path given = Path.of(queue.option("WorkDirectory").orElse("pilots"));
        Path base = given.isAbsolute()
                ? given
                : Path.of(System.getProperty("jboss.server.data.dir", System.getProperty("java.io.tmpdir")))
                        .resolve(given);
        return base.resolve(queue.slot().site().text())
                .resolve(queue.slot().computingElement())
                .toAbsolutePath();
    }
}
