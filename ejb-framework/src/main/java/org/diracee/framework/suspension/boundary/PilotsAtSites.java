/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.suspension.boundary;

import java.util.Set;

/** Port by which the workload tells which pilots are at a site: their tokens do not say it. */
public interface PilotsAtSites {

    /** The stamps of the pilots that are, or were lately, at one of these sites. */
    Set<String> stamps(Set<String> sites);

    /** Whether there is, or was, a pilot of this stamp in the VO. */
    boolean knows(String vo, String stamp);
}
