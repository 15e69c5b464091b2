/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/** What jobs pass before they wait, as far as it needs answers from outside: a chain of small policies, each with a word in the
 * job's log. What needs nothing from outside is decided when the job is submitted. */
@NullMarked
package org.diracee.wms.optimizer.boundary;

import org.jspecify.annotations.NullMarked;
