/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.boundary;

/** The forms in which a configuration is written. */
public enum TextFormat {
    /** DIRAC's. */
    CFG,
    /** DiracX's. */
    YAML
}
