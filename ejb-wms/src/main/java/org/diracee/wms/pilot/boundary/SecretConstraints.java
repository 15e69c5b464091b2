/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.boundary;

import java.util.List;
import java.util.Optional;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.SiteName;
import org.diracee.kernel.value.VoName;

/**
 * What a pilot's secret is good for.
 *
 * @param vos the VOs whose pilots may use it; empty: as before
 * @param stamps the pilots that may use it; empty: as before
 * @param sites where those must be; empty: as before
 */
public record SecretConstraints(
        Optional<List<VoName>> vos, Optional<List<PilotStamp>> stamps, Optional<List<SiteName>> sites) {}
