/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.schema.control;

import org.diracee.framework.schema.boundary.SchemaMigration;

/** Brings the schema {@code dms} up to date when its persistence unit starts. */
public class DmsSchema extends SchemaMigration {

    public DmsSchema() {
        super("dms");
    }
}
