/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.inner;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.diracee.pilot.process.SearchPath;

/**
 * The inner computing element that the command line asks for.
 *
 * @param binds what payloads see of the worker node besides
 * @param containerRoot the image for Apptainer
 * @param containerOptions more words for Apptainer
 */
public record InnerCeWish(Kind kind, List<Bind> binds, Optional<String> containerRoot, List<String> containerOptions) {

    /** What can be asked for. */
    public enum Kind {
        AUTO,
        IN_PROCESS,
        BUBBLEWRAP,
        APPTAINER;

        /** Reads a name, whatever its case; {@code Singularity} is what DIRAC calls Apptainer. */
        public static Optional<Kind> of(String name) {
            return switch (name.toLowerCase(Locale.ROOT)) {
                case "auto" -> Optional.of(AUTO);
                case "inprocess" -> Optional.of(IN_PROCESS);
                case "bubblewrap" -> Optional.of(BUBBLEWRAP);
                case "apptainer", "singularity" -> Optional.of(APPTAINER);
                default -> Optional.empty();
            };
        }
    }

    public InnerCeWish {
        binds = List.copyOf(binds);
        containerOptions = List.copyOf(containerOptions);
    }

    /**
     * Finds what works here.
     *
     * @throws InnerCeUnusable if what is wanted does not; for {@code auto}, which then takes none, only if a bind is refused
     */
    public Found find(SearchPath path, InnerCeSurroundings surroundings) throws InnerCeUnusable {
        if (kind != Kind.IN_PROCESS) {
            surroundings.check(binds);
        }
        return switch (kind) {
            case IN_PROCESS -> new Found(new InProcess(), Optional.empty());
            case BUBBLEWRAP -> new Found(surroundings.bubblewrap(path, binds), Optional.empty());
            case APPTAINER -> new Found(apptainer(path, surroundings), Optional.empty());
            case AUTO -> automatic(path, surroundings);
        };
    }

    private Found automatic(SearchPath path, InnerCeSurroundings surroundings) {
        List<String> missed = new ArrayList<>();
        if (containerRoot.isPresent()) {
            try {
                return new Found(apptainer(path, surroundings), Optional.empty());
            } catch (InnerCeUnusable none) {
                missed.add(String.valueOf(none.getMessage()));
            }
        }
        InnerCe found = new InProcess();
        try {
            found = surroundings.bubblewrap(path, binds);
        } catch (InnerCeUnusable none) {
            missed.add(String.valueOf(none.getMessage()));
        }
        return new Found(found, missed.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", missed)));
    }

    private Apptainer apptainer(SearchPath path, InnerCeSurroundings surroundings) throws InnerCeUnusable {
        String root = containerRoot.orElseThrow(
                () -> new InnerCeUnusable("Apptainer needs an image: --container-root names none"));
        return surroundings.apptainer(path, root, binds, containerOptions);
    }

    /**
     * What was found.
     *
     * @param missed why nothing better was
     */
    public record Found(InnerCe innerCe, Optional<String> missed) {}
}
