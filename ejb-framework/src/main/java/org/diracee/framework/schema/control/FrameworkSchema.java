/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.schema.control;

import org.diracee.framework.schema.boundary.SchemaMigration;

/** Keeps the schema {@code framework} up to date. */
public class FrameworkSchema extends SchemaMigration {

    public FrameworkSchema() {
        super("framework");
    }
}
