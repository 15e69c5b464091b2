/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.control;

import java.util.function.LongConsumer;

/** Port by which the nodes of a cluster tell each other at once that there is a new revision. */
public interface ConfigurationNews {

    /** Tells the other nodes; whoever cannot be reached finds the revision in the database. */
    void announce(long revision);

    /** Names who is to hear of revisions that other nodes announce. */
    void listen(LongConsumer listener);
}
