/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.boundary;

import java.util.Optional;

/** What may be changed of a pilot; what is empty stays. */
public record PilotMetadata(
        Optional<PilotStatus> status,
        Optional<String> statusReason,
        Optional<Double> benchmark,
        Optional<String> destinationSite,
        Optional<String> queue,
        Optional<String> gridSite,
        Optional<String> gridType,
        Optional<Boolean> accountingSent,
        Optional<Long> currentJobId) {

    /** Changes nothing but the time of the last sign of life. */
    public static final PilotMetadata NOTHING = new PilotMetadata(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** Changes the status and its reason alone. */
    public static PilotMetadata of(PilotStatus status, String reason) {
        return new PilotMetadata(
                Optional.of(status),
                Optional.of(reason),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
