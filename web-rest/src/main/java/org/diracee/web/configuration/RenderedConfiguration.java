/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.configuration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import org.diracee.client.wire.WireMapper;
import org.diracee.framework.configuration.boundary.CurrentConfiguration;
import org.jspecify.annotations.Nullable;

/** The configuration in force as bytes, written once per revision: many read it and it can be long. */
@ApplicationScoped
public class RenderedConfiguration {

    private static final ObjectMapper JSON = WireMapper.strict();

    private volatile @Nullable Rendering last;

    /** The body for this revision; not to be changed. */
    public byte[] of(CurrentConfiguration current) {
        Rendering known = last;
        return known != null && known.of().equals(current) ? known.body() : render(current);
    }

    private synchronized byte[] render(CurrentConfiguration current) {
        Rendering known = last;
        if (known == null || !known.of().equals(current)) {
            try {
                known = new Rendering(current, JSON.writeValueAsBytes(ConfigurationView.of(current.configuration())));
            } catch (JsonProcessingException impossible) {
                throw new IllegalStateException(impossible);
            }
            last = known;
        }
        return known.body();
    }

    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record Rendering(CurrentConfiguration of, byte[] body) {}
}
