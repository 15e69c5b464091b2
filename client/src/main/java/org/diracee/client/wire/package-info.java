/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** The records of the REST API's JSON, shared by server and clients, and the mapper that reads and writes them. */
@NullMarked
package org.diracee.client.wire;

import org.jspecify.annotations.NullMarked;
