/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.control;

import java.util.function.Consumer;
import org.diracee.framework.configuration.boundary.Revision;

/** Port by which the nodes of a cluster tell each other of a new revision at once. */
public interface ConfigurationNews {

    /** Tells the other nodes; whoever cannot be reached finds the revision in the database. */
    void announce(Revision revision, String document);

    /** Names who is to hear what other nodes announce. */
    void listen(Consumer<HeldConfiguration> listener);
}
