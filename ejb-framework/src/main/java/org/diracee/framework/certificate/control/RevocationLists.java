/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.certificate.control;

import java.time.Duration;

/** The revocation lists of this node's directory of CAs, to be looked after. */
public interface RevocationLists {

    /** Whether there is a directory of CAs. */
    boolean enabled();

    /**
     * Fetches the list of every CA that says where it is, and puts those that are good and newer in the place of the old ones.
     *
     * @param largest the most bytes that a list may have
     * @return how many were renewed
     */
    int fetch(int largest);

    /** Tells the log of lists that are older than this or out of date; how many those are. */
    int alarm(Duration age);
}
