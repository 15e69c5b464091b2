/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;
import org.diracee.wms.sitedirector.control.CeQueue;

/** How pilots keep jobs apart on worker nodes, from the section of a computing element or of its queue. */
@ApplicationScoped
public class InnerCeSettings implements DeclaredOptions {

    private static final String POOL = "Pool";
    private static final DeclaredOption<String> LOCAL_CE_TYPE = PilotSettings.option(
            "LocalCEType",
            OptionType.choice(
                    POOL,
                    "InProcess",
                    "bubblewrap",
                    "Apptainer",
                    "Singularity",
                    "Pool/InProcess",
                    "Pool/bubblewrap",
                    "Pool/Apptainer",
                    "Pool/Singularity"),
            "The inner computing element of pilots; by default bubblewrap where a worker node has it. Every pilot is a pool"
                    + " of NumberOfProcessors.");
    private static final DeclaredOption<String> CONTAINER_ROOT = PilotSettings.option(
            "ContainerRoot", OptionType.filePath().as(Object::toString), "The image on worker nodes for Apptainer.");

    @Override
    public List<DeclaredOption<?>> options() {
        return List.of(LOCAL_CE_TYPE, CONTAINER_ROOT);
    }

    /** The words of the pilot's command line. */
    static List<String> words(CeQueue queue) {
        List<String> words = new ArrayList<>();
        PilotSettings.of(queue, LOCAL_CE_TYPE)
                .map(type -> type.replace(POOL + "/", ""))
                .filter(type -> !type.equals(POOL))
                .ifPresent(type -> words.addAll(List.of("--inner-ce", type)));
        PilotSettings.of(queue, CONTAINER_ROOT).ifPresent(root -> words.addAll(List.of("--container-root", root)));
        return words;
    }
}
