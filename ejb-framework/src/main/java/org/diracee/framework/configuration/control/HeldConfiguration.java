/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.control;

import org.diracee.framework.configuration.boundary.Revision;
import org.diracee.kernel.configuration.Configuration;

/**
 * A revision as a node holds it.
 *
 * @param document for those who edit it
 * @param snapshot for those who read it
 */
public record HeldConfiguration(Revision revision, ConfigurationDocument document, Configuration snapshot) {

    public HeldConfiguration(Revision revision, ConfigurationDocument document) {
        this(revision, document, document.snapshot(revision.number()));
    }

    /** Reads a revision as it is stored. */
    public static HeldConfiguration read(Revision revision, String text) {
        return new HeldConfiguration(revision, CfgReader.read(text));
    }
}
