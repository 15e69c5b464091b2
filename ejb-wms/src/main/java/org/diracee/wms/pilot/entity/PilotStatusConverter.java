/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.entity;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.diracee.wms.pilot.boundary.PilotStatus;

/** Keeps a status in the database by its wire name. */
@Converter
public class PilotStatusConverter implements AttributeConverter<PilotStatus, String> {

    @Override
    public String convertToDatabaseColumn(PilotStatus status) {
        return status.wireName();
    }

    @Override
    public PilotStatus convertToEntityAttribute(String name) {
        return PilotStatus.ofWireName(name)
                .orElseThrow(() -> new IllegalStateException("'" + name + "' in the database is no pilot status"));
    }
}
