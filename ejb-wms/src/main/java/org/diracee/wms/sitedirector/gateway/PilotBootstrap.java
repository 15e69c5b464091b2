/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import org.diracee.wms.sitedirector.control.CeQueue;
import org.diracee.wms.sitedirector.control.ComputingElementFailure;
import org.diracee.wms.sitedirector.control.PilotLaunch;

/**
 * Writes the script that starts a pilot on a worker node which shares no file system with the server: it finds or fetches the
 * pilot's image and becomes the pilot. It holds all but the secret, which lies in the file {@link #SECRET} in the directory
 * where it is run, or beside the script.
 */
@ApplicationScoped
public class PilotBootstrap {

    /** The name of the file with the secret, as it is brought to the worker node. */
    static final String SECRET = "dirac-pilot-secret";

    /** The exit code of the script when it started no pilot. */
    static final int NOT_STARTED = 125;

    private static final String SCRIPT = "pilot-bootstrap.sh";

    private PilotSettings settings;
    private PackedImages images;

    protected PilotBootstrap() {} // for the container's proxy

    @Inject
    public PilotBootstrap(PilotSettings settings, PackedImages images) {
        this.settings = settings;
        this.images = images;
    }

    /**
     * The script for this pilot; the secret is not in it.
     *
     * @throws ComputingElementFailure if there is no pilot to start
     */
    String script(CeQueue queue, PilotLaunch pilot) {
        PackedImage image = images.of(queue);
        PilotCommand command = settings.command(queue);
        String words = command.words(pilot).stream().map(PilotBootstrap::quoted).collect(Collectors.joining(" "));
        return "#!/bin/sh\n"
                + "# Starts pilot " + pilot.stamp() + " of DIRAC EE\n"
                + settings.preamble(queue).map(lines -> lines + "\n").orElse("")
                + assigned("url", command.server().orElseThrow() + "/api/pilots/image/" + image.sha256())
                + assigned("sha256", image.sha256())
                + assigned("contents", image.contents())
                + assigned("cache", settings.cache(queue).orElse(""))
                + assigned(
                        "ca", settings.caFile(queue).map(PilotBootstrap::text).orElse(""))
                + assigned("secret", SECRET)
                + "set -- " + words + "\n"
                + body();
    }

    private static String assigned(String name, String value) {
        return name + "=" + quoted(value) + "\n";
    }

    /** As one word of a POSIX shell, whatever is in it. */
    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException unreadable) {
            throw new ComputingElementFailure(
                    "The certificates " + file + " cannot be read: " + unreadable, unreadable);
        }
    }

    private static String body() {
        try (InputStream text = Optional.ofNullable(PilotBootstrap.class.getResourceAsStream(SCRIPT))
                .orElseThrow(() -> new IllegalStateException("There is no " + SCRIPT))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
