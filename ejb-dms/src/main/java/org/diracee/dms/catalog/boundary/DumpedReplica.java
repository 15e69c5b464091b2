/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.catalog.boundary;

import org.diracee.kernel.value.Lfn;

/** One replica in the dump of a storage element. */
public record DumpedReplica(Lfn lfn, long size, Checksums checksums, Replica replica) {}
