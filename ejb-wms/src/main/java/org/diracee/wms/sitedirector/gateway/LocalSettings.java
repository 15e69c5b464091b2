/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.util.List;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;
import org.diracee.wms.sitedirector.control.CeQueue;

/** The option that a Local computing element has beside those of its pilots. */
@ApplicationScoped
public class LocalSettings implements DeclaredOptions {

    private static final DeclaredOption<Path> WORK_DIRECTORY = DeclaredOption.of(
            PilotSettings.path("WorkDirectory"),
            OptionType.filePath().as(Path::of),
            "pilots",
            "Where pilots get their directories (CEType Local); a relative one lies in the server's data directory.",
            "WMS reference 11.3");

    /** Where pilots get their directories. */
    Path workDirectory(CeQueue queue) {
        Path given = PilotSettings.of(queue, WORK_DIRECTORY)
                .or(WORK_DIRECTORY::standardValue)
                .orElseThrow();
        return directory(queue, given);
    }

    /** What is the computing element's own in a directory; a relative one lies in the server's. */
    static Path directory(CeQueue queue, Path given) {
        return dataDirectory()
                .resolve(given)
                .resolve(queue.slot().site().text())
                .resolve(queue.slot().computingElement());
    }

    /** The server's own directory, which outlasts its restarts. */
    static Path dataDirectory() {
        return Path.of(System.getProperty("jboss.server.data.dir", System.getProperty("java.io.tmpdir")))
                .toAbsolutePath();
    }

    @Override
    public List<DeclaredOption<?>> options() {
        return List.of(WORK_DIRECTORY);
    }
}
