/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Parcels: jobs for worker nodes that cannot reach the server. The server asks the matcher in the name of the pilot that it is
 * about to send, lays the job and its input sandboxes into a parcel that goes with the pilot, keeps the job alive by what the
 * computing element says, and at the end takes in what the pilot left, line by line, by the same services that other pilots call.
 *
 * <p>What comes back was written on a machine where users' payloads ran: it may speak of the one job that went out with it, and
 * its size is bounded.
 */
@NullMarked
package org.diracee.wms.parcel.boundary;

import org.jspecify.annotations.NullMarked;
