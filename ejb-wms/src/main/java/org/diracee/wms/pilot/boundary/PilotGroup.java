/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.boundary;

import java.util.Map;
import java.util.Optional;

/**
 * How many pilots have the same values in some columns.
 *
 * @param values by DIRAC's names of the columns
 */
public record PilotGroup(Map<String, Optional<Object>> values, long pilots) {}
