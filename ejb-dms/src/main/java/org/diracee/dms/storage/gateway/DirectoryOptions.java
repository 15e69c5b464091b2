/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.gateway;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.diracee.dms.storage.boundary.StorageFailure;
import org.diracee.dms.storage.boundary.StorageFailure.Reason;
import org.diracee.dms.storage.control.StorageEndpoint;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;

/**
 * Options of our own storage elements.
 *
 * @see "DMS reference 4.3"
 */
@ApplicationScoped
public class DirectoryOptions implements DeclaredOptions {

    private static final String PLACE = "Resources/StorageElements/{se}/[{protocol}/]";
    private static final long MEGABYTE = 1_000_000;

    private static final DeclaredOption<String> BASE_PATH = DeclaredOption.of(
            PLACE + "BasePath",
            OptionType.filePath(),
            "The directory of an own storage element's files, shared by all nodes; a relative one lies in the server's data"
                    + " directory.",
            "DMS reference 4.3");
    private static final DeclaredOption<Long> MAX_SIZE = DeclaredOption.of(
            PLACE + "MaxStorageSize",
            OptionType.size("MB", MEGABYTE, 0),
            "The most that all VOs together may keep in an own storage element; 0 is as much as the disk holds.",
            "DMS reference 4.3");
    private static final DeclaredOption<Long> MAX_SIZE_PER_VO = DeclaredOption.of(
            PLACE + "MaxStorageSizePerVO",
            OptionType.size("MB", MEGABYTE, 0),
            "The most that each VO may keep in an own storage element; 0 is as much as there is.",
            "DIRAC EE");

    @Override
    public List<DeclaredOption<?>> options() {
        return List.of(BASE_PATH, MAX_SIZE, MAX_SIZE_PER_VO);
    }

    /** @throws StorageFailure if none is given */
    static Path basePath(StorageEndpoint endpoint) {
        String given = of(endpoint, BASE_PATH)
                .orElseThrow(() -> new StorageFailure(
                        Reason.BROKEN,
                        "The storage element " + endpoint.se() + " has no BasePath: set the directory of its files"));
        try {
            return Path.of(System.getProperty("jboss.server.data.dir", System.getProperty("java.io.tmpdir")))
                    .resolve(given)
                    .normalize();
        } catch (InvalidPathException malformed) {
            throw new StorageFailure(
                    Reason.BROKEN, "BasePath of " + endpoint.se() + " is no path of this file system", malformed);
        }
    }

    static boolean isInDataDirectory(StorageEndpoint endpoint) {
        return of(endpoint, BASE_PATH).filter(path -> !path.startsWith("/")).isPresent();
    }

    /** In bytes; {@link Long#MAX_VALUE} if there is none. */
    static long limit(StorageEndpoint endpoint) {
        return limit(of(endpoint, MAX_SIZE));
    }

    /** In bytes; {@link Long#MAX_VALUE} if there is none. */
    static long limitPerVo(StorageEndpoint endpoint) {
        return limit(of(endpoint, MAX_SIZE_PER_VO));
    }

    private static long limit(Optional<Long> given) {
        return given.filter(bytes -> bytes > 0).orElse(Long.MAX_VALUE);
    }

    private static <T> Optional<T> of(StorageEndpoint endpoint, DeclaredOption<T> option) {
        return option.findAmong(
                endpoint.options(), "Resources/StorageElements/" + endpoint.se() + "/" + endpoint.section());
    }
}
