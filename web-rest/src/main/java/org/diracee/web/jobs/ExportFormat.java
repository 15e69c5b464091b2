/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.jobs;

import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The forms in which all that a search finds is written, one line per job. */
enum ExportFormat {
    NDJSON(JobsResource.NDJSON),
    CSV(JobsResource.CSV);

    private final MediaType type;

    ExportFormat(String type) {
        this.type = MediaType.valueOf(type);
    }

    MediaType type() {
        return type;
    }

    /** The one that the client likes better than pages of JSON, if there is one. */
    static Optional<ExportFormat> preferred(List<MediaType> accepted) {
        for (MediaType wanted : accepted) {
            if (wanted.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
                return Optional.empty();
            }
            Optional<ExportFormat> format = Stream.of(values())
                    .filter(known -> wanted.isCompatible(known.type))
                    .findFirst();
            if (format.isPresent()) {
                return format;
            }
        }
        return Optional.empty();
    }
}
