/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.control;

import java.io.IOException;
import java.io.OutputStream;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.wms.parcel.boundary.Parcel;

/**
 * A kind of computing element that takes parcels along with pilots and gives back what these leave: what it takes to use worker
 * nodes that cannot reach the server. To a queue in mode Push it sends pilots without a secret, each with the parcel that
 * was laid ready for it.
 */
public interface ParcelStation extends ComputingElement {

    /**
     * Brings the parcel of a pilot that is submitted next.
     *
     * @throws ComputingElementFailure if it could not be brought
     */
    void lay(CeQueue queue, PilotStamp stamp, Parcel parcel);

    /**
     * Copies a file of the results that an ended pilot left in its parcel. It was written where payloads ran: only a plain file of
     * exactly this name counts.
     *
     * @param name letters, digits, dots and hyphens
     * @param most bytes
     * @return false if there is certainly none, or it has more bytes
     * @throws ComputingElementFailure if that cannot be told
     * @throws IOException if the target cannot be written
     */
    boolean fetch(CeQueue queue, SubmittedPilot pilot, String name, long most, OutputStream target) throws IOException;
}
